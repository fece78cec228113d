import PlanSyntax
import PlanText
import Redaction
import Reports
import TestSupport
import Testing

@Suite("Damaged plans")
struct SyntaxFuzzTests {
  @Test(
    "Whatever the bytes, reading ends with places inside the source, twice alike", arguments: 0..<8)
  func mutations(_ seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    for round in 0..<500 {
      let original = Self.corpus.randomElement(using: &generator) ?? ""
      var bytes = Array(original.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
      let result = parse(bytes)
      let again = parse(bytes)
      #expect(result.diagnostics == again.diagnostics, "seed \(seed), round \(round)")
      #expect(
        result.documents.map { outline($0) } == again.documents.map { outline($0) },
        "seed \(seed), round \(round)")
      var spans = result.diagnostics.flatMap { [$0.span] + $0.related.map(\.span) }
      for tree in result.documents {
        for node in nodes(of: tree) { spans.append(tree.span(of: node)) }
      }
      #expect(
        spans.allSatisfy { $0.start <= $0.end && Int($0.end) <= bytes.count },
        "seed \(seed), round \(round)")
      #expect(
        !result.documents.isEmpty || result.diagnostics.hasErrors, "seed \(seed), round \(round)")
      var sources = SourceMap(hiding: hiddenText(in:))
      _ = sources.add(SourceText(name: "plan.yaml", bytes: bytes))
      let width = Int.random(in: 0...120, using: &generator)
      let text = DiagnosticText(sources, options: .init(width: width)).render(result.diagnostics)
      #expect(text.isEmpty == result.diagnostics.isEmpty, "seed \(seed), round \(round)")
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
    let at = Int.random(in: 0...bytes.count, using: &generator)
    let special = Array(":-[]{},#&*!|>'\"%@`?\t\n\r \\".utf8) + [0, 0x80, 0xC3, 0xE2, 0xFF, 0xEF]
    switch Int.random(in: 0..<6, using: &generator) {
    case 0 where at < bytes.count: bytes.remove(at: at)
    case 1 where at < bytes.count: bytes[at] = .random(in: 0...255, using: &generator)
    case 2 where at < bytes.count: bytes[at] = special.randomElement(using: &generator) ?? 0
    case 3:
      let end = min(bytes.count, at + Int.random(in: 0...20, using: &generator))
      bytes.insert(
        contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &generator))
    case 4:
      bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 0...20, using: &generator)))
    default: bytes.insert(special.randomElement(using: &generator) ?? 0, at: at)
    }
  }

  static let corpus: [String] =
    [
      """
      apiVersion: waltz/v1
      kind: RotationPlan
      metadata:
        name: emea-2026
        description: Replace the default certificates of the EMEA sites.
        labels: { change: CHG0042 }
      certificates:
        paris-2026:
          pkcs12: certs/paris.p12
          password: { env: PARIS_P12_PASSWORD }   # a reference
      strategy:
        waves: [[paris], [berlin]]

      """,
      """
      defaults: &defaults
        adopted: 98%
        cohorts:
          - { name: domain-controllers, adopted: 100% }
          - name: 'it''s'
            exclude:
            - group: 'My Company\\Lab'
      waits: { default: *defaults, 'other': *defaults }
      text: |
        first
          second

        third
      folded: >-
        one
        two

      """,
      "%YAML 1.2\n---\nimię: \"zażółć \\u0141 gęślą\"\n日本: [漢字, '🎉 👩‍💻']\n...\n---\n? plain\n: - 1\n  - - 2\n    -\n",
      "\u{FEFF}a:\r\n  b: \"x\r\n\r\n    y\"\r\n  c: [1,\r\n   2]\r\n# end\r\n",
      CatalogueEntry.tooManyNodes.good, CatalogueEntry.recursiveAlias.good,
    ] + CatalogueEntry.syntaxPages.map(\.good)
}
