import PlanCompiler
import PlanLayout
import PlanModel
import PlanSyntax
import PlanText
import RotationGraph
import Testing

@Suite("Laying a plan out changes no step of it") struct LayoutDigestTests {
  @Test("generated plans, wildly written", arguments: 0..<150 as Range<UInt64>)
  func generated(seed: UInt64) throws {
    let plan = GeneratedRotation.plan(seed: seed)
    let text = PlanYAML.wildText(plan, seed: seed)
    let source = SourceText(name: "plan.yaml", text: text)
    let id = SourceID(index: 0)
    guard case .text(let bytes) = canonicalLayout(of: source, id: id) else {
      Issue.record("seed \(seed): no layout of\n\(text)")
      return
    }
    let laidOut = SourceText(name: "plan.yaml", bytes: bytes)
    let before = try #require(readPlans(parseSyntax(source, id: id)).plans.first ?? nil)
    let after = try #require(readPlans(parseSyntax(laidOut, id: id)).plans.first ?? nil)
    #expect(before == plan && after == plan, "seed \(seed)")
    #expect(prove(before).sealed()?.digest == prove(after).sealed()?.digest, "seed \(seed)")
    guard case .text(let again) = canonicalLayout(of: laidOut, id: id) else {
      Issue.record("seed \(seed): no second layout")
      return
    }
    #expect(again == bytes, "seed \(seed)\n\(text)")
    let notes = text.matches(of: /# note \d+/).map { String($0.output) }
    #expect(
      String(decoding: bytes, as: UTF8.self).matches(of: /# note \d+/).map { String($0.output) }
        == notes, "seed \(seed)")
  }
}
