import DiagnosticCatalogue
import DocumentForm
import PlanCompiler
import PlanSyntax
import PlanText
import Redaction
import TestSupport

@testable import Reports

/// Reports to print.
enum FormatSample {
  /// Two files with findings of every weight, a related place in another file, fixes, a suppression, a secret
  /// in a marked line, and a file without findings.
  static func report() -> DiagnosticReport {
    var sources = SourceMap(hiding: hiddenText(in:))
    let plan = SourceText(
      name: "plans/emea 2026.yaml",
      text: """
        metadata:
          name: EMEA
        sites:
          é: { name: a, name: b }
          password: hunter2-geheim
          "𝄞": x
        # waltz:ignore M033 one file & two names
        certificates: {}

        """)
    let first = sources.add(plan)
    let second = sources.add(SourceText(name: "other.yaml", text: "a: &x 1\nb: &x 2\n"))
    _ = sources.add(SourceText(name: "clean.yaml", text: "a: 1\n"))
    func span(_ text: String, in source: SourceID = first) -> SourceSpan {
      let bytes = sources[source]?.bytes ?? []
      let wanted = Array(text.utf8)
      let start = bytes.indices.first { bytes[$0...].starts(with: wanted) } ?? 0
      return SourceSpan(source: source, start: start, end: start + wanted.count)
    }
    var name = Diagnostic(
      .notAName, at: span("EMEA"), "'EMEA' is not a name: 100% <wrong>, \"really\".",
      help: "Write 'emea'.")
    name.fixes = [Fix("Write 'emea'", [.init(span("EMEA"), "emea")], isCertain: true)]
    let twice = Diagnostic(
      .duplicateKey, at: span("name: b"), "`name` is already set in this mapping.",
      related: [.init("`name` is first set here", at: span("name: a"))])
    let secret = Diagnostic(
      .literalSecret, at: span("password: hunter2-geheim"),
      "The secret 'hunter2-geheim' is written here.")
    let wide = Diagnostic(.unknownKey, at: span("x\n"), "After a wide character.")
    var shared = Diagnostic(
      .sharedCertificate, at: span("certificates"), "2 servers share it.", severity: .note)
    shared.suppression = .init(
      reason: "one file & two names", at: span("# waltz:ignore M033 one file & two names"))
    let anchor = Diagnostic(
      .anchorTwice, at: span("&x 2", in: second), "The anchor `&x` is already defined.",
      related: [.init("a place in another file", at: span("EMEA"))], severity: .warning)
    return DiagnosticReport(
      [name, twice, secret, wide, shared, anchor].inOrder(), sources: sources,
      paths: [
        .init("plans/emea 2026.yaml", isInside: true),
        .init("/else where/other.yaml", isInside: false),
        .init("clean.yaml", isInside: true),
      ],
      version: "1.2.3")
  }

  /// Findings whose words and files are made to break a format.
  static func hostile(_ random: inout SplitMix64) -> (report: DiagnosticReport, all: [Diagnostic]) {
    var sources = SourceMap(hiding: hiddenText(in:))
    var paths: [DiagnosticReport.Path] = []
    var findings: [Diagnostic] = []
    for number in 0..<(1 + random.below(4)) {
      let name = "\(number)" + text(&random)
      let lines = (0..<(1 + random.below(5))).map { _ in text(&random) }
      let source = sources.add(SourceText(name: name, text: lines.joined(separator: "\n")))
      paths.append(.init(name, isInside: true))
      let count = sources[source]?.bytes.count ?? 0
      for _ in 0..<random.below(5) {
        let start = random.below(count + 1)
        let end = start + random.below(count - start + 1)
        let pages = Catalogue.all.pages
        var finding = Diagnostic(
          pages[random.below(pages.count)],
          at: SourceSpan(source: source, start: start, end: end), text(&random),
          help: random.chance(50) ? text(&random) : nil,
          related: random.chance(30)
            ? [.init(text(&random), at: SourceSpan(source: source, start: start, end: start))] : [])
        if random.chance(20) {
          finding.suppression = .init(reason: text(&random), at: finding.span)
        }
        if random.chance(30) {
          finding.fixes = [
            Fix(text(&random), [.init(finding.span, text(&random))], isCertain: random.chance(50))
          ]
        }
        findings.append(finding)
      }
    }
    findings = findings.inOrder()
    let report = DiagnosticReport(findings, sources: sources, paths: paths, version: "0")
    // Some of these texts look like credentials, which no format shows.
    return (report, report.diagnostics)
  }

  private static func text(_ random: inout SplitMix64) -> String {
    let parts = [
      "a", " ", "::", "\n", "\r", "\r\n", "\t", "%", "%0A", "%25", ",", ":", "]]>", "<", ">", "&",
      "&amp;", "\"", "'", "\\", "/", "é", "𝄞", "\u{0}", "\u{1B}[31m", "\u{7F}", "\u{FFFE}",
      "\u{2028}", "\u{202E}", "<!--", "-->", "::error file=x::", "|", "`", "=",
    ]
    return (0..<random.below(8)).map { _ in parts[random.below(parts.count)] }.joined()
  }
}
