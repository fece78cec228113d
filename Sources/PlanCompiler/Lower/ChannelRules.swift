import PlanModel
import PlanText
import RotationGraph

/// By which channel an action is carried out: the site's rule, else the plan's, else as usual
/// (`docs/SEPM.md`, "What the API cannot do").
///
/// Asked once for every step: the few rules that there are stand without the plan's text.
struct ChannelRules {
  private typealias Rule = (action: Action, channel: Channel)

  private let ofPlan: [Rule]
  private let ofSite: [[Rule]]
  private let hasAPI: [Bool]

  init(_ plan: RotationPlan) {
    ofPlan = Self.rules(plan.automation)
    ofSite = plan.sites.map { Self.rules($0.automation) }
    hasAPI = plan.sites.map { $0.api != nil }
  }

  /// The channel of `action` on a site or one of its servers; `site` is nil for partnerships.
  func channel(of action: Action, site: Int?) -> Channel {
    if let site, let rule = ofSite[site].first(where: { $0.action == action }) {
      return rule.channel
    }
    if let rule = ofPlan.first(where: { $0.action == action }) { return rule.channel }
    return switch action.usualChannel {
    case .probe: .probe
    case .api: site.map { hasAPI[$0] } ?? false ? .api : .operator
    case .operator: .operator
    }
  }

  private static func rules(_ rules: [AutomationRule]) -> [Rule] {
    rules.map { rule in
      let channel: Channel =
        switch rule.channel.value {
        case .api: .api
        case .operator: .operator
        case .command: .command
        case .probe: .probe
        }
      return (rule.action.value, channel)
    }
  }
}
