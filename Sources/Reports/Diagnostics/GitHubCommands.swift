internal import PlanText

/// A report as commands on the standard output of a GitHub Actions job, one line a finding: they become
/// annotations. What is suppressed is left out.
///
/// GitHub shows ten annotations of a level and step; `gitHubSummary` has all of them.
func gitHubCommands(_ report: DiagnosticReport) -> [UInt8] {
  var bytes: [UInt8] = []
  for failure in report.failures {
    let path = report.paths.indices.contains(failure.source) ? report.paths[failure.source] : nil
    let file = path.map { " file=\(GitHubEscape.property($0.text))," } ?? " "
    bytes += Array(
      "::error\(file)title=Unreadable::\(GitHubEscape.data(failure.message))\n".utf8)
  }
  for diagnostic in report.open { bytes += Array(command(diagnostic, report).utf8) }
  return bytes
}

private func command(_ diagnostic: Diagnostic, _ report: DiagnosticReport) -> String {
  var properties: [String] = []
  if let path = report.path(of: diagnostic.span.source),
    let (start, end) = report.tables.positions(of: diagnostic.span)
  {
    properties = [
      "file=\(GitHubEscape.property(path.text))", "line=\(start.line)", "endLine=\(end.line)",
    ]
    // Columns are for places within a line; the last one belongs to the place.
    if start.line == end.line {
      properties += ["col=\(start.column)", "endColumn=\(max(end.column - 1, start.column))"]
    }
  }
  let title = "\(diagnostic.code): \(diagnostic.summary)"
  properties.append("title=\(GitHubEscape.property(title))")
  let level = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
  let help = diagnostic.help.map { "%0A" + GitHubEscape.data($0) } ?? ""
  let omission = diagnostic.omission.map { "%0A" + GitHubEscape.data($0) } ?? ""
  return "::\(level) \(properties.joined(separator: ","))::"
    + "\(GitHubEscape.data(diagnostic.detail))\(help)\(omission)\n"
}

/// What would end a command or a property in it, as GitHub's own toolkit writes it. What moves the cursor of
/// who reads the log, or reorders it, is drawn: a runner passes it on.
enum GitHubEscape {
  static func data(_ text: String) -> String { escaped(text, ["%", "\r", "\n"]) }

  static func property(_ text: String) -> String { escaped(text, ["%", "\r", "\n", ":", ","]) }

  private static func escaped(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in visible(text, unicode: false).unicodeScalars {
      if special.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result.append(
          contentsOf: ("%" + (digits.count == 1 ? "0" : "") + digits).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension DiagnosticReport {
  /// The findings as a table in Markdown, for the summary of a GitHub Actions job; the gravest first, and
  /// no more than fit there.
  package func gitHubSummary(limit: Int = 1_000) -> String {
    let open = self.open
    var text = "### waltz plan validate\n\n"
    text += DiagnosticText.summary(of: diagnostics, files: fileCount) + "\n"
    for failure in failures { text += "\n- **unreadable** " + Self.cell(failure.message) }
    guard !open.isEmpty else { return text + "\n" }
    text += "\n| | code | place | finding |\n|---|---|---|---|\n"
    let severities: [Severity] = [.error, .warning, .note]
    let ordered = severities.flatMap { severity in open.filter { $0.severity == severity } }
    for diagnostic in ordered.prefix(limit) {
      let place = tables.positions(of: diagnostic.span).map { ":\($0.start.line)" } ?? ""
      text +=
        "| \(diagnostic.severity.rawValue) | \(diagnostic.code) | "
        + "\(Self.cell(somePath(of: diagnostic) + place)) | "
        + "\(Self.cell(message(of: diagnostic))) |\n"
    }
    let rest = Array(ordered.dropFirst(limit)).total
    if rest > 0 { text += "\n\(Wording.number(rest)) more are not shown.\n" }
    return text
  }

  /// Text in a cell: nothing in it is taken for Markdown or HTML.
  private static func cell(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    for scalar in visible(line, unicode: false).unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "@":
        // An entity means the character and nothing else.
        result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
