import PlanCompiler
import PlanText
import TestSupport
import Testing

@Suite("A mistake in a sound plan is one diagnostic") struct MutationTests {
  @Test("Plans made from a seed are without a finding", arguments: 0..<24 as Range<UInt64>)
  func clean(seed: UInt64) {
    let text = CleanPlan.lines(seed: seed).joined(separator: "\n") + "\n"
    let found = reading(text).diagnostics
    #expect(found.isEmpty, "seed \(seed): \(found.map { "\($0.code) \($0.detail)" })\n\(text)")
  }

  @Test("at its place, with its code, and nothing follows from it", arguments: PlanMutation.all)
  func mutated(_ mutation: PlanMutation) {
    var applied = 0
    for seed in 0..<24 as Range<UInt64> {
      let lines = CleanPlan.lines(seed: seed)
      let fitting = lines.indices.filter { mutation.apply(lines, $0) != nil }
      var random = SplitMix64(seed: seed)
      guard !fitting.isEmpty,
        let changed = mutation.apply(lines, fitting[random.below(fitting.count)])
      else { continue }
      applied += 1
      let marked = MarkedText(changed.joined(separator: "\n") + "\n")
      let diagnostics = reading(marked.text).diagnostics
      #expect(
        MarkedText.found(diagnostics, in: marked.text) == marked.expectations,
        """
        seed \(seed)
        \(diagnostics.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))
        \(marked.text)
        """)
    }
    #expect(applied > 3, "The mistake applies to too few plans.")
  }
}
