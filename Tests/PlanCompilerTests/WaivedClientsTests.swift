import PlanModel
import PlanText
import TestSupport
import Testing

@testable import PlanCompiler

@Suite("Clients that exclusions waive") struct WaivedClientsTests {
  @Test("The first exclusion over a cohort is that of the plain search", arguments: 0..<60)
  func generated(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func selector() -> ClientSelector {
      var selector = ClientSelector()
      if random.below(5) > 0 {
        let names = (0..<random.below(4)).map { _ in ["Lab", "La", "Office"][random.below(3)] }
        selector.group = Located((["My Company"] + names).joined(separator: "\\"))
      }
      if random.below(3) == 0 {
        selector.osFunction = Located(OSFunction.allCases[random.below(OSFunction.allCases.count)])
      }
      return selector
    }
    let exclusions = (0..<random.below(12)).map { _ in selector() }
    let waived = WaivedClients(exclusions)
    for _ in 0..<30 {
      let cohort = selector()
      let plain = exclusions.firstIndex { exclusion in
        if exclusion.group == nil, exclusion.osFunction == nil { return false }
        if let group = exclusion.group?.value {
          guard let inner = cohort.group?.value, inner == group || inner.hasPrefix(group + "\\")
          else { return false }
        }
        return exclusion.osFunction == nil
          || exclusion.osFunction?.value == cohort.osFunction?.value
      }
      #expect(waived.first(covering: cohort) == plain, "seed \(seed) \(cohort)")
    }
  }
}
