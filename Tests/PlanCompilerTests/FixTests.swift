import DiagnosticCatalogue
import PlanCompiler
import PlanSyntax
import PlanText
import RotationGraph
import TestSupport
import Testing

@Suite("Fixes that are certain, made")
struct FixTests {
  private let id = SourceID(index: 0)

  private func check(_ source: SourceText) -> [Diagnostic] {
    let syntax = parseSyntax(source, id: id)
    return suppress(checkPlans(syntax).diagnostics, in: source, id: id, of: syntax, catalogue: .all)
      .inOrder()
  }

  private func mended(_ text: String) -> String {
    let source = SourceText(name: "plan.yaml", text: text)
    let (result, _) = source.mended(id: id, check(source), check: check)
    return String(decoding: result.bytes, as: UTF8.self)
  }

  private static let plan = """
    apiVersion: waltz/v1
    kind: RotationPlan
    metadata: { name: emea-2026 }
    certificates:
      paris-2026: { pkcs12: certs/paris.p12, password: { env: PARIS_P12_PASSWORD } }
    sites:
      paris:
        clients: 4200
        api:
          url: https://sepm-paris-1.example.net:8446
          username: rotation
          password: { env: SEPM_PASSWORD }
        servers:
          one: { address: sepm-paris-1.example.net, certificate: paris-2026 }
    strategy: { serversAtOnce: 1, method: suspend-verification }
    waits:
      default: { adopted: 98%, minimum: 24h, deadline: 14d, onDeadline: hold, holdFor: 1h }

    """

  /// What is right, and what a hurried person writes for it; all of it has one meaning.
  private static let slips: [(right: String, wrong: [String])] = [
    ("kind: RotationPlan", ["kind: rotation-plan", "kind: rotationplan", "kind: 'ROTATIONPLAN'"]),
    ("name: emea-2026", ["name: EMEA-2026", "name: \"Emea-2026\"", "Name: emea-2026"]),
    (
      "serversAtOnce:",
      ["serversatonce:", "servers-at-once:", "servers_at_once:", "'ServersAtOnce':"]
    ),
    (
      "method: suspend-verification",
      ["method: suspendVerification", "Method: Suspend-Verification"]
    ),
    ("adopted: 98%", ["adopted: 98", "adopted: 98 %", "adopted: '98 percent'", "ADOPTED: 98%"]),
    ("minimum: 24h", ["minimum: 24 h", "minimum: 24H", "minimum: 24 hours", "minimum: '24hrs'"]),
    ("deadline: 14d", ["deadline: 14 days", "deadline: 14D", "dead-line: 14d"]),
    ("onDeadline: hold", ["onDeadline: Hold", "on-deadline: HOLD", "on_deadline: hold"]),
    ("clients: 4200", ["Clients: 4200"]),
  ]

  @Test("The plan that the slips are made in is good")
  func premise() {
    #expect(check(SourceText(name: "plan.yaml", text: Self.plan)).isEmpty)
  }

  @Test("Every slip is mended to what was meant")
  func each() {
    for slip in Self.slips {
      for wrong in slip.wrong {
        let text = Self.plan.replacing(slip.right, with: wrong)
        #expect(text != Self.plan && mended(text) == Self.plan, "\(wrong)")
      }
    }
  }

  @Test("Any number of slips and comments without use at once; the second time changes nothing")
  func all() {
    for seed in UInt64(0)..<200 {
      var random = SplitMix64(seed: seed)
      var text = Self.plan
      for slip in Self.slips where random.chance(50) {
        text = text.replacing(slip.right, with: slip.wrong[random.below(slip.wrong.count)])
      }
      if random.chance(50) {
        text = text.replacing("sites:\n", with: "# waltz:ignore M033,M009 for later\nsites:\n")
      }
      if random.chance(50) { text += "# waltz:ignore M009, M033 for later" }
      let once = mended(text)
      #expect(once == Self.plan, "seed \(seed)")
      #expect(mended(once) == once, "seed \(seed)")
    }
  }

  @Test("What may mean something else is offered and not made")
  func doubtful() {
    for (right, wrong) in [
      ("clients: 4200", "clientz: 4200"), ("adopted: 98%", "adopted: 1"),
      ("adopted: 98%", "adopted: 0.98"), ("minimum: 24h", "minimum: 24M"),
      ("minimum: 24h", "minimum: 24"), ("certificate: paris-2026", "certificate: Paris-2026"),
      ("onDeadline: hold", "onDeadline: holt"), ("clients: 4200", "clients:4200"),
    ] {
      let text = Self.plan.replacing(right, with: wrong)
      #expect(text != Self.plan && mended(text) == text, "\(wrong)")
    }
    let found = check(
      SourceText(name: "plan.yaml", text: Self.plan.replacing("clients:", with: "clientz:")))
    #expect(found.flatMap(\.fixes).map(\.title) == ["Write 'clients'"])
    // A key that is there already is not written a second time.
    let twice = Self.plan.replacing("clients: 4200", with: "clients: 4200\n    Clients: 1")
    #expect(mended(twice) == twice)
  }

  @Test("The graph of a plan stays the same byte for byte")
  func digest() throws {
    let text = "# waltz:ignore M009 nothing of the kind\n" + Self.plan
    let digests = [text, mended(text)].map { text in
      checkPlans(SourceText(name: "plan.yaml", text: text), id: id).plans[0].flatMap {
        prove($0).sealed()?.digest
      }
    }
    #expect(digests[0] != nil && digests[0] == digests[1])
    #expect(mended(text) == Self.plan)
  }

  @Test("Changes that touch each other are not made together")
  func overlap() {
    let source = SourceText(name: "a", text: "abcdef")
    func fix(_ start: Int, _ end: Int, _ text: String) -> Fix {
      Fix("x", [.init(SourceSpan(source: id, start: start, end: end), text)], isCertain: true)
    }
    let (result, made) = source.applying(
      [fix(4, 5, "E"), fix(0, 2, "AB"), fix(1, 3, "?"), fix(2, 3, "?"), fix(5, 6, "?")], id: id)
    #expect(result.bytes == Array("ABcdEf".utf8))
    #expect(made.count == 2)
    let foreign = Fix(
      "x", [.init(SourceSpan(source: SourceID(index: 1), start: 0, end: 1), "")], isCertain: true)
    #expect(source.applying([foreign], id: id).made.isEmpty)
  }

  @Test("Whatever their order, changes are made that touch none before them", arguments: 0..<60)
  func anyOrder(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let source = SourceText(name: "x", text: String(repeating: "a", count: 200))
    let fixes = (0..<60).map { number in
      let start = random.below(190)
      let span = SourceSpan(source: id, start: start, end: start + random.below(8))
      return Fix("\(number)", [.init(span, "")], isCertain: true)
    }
    var made: [Fix] = []
    for fix in fixes {
      let span = fix.edits[0].span
      let touches = made.contains {
        $0.edits[0].span.start <= span.end && span.start <= $0.edits[0].span.end
      }
      if !touches { made.append(fix) }
    }
    #expect(source.applying(fixes, id: id).made == made, "seed \(seed)")
  }
}
