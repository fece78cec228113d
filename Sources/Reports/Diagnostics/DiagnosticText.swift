public import PlanText

/// Diagnostics as people read them: the line, what is marked in it, and what to do.
///
/// ```
/// error[S011]: A key stands twice in one mapping
///   --> plan.yaml:14:9
///    |
/// 12 |         address: sepm-par-01.example.net
///    |         ------- `address` is first set here
/// 13 |         certificate: paris-2026
/// 14 |         address: sepm-par-02.example.net
///    |         ^^^^^^^ `address` is already set in this mapping; only one of the two can count.
///    |
///    = help: Remove one of them, or rename it if it was meant as another entry.
/// ```
///
/// Rendering never fails: a place in no known source is left out, an offset past the end is the end.
public struct DiagnosticText: Sendable {
  /// How the text is laid out.
  public struct Options: Sendable {
    /// Whether to colour with ANSI escapes.
    public var color: Bool

    /// The columns of the terminal; what is narrower than 40 is taken for 40.
    public var width: Int

    /// Whether Waltz may write more than ASCII of its own; the text of a source is shown as it is.
    public var unicode: Bool

    /// Options; plain text 100 columns wide unless a caller says otherwise.
    public init(color: Bool = false, width: Int = 100, unicode: Bool = true) {
      self.color = color
      self.width = width
      self.unicode = unicode
    }
  }

  private let sources: SourceMap
  private let options: Options

  /// A renderer for diagnostics whose spans point into `sources`.
  public init(_ sources: SourceMap, options: Options = Options()) {
    self.sources = sources
    self.options = options
  }

  /// The diagnostics in the order given, an empty line between them; each line ends with a line feed.
  /// What is suppressed is left out.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    let diagnostics = diagnostics.filter { $0.suppression == nil }
    let tables = LineTables(sources, for: diagnostics)
    let canvas = DiagnosticCanvas(options)
    return diagnostics.map {
      Self.lines(of: tables.masked($0), tables, canvas).map { $0 + "\n" }.joined()
    }
    .joined(separator: "\n")
  }

  /// One line that counts them, such as `2 errors, 1 warning, 1 suppressed in 3 files`.
  ///
  /// Counts the files that something was found in unless `files` says how many were looked at.
  public static func summary(of diagnostics: [Diagnostic], files: Int? = nil) -> String {
    let counts: [(Severity, String)] = [(.error, "error"), (.warning, "warning"), (.note, "note")]
    var parts = counts.compactMap { severity, noun -> String? in
      let count = diagnostics.filter { $0.severity == severity && $0.suppression == nil }.total
      return count == 0 ? nil : counted(count, noun)
    }
    let suppressed = diagnostics.filter { $0.suppression != nil }.total
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    let found = parts.isEmpty ? "no problems" : parts.joined(separator: ", ")
    let files = files ?? Set(diagnostics.map(\.span.source).filter { $0 != .none }).count
    return files == 0 ? found : "\(found) in \(counted(files, "file"))"
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    Wording.count(count, noun)
  }

  private static func lines(
    of diagnostic: Diagnostic, _ tables: LineTables, _ canvas: DiagnosticCanvas
  ) -> [String] {
    let severity = DiagnosticCanvas.Style(diagnostic.severity)
    var lines = [
      canvas.paint("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", severity)
        + canvas.paint(": \(diagnostic.summary)", .title)
    ]
    let groups = SnippetGroup.groups(of: diagnostic, tables)
    let gutter = groups.map(\.gutterWidth).max() ?? 1
    let canvas = canvas.with(gutter: gutter)
    var notes: [(String, String)] = []

    if groups.isEmpty || groups[0].hasNoText { notes.append(("note", diagnostic.detail)) }
    for index in groups.indices {
      lines.append(canvas.location(groups[index].location, isFirst: index == 0))
      let overflow = groups[index].draw(on: canvas, severity: severity, into: &lines)
      if let overflow { notes.append(("note", overflow)) }
    }
    if let help = diagnostic.help { notes.append(("help", help)) }
    if let omission = diagnostic.omission { notes.append(("note", omission)) }
    if !notes.isEmpty, groups.contains(where: { !$0.hasNoText }) {
      lines.append(canvas.emptyGutter)
    }
    for (label, text) in notes { lines += canvas.note(label, text) }
    return lines
  }
}
