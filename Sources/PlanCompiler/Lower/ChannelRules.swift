import PlanModel
import PlanText
import RotationGraph

/// By which channel an action is carried out: the site's rule, else the plan's, else what SEPM offers
/// (`SEPM.md` §0, facts 1 and 2).
struct ChannelRules {
  private let plan: RotationPlan

  init(_ plan: RotationPlan) {
    self.plan = plan
  }

  /// The channel of `action` on a site or one of its servers; `site` is nil for partnerships.
  func channel(of action: Action, site: Int?) -> Channel {
    if let site, let rule = rule(for: action, in: plan.sites[site].automation) { return rule }
    if let rule = rule(for: action, in: plan.automation) { return rule }
    return standard(action, hasAPI: site.map { plan.sites[$0].api != nil } ?? false)
  }

  private func rule(for action: Action, in rules: [AutomationRule]) -> Channel? {
    guard let position = rules.firstIndex(where: { $0.action.value == action }) else { return nil }
    return switch rules[position].channel.value {
    case .api: .api
    case .operator: .operator
    case .command: .command
    }
  }

  private func standard(_ action: Action, hasAPI: Bool) -> Channel {
    switch action {
    case .disableVerification, .enableVerification: hasAPI ? .api : .operator
    case .checkCertificate, .checkServer, .recordSettings, .verifyCertificate, .confirmSettings,
      .verifyReplication, .awaitVerificationDisabled, .awaitCertificateReceived,
      .awaitVerificationEnabled, .awaitHTTPSRestored:
      .probe
    case .backUpServer, .breakReplication, .switchClientsToHTTP, .updateCertificate,
      .restartServices, .renewDatabaseCertificate, .switchClientsToHTTPS, .upgradeServer,
      .restoreReplication, .restoreCertificate, .discardBackup:
      .operator
    }
  }
}
