import PlanModel
import PlanText
package import RotationGraph

/// What a person does in SEPM's console and wizards for a step, in the words of their menus
/// (`docs/SEPM.md`, "The procedure").
///
/// A step goes in with the plan that its names stand in, lines of instruction come out.
package struct ConsoleInstructions: Sendable {
  let plan: RotationPlan

  /// The guide through the steps of `graph`.
  package init(_ graph: StepGraph) {
    plan = graph.plan
  }

  /// What to do for `step`, a line for each thing; never empty.
  package func lines(for step: Step) -> [String] {
    switch step.target {
    case .site(let site): siteLines(step.action, plan.sites[site])
    case .server(let site, let server):
      serverLines(step.action, plan.sites[site].servers[server], of: plan.sites[site])
    case .partnership(let link): partnershipLines(step.action, plan.partnerships[link])
    }
  }

  func logOn(to site: Site) -> String {
    "Log on to the console of site \(site.name.value) as a system administrator."
  }
}
