import PlanCompiler
import PlanModel
import PlanText
import Testing

@Suite("A plan that is written and read is the same plan") struct DecodeRoundTripTests {
  @Test("generated plans", arguments: 0..<200 as Range<UInt64>)
  func generated(seed: UInt64) {
    let plan = GeneratedRotation.plan(seed: seed)
    let text = PlanYAML.text(plan)
    let reading = reading(text, checks: false)
    #expect(reading.diagnostics.map(\.detail) == [], "seed \(seed)\n\(text)")
    #expect(reading.plans == [plan], "seed \(seed)\n\(text)")
  }
}
