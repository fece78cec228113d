import PlanModel
import PlanText
import RotationGraph

/// Every step is carried out over the channel that the plan says: by the rule of its site, by that of the
/// plan, or, where both are silent, by what is there.
///
/// A step that a person was to do and a program does is one that nobody reviewed.
enum ChannelCheck {
  /// What rules say, by the positions of actions.
  private typealias Said = [Channel?]

  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    let plan = index.graph.plan
    let saidByPlan = said(by: plan.automation)
    let saidBySite = plan.sites.map { $0.automation.isEmpty ? nil : said(by: $0.automation) }
    let hasAPI = plan.sites.map { $0.api != nil }
    for (position, step) in index.graph.steps.enumerated() {
      let action = step.action
      let place = action.position
      let site = Int(index.siteOf[position])
      let ofSite = site < 0 ? nil : saidBySite[site]?[place]
      let demanded =
        ofSite ?? saidByPlan[place] ?? unsaid(action, hasAPI: site >= 0 && hasAPI[site])
      guard step.channel != demanded else { continue }
      report.add(
        .stepsDoNotFit, for: step.target, at: Int32(position),
        "The plan has \(report.quoted(Int32(position))) done by `\(demanded.rawValue)`, the graph by "
          + "`\(step.channel.rawValue)`.")
      if report.isFull { return }
    }
  }

  /// What rules say; of several for one action the first.
  private static func said(by rules: [AutomationRule]) -> Said {
    var said = Said(repeating: nil, count: Action.allCases.count)
    for rule in rules.reversed() {
      let place = rule.action.value.position
      switch rule.channel.value {
      case .api: said[place] = .api
      case .operator: said[place] = .operator
      case .command: said[place] = .command
      case .probe: said[place] = .probe
      }
    }
    return said
  }

  /// What looks is a probe; SEPM's interface can switch verification; the rest is for a person.
  private static func unsaid(_ action: Action, hasAPI: Bool) -> Channel {
    guard action.effect.isMutating else { return .probe }
    let isSwitch = action == .disableVerification || action == .enableVerification
    return isSwitch && hasAPI ? .api : .operator
  }
}
