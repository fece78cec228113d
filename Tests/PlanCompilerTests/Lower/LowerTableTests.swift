import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("Lowering and the table of the procedure tell the same")
struct LowerTableTests {
  @Test("The steps of a site are those of its occasions, on targets of their kind")
  func occasions() {
    var seen: Set<Action> = []
    for seed in UInt64(0)..<250 {
      let graph = lower(GeneratedRotation.plan(seed: seed))
      let plan = graph.plan
      var actions = [Set<Action>](repeating: [], count: plan.sites.count)
      var partnered: Set<String> = []
      for step in graph.steps {
        seen.insert(step.action)
        switch step.target {
        case .site(let site):
          #expect(step.action.targetKind == .site, "\(step.action)")
          actions[site].insert(step.action)
        case .server(let site, _):
          #expect(
            step.action.targetKind == .server || step.action.waitKind == .certificateReceived,
            "\(step.action)")
          actions[site].insert(step.action)
        case .partnership(let link):
          #expect(step.action.occasions == .partnership, "\(step.action)")
          partnered.formUnion(plan.partnerships[link].sites.map(\.value))
        }
      }
      for (position, site) in plan.sites.enumerated() {
        // Partners of sites that stay as they are do nothing together.
        let isPartnered = partnered.contains(site.name.value)
        let occasions = plan.occasions(of: site, isPartnered: isPartnered)
        let told = Action.allCases.filter {
          !$0.occasions.isDisjoint(with: occasions) && $0.targetKind != .partnership
        }
        #expect(actions[position] == Set(told), "seed \(seed), \(site.name.value)")
      }
    }
    // What the table gives no occasion is what no forward graph holds, and nothing else.
    #expect(seen == Set(Action.allCases.filter { !$0.occasions.isEmpty }))
  }
}
