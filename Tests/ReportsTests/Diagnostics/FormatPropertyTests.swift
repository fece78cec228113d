import CanonicalJSON
import PlanText
import Reports
import TestSupport
import Testing

@Suite("Formats of findings, with texts that are made to break them")
struct FormatPropertyTests {
  private static let rounds: UInt64 = 300

  private func each(
    _ body: (DiagnosticReport, [Diagnostic]) throws -> Void
  ) throws {
    for seed in 0..<Self.rounds {
      var random = SplitMix64(seed: seed)
      let (report, findings) = FormatSample.hostile(&random)
      do {
        try body(report, findings)
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }

  private func message(_ finding: Diagnostic) -> String {
    finding.detail + (finding.help.map { " " + $0 } ?? "")
  }

  @Test("SARIF says what was found, each finding with its own fingerprint")
  func sarif() throws {
    try each { report, findings in
      let log = try JSONValue(parsing: DiagnosticFormat.sarif.bytes(of: report))
      let run = try #require(log["runs"]?.array?.first)
      let results = try #require(run["results"]?.array)
      let rules = try #require(run["tool"]?["driver"]?["rules"]?.array).map { $0["id"]?.string }
      #expect(results.map { $0["message"]?["text"]?.string } == findings.map(message))
      #expect(results.map { $0["ruleId"]?.string } == findings.map(\.code))
      for result in results {
        let index = try #require(result["ruleIndex"]?.integer)
        #expect(rules[Int(index)] == result["ruleId"]?.string)
      }
      let reasons = results.map { $0["suppressions"]?.array?.first?["justification"]?.string }
      #expect(reasons == findings.map { $0.suppression?.reason })
      let prints = results.map { $0["partialFingerprints"]?["waltzFinding/v1"]?.string }
      #expect(Set(prints).count == findings.count && !prints.contains(nil))
      for (result, finding) in zip(results, findings) {
        let uri = try #require(
          result["locations"]?.array?.first?["physicalLocation"]?["artifactLocation"]?["uri"]?
            .string)
        #expect(uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        #expect(uri.removingPercents == report.name(of: finding))
        let new = result["fixes"]?.array?.first?["artifactChanges"]?.array?.first?["replacements"]?
          .array?.first?["insertedContent"]?["text"]?.string
        #expect(new == finding.fixes.first?.edits.first?.replacement)
      }
    }
  }

  @Test("JSON and rdjson say what was found")
  func json() throws {
    try each { report, findings in
      let own = try JSONValue(parsing: DiagnosticFormat.json.bytes(of: report))
      let listed = try #require(own["diagnostics"]?.array)
      #expect(listed.map { $0["detail"]?.string } == findings.map(\.detail))
      #expect(
        listed.map { $0["suppression"]?["reason"]?.string }
          == findings.map { $0.suppression?.reason })
      #expect(listed.map { $0["fixes"]?.array?.count } == findings.map(\.fixes.count))
      let open = findings.filter { $0.suppression == nil }
      #expect(own["suppressedCount"]?.integer == Int64(findings.count - open.count))
      let rd = try JSONValue(parsing: DiagnosticFormat.rdjson.bytes(of: report))
      let told = try #require(rd["diagnostics"]?.array)
      #expect(told.map { $0["message"]?.string } == open.map(message))
      #expect(told.map { $0["location"]?["path"]?.string } == open.map { report.name(of: $0) })
    }
  }

  @Test("GitLab's findings have fingerprints of their own")
  func gitLab() throws {
    try each { report, findings in
      let list = try #require(
        try JSONValue(parsing: DiagnosticFormat.gitlab.bytes(of: report)).array)
      let open = findings.filter { $0.suppression == nil }
      #expect(list.map { $0["description"]?.string } == open.map(message))
      #expect(Set(list.map { $0["fingerprint"]?.string }).count == open.count)
      #expect(
        list.allSatisfy { ["info", "minor", "critical"].contains($0["severity"]?.string ?? "") })
    }
  }

  @Test("A runner of GitHub reads one command a finding")
  func gitHub() throws {
    try each { report, findings in
      let output = String(decoding: DiagnosticFormat.github.bytes(of: report), as: UTF8.self)
      // A runner takes LF, CR and CR LF for the end of a line.
      let lines = output.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map(String.init)
      let open = findings.filter { $0.suppression == nil }
      #expect(lines.count == open.count)
      for (line, finding) in zip(lines, open) {
        let command = try #require(GitHubCommand(line))
        let drawn = [finding.detail, finding.help].compactMap { $0 }.map {
          visible($0, unicode: false)
        }
        #expect(command.message == drawn.joined(separator: "\n"))
        #expect(
          command.properties["file"] == visible(report.name(of: finding), unicode: false))
        #expect(command.properties["title"] == "\(finding.code): \(finding.summary)")
        #expect(command.level == (finding.severity == .note ? "notice" : finding.severity.rawValue))
      }
    }
  }

  @Test("JUnit and Checkstyle are XML that says what was found")
  func xml() throws {
    try each { report, findings in
      let checkstyle = try XMLReader.read(DiagnosticFormat.checkstyle.bytes(of: report))
      let open = findings.filter { $0.suppression == nil }
      #expect(
        checkstyle.all("error").map { $0.attributes["message"] }
          == open.map { shownInXML(message($0)) })
      #expect(
        checkstyle.all("file").map { $0.attributes["name"] }
          == report.names.map { shownInXML($0) })
      let junit = try XMLReader.read(DiagnosticFormat.junit.bytes(of: report))
      let suites = junit.all("testsuite")
      #expect(suites.count == report.names.count)
      for (number, suite) in suites.enumerated() {
        let mine = findings.filter { Int($0.span.source.index) == number }
        let kinds = Set(mine.map { "\($0.code) \($0.suppression == nil)" })
        #expect(suite.all("testcase").count == max(kinds.count, 1))
        #expect(suite.attributes["tests"] == "\(max(kinds.count, 1))")
        let text =
          suite.all("failure").map(\.text).joined() + suite.all("system-out").map(\.text).joined()
        for finding in mine where finding.suppression == nil {
          // Byte by byte: a return at its end and the line end after it are one character.
          let shown = Array(shownInXML(message(finding)).utf8)
          #expect(shown.isEmpty || Array(text.utf8).contains(shown))
        }
        #expect(suite.attributes["failures"] == "\(suite.all("failure").count)")
        #expect(suite.attributes["skipped"] == "\(suite.all("skipped").count)")
      }
    }
  }

  /// What XML 1.0 can say of a text.
  private func shownInXML(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          let isWritable = scalar.value >= 0x20 || ["\t", "\n", "\r"].contains(scalar)
          return isWritable && scalar != "\u{FFFE}" && scalar != "\u{FFFF}" ? scalar : "\u{FFFD}"
        }))
  }
}

/// A command as a runner takes it apart: properties up to the second `::`, the rest is the message.
private struct GitHubCommand {
  let level: String
  var properties: [String: String] = [:]
  let message: String

  init?(_ line: String) {
    guard line.hasPrefix("::"), let end = line.dropFirst(2).range(of: "::") else { return nil }
    let head = line.dropFirst(2)[..<end.lowerBound]
    let space = head.firstIndex(of: " ") ?? head.endIndex
    level = String(head[..<space])
    for pair in head[space...].dropFirst().split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      properties[String(parts[0])] = String(parts[1]).removingPercents
    }
    message = String(line[end.upperBound...]).removingPercents
  }
}

extension DiagnosticReport {
  fileprivate var names: [String] { paths.map(\.text) }

  fileprivate func name(of finding: Diagnostic) -> String {
    names[Int(finding.span.source.index)]
  }
}

extension String {
  fileprivate var removingPercents: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    // Scalars, since a runner knows no characters of several.
    let wanted = Array(text.unicodeScalars)
    var at = startIndex
    while at < endIndex {
      if unicodeScalars[at...].starts(with: wanted) {
        return at..<unicodeScalars.index(at, offsetBy: wanted.count)
      }
      at = unicodeScalars.index(after: at)
    }
    return nil
  }
}
