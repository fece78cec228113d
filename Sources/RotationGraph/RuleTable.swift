import PlanModel
import PlanText

/// The rules of a plan that hold, found without a walk through them: of several for one action in one place
/// the first, and a site's own before the plan's.
struct RuleTable: Sendable {
  /// The channels that rules name, by their actions.
  typealias Channels = [Action: AutomationRule.Channel]

  /// Of the plan.
  let plan: Channels

  /// Of each site alone.
  let sites: [Channels]

  init(_ plan: RotationPlan) {
    self.plan = Self.channels(plan.automation)
    sites = plan.sites.map { Self.channels($0.automation) }
  }

  /// What the rules say of an action at a site, or of one of a partnership; nil where they are silent.
  func channel(of action: Action, site: Int?) -> AutomationRule.Channel? {
    site.flatMap { sites[$0][action] } ?? plan[action]
  }

  /// The program for a step; nil where the rule that holds names none.
  func command(of step: Step) -> CommandTemplate? {
    let site: Int? =
      switch step.target {
      case .site(let position), .server(let position, _): position
      case .partnership: nil
      }
    guard case .command(let template)? = channel(of: step.action, site: site) else { return nil }
    return template
  }

  private static func channels(_ rules: [AutomationRule]) -> Channels {
    var channels: Channels = [:]
    for rule in rules.holding { channels[rule.action.value] = rule.channel.value }
    return channels
  }
}

extension [AutomationRule] {
  /// The first rule of each action, which holds, in their order.
  var holding: [AutomationRule] {
    var seen: Set<Action> = []
    return filter { seen.insert($0.action.value).inserted }
  }
}
