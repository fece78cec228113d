import DocumentForm
import Foundation
import PlanText
import Redaction
import Testing

@testable import Reports

@Suite("Formats of findings, byte by byte")
struct FormatGoldenTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Formats/Golden")

  private static let extensions: [DiagnosticFormat: String] = [
    .json: "json", .sarif: "sarif", .junit: "junit.xml", .github: "github.txt",
    .gitlab: "gitlab.json", .checkstyle: "checkstyle.xml", .rdjson: "rd.json",
  ]

  /// Set `WALTZ_WRITE_GOLDEN` to write the files anew; then read what changed.
  @Test("The same findings give the bytes that are on record", arguments: DiagnosticFormat.allCases)
  func golden(_ format: DiagnosticFormat) throws {
    let name = try #require(Self.extensions[format])
    let file = Self.folder.appending(path: "findings.\(name)")
    let bytes = format.bytes(of: FormatSample.report())
    if ProcessInfo.processInfo.environment["WALTZ_WRITE_GOLDEN"] != nil {
      try Data(bytes).write(to: file)
      Issue.record(
        "\(file.lastPathComponent) was written anew; run again without WALTZ_WRITE_GOLDEN.")
      return
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == recorded)
  }

  @Test("No format shows a secret", arguments: DiagnosticFormat.allCases)
  func secrets(_ format: DiagnosticFormat) {
    let text = String(decoding: format.bytes(of: FormatSample.report()), as: UTF8.self)
    #expect(!text.contains("hunter2"))
    #expect(!FormatSample.report().gitHubSummary().contains("hunter2"))
  }

  @Test("A fingerprint stays when lines move, and equal lines have one each")
  func fingerprints() throws {
    func prints(_ text: String) throws -> [String] {
      var sources = SourceMap(hiding: hiddenText(in:))
      let source = SourceText(name: "a.yaml", text: text)
      let id = sources.add(source)
      let starts = source.bytes.indices.filter { source.bytes[$0...].starts(with: "bad".utf8) }
      let findings = starts.map {
        Diagnostic(.unknownKey, at: SourceSpan(source: id, start: $0, end: $0 + 3), "Bad.")
      }
      let report = DiagnosticReport(
        findings, sources: sources, paths: [.init("a.yaml", isInside: true)], version: "1")
      let text = String(decoding: DiagnosticFormat.gitlab.bytes(of: report), as: UTF8.self)
      return text.split(separator: "\n").filter { $0.contains("fingerprint") }.map(String.init)
    }
    let before = try prints("a:\n  bad: 1\nb:\n  bad: 1\n")
    #expect(Set(before).count == 2)
    #expect(try prints("# more\n\na:\n    bad: 1\nb:\n  bad: 1 \n") == before)
    #expect(try prints("a:\n  bad: 2\n") != [before[0]])
  }

  @Test("A run of SARIF holds what GitHub takes and says what it left out")
  func limit() throws {
    var sources = SourceMap(hiding: hiddenText(in:))
    let id = sources.add(SourceText(name: "a.yaml", text: String(repeating: "a\n", count: 260)))
    let findings = (0..<260).map { line in
      Diagnostic(
        .unknownKey, at: SourceSpan(source: id, start: 2 * line, end: 2 * line + 1), "x",
        severity: line < 255 ? .warning : .error)
    }
    let report = DiagnosticReport(
      findings, sources: sources, paths: [.init("a.yaml", isInside: true)], version: "1")
    let log = String(decoding: SARIF(report, limit: 250).bytes(), as: UTF8.self)
    #expect(log.components(separatedBy: "\"ruleId\"").count - 1 == 250)
    #expect(log.components(separatedBy: "\"level\": \"error\"").count - 1 >= 5)
    #expect(log.contains("10 are left out"))
    #expect(SARIF.resultLimit == 25_000)
  }

  @Test("A file that could not be read is an error of the run")
  func failures() {
    var sources = SourceMap(hiding: hiddenText(in:))
    _ = sources.add(SourceText(name: "gone.yaml", text: ""))
    let report = DiagnosticReport(
      [], sources: sources, paths: [.init("gone.yaml", isInside: true)],
      failures: [.init(source: 0, "`gone.yaml` cannot be read.")], version: "1")
    let sarif = String(decoding: DiagnosticFormat.sarif.bytes(of: report), as: UTF8.self)
    #expect(sarif.contains("\"executionSuccessful\": false"))
    #expect(sarif.contains("`gone.yaml` cannot be read."))
    let junit = String(decoding: DiagnosticFormat.junit.bytes(of: report), as: UTF8.self)
    #expect(junit.contains("<error message=\"`gone.yaml` cannot be read.\""))
    let github = String(decoding: DiagnosticFormat.github.bytes(of: report), as: UTF8.self)
    #expect(github == "::error file=gone.yaml,title=Unreadable::`gone.yaml` cannot be read.\n")
  }

  @Test("JSON names what could not be read, and nothing is valid then")
  func notRead() {
    var sources = SourceMap(hiding: hiddenText(in:))
    for name in ["good.yaml", "gone.yaml", "overlay.yaml"] {
      _ = sources.add(SourceText(name: name, text: ""))
    }
    let report = DiagnosticReport(
      [], sources: sources,
      paths: sources.sources.map { .init("plans/" + $0.name, isInside: true) },
      failures: [.init(source: 1, "It is a pipe.")], fileCount: 1, version: "1")
    let json = String(decoding: DiagnosticFormat.json.bytes(of: report), as: UTF8.self)
    #expect(json.contains("\"valid\": false"))
    #expect(json.contains("\"errorCount\": 0"))
    #expect(
      json.contains(
        """
          "notRead": [
            {
              "file": "gone.yaml",
              "reason": "It is a pipe."
            }
          ],
        """))
    // Neither the overlay nor what was not read is a file that was looked into.
    #expect(report.gitHubSummary().contains("no problems in 1 file\n"))
  }
}

@Suite("What is not listed")
struct OmissionTests {
  @Test("is counted in every format", arguments: DiagnosticFormat.allCases)
  func formats(_ format: DiagnosticFormat) {
    var sources = SourceMap(hiding: hiddenText(in:))
    let id = sources.add(SourceText(name: "plan.yaml", text: "a: &x 1\n"))
    var list = DiagnosticList()
    for _ in 0..<4_421 {
      list.append(Diagnostic(.unknownKey, at: SourceSpan(source: id, start: 0, end: 1), "Which?"))
    }
    #expect(list.all.count == 100 && list.all.total == 4_421)
    let report = DiagnosticReport(
      list.all, sources: sources, paths: [.init("plan.yaml", isInside: true)], version: "1")
    let text = String(decoding: format.bytes(of: report), as: UTF8.self)
    switch format {
    case .json:
      #expect(text.contains("\"errorCount\": 4421") && text.contains("\"count\": 4321"))
    case .sarif:
      #expect(text.contains("\"occurrenceCount\": 4322"))
      #expect(text.contains("The file has 4,321 more like this."))
    default: #expect(text.contains("The file has 4,321 more like this."))
    }
    #expect(report.gitHubSummary().contains("4,421 errors in 1 file"))
    #expect(report.gitHubSummary(limit: 10).contains("4,411 more are not shown."))
    let shown = DiagnosticText(sources).render(list.all)
    #expect(shown.contains("note: The file has 4,321 more like this."))
  }
}
