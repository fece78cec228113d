import CanonicalJSON
import DocumentForm
import PlanText
import Redaction
import Testing

@testable import Reports

@Suite("Output that a plan or a file's name would forge") struct ForgedOutputTests {
  private static let name =
    "a\u{1B}[31m\r\n::error::b\u{202E}\u{9B}2J\u{7F} ##[group]c ##vso[task.complete]d.yaml"

  /// A report of one finding whose words, lines and file are a stranger's.
  private func finding() -> (SourceMap, Diagnostic) {
    var sources = SourceMap(hiding: hiddenText(in:))
    let text = "a: ##[error]x \u{1B}[2J\u{202E}\n::error::b: 1\n"
    let id = sources.add(SourceText(name: Self.name, text: text))
    let word = String(repeating: "w", count: 90)
    let words = "`\(word) ::error::\(word) ::warning::x ##[debug]y\n::notice::z\u{1B}[2J\u{202E}`"
    return (
      sources,
      Diagnostic(.unknownKey, at: SourceSpan(source: id, start: 3, end: 12), words, help: words)
    )
  }

  /// Whether a terminal and the log of a job show the text as it is; the lines may begin with `start`.
  private func isPlain(_ text: String, start: String? = nil) -> Bool {
    let lines = text.split(separator: "\n").filter { line in
      line.drop(while: { $0 == " " }).hasPrefix("::") && start.map { !line.hasPrefix($0) } ?? true
    }
    return lines.isEmpty && !text.contains("##[") && !text.contains("##vso[")
      && text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.isUnseen }
  }

  @Test("Findings for people are plain text", arguments: [40, 100, 400], [true, false])
  func text(width: Int, unicode: Bool) {
    let (sources, finding) = finding()
    let text = DiagnosticText(sources, options: .init(width: width, unicode: unicode))
      .render([finding])
    #expect(isPlain(text), "\(text)")
    #expect(text.contains("<U+202E>") && text.contains("#<0x23>[error]x"), "\(text)")
  }

  @Test("So are those for programs, which read what is there", arguments: DiagnosticFormat.allCases)
  func formats(_ format: DiagnosticFormat) throws {
    let (sources, finding) = finding()
    let report = DiagnosticReport(
      [finding], sources: sources, paths: [.init(Self.name, isInside: true)],
      failures: [.init(source: 0, Self.name)], version: "1")
    let bytes = format.bytes(of: report)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(isPlain(text, start: "::error file=a"), "\(text)")
    #expect(isPlain(report.gitHubSummary()))
    switch format {
    case .github: #expect(text.split(separator: "\n").count == 2)
    case .json:
      let path = try JSONValue(parsing: bytes)["diagnostics"]?.array?.first?["file"]
      #expect(path == .string(Self.name))
    case .checkstyle:
      let file = try XMLReader.read(bytes).all("file").first
      #expect(file?.attributes["name"] == Self.name.replacing("\u{1B}", with: "\u{FFFD}"))
    default: break
    }
  }

  @Test("Lines of a diff are plain text; tabs and the line ends of Windows stay") func diff() {
    let lines = [
      "a: \u{1B}[2J", "  ::error::x", "\t::error::x", "b: \u{202E}c", "d: ##[error]e", "f:\tg\r",
      "## h [i]", "\u{3000}::error::x",
    ]
    let old = lines.joined(separator: "\n") + "\n"
    let text = UnifiedDiff.text(
      from: SourceText(name: Self.name, text: old),
      to: SourceText(name: Self.name, text: old + "j: 1\n"), hiding: hiddenText(in:),
      context: 20)
    #expect(
      text.hasSuffix(
        """
         a: <0x1B>[2J
           <0x3A>:error::x
         \t<0x3A>:error::x
         b: <U+202E>c
         d: #<0x23>[error]e
         f:\tg\r
         ## h [i]
         \u{3000}<0x3A>:error::x
        +j: 1

        """), "\(text)")
    #expect(isPlain(text.replacing("\t", with: "").replacing("\r\n", with: "\n")), "\(text)")
  }

  @Test("A line of a report begins with no command") func lines() {
    var line = StyledLine("  ")
    line.add("::error::x ##[group]")
    #expect(line.whole(TextLayout(width: 80)) == "  <0x3A>:error::x #<0x23>[group]")
    #expect(StyledLine("see ::1").whole(TextLayout(width: 80)) == "see ::1")
  }
}
