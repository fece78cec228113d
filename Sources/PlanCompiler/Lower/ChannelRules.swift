import PlanModel
import PlanText
import RotationGraph

/// By which channel an action is carried out: the site's rule, else the plan's, else what SEPM offers
/// (`docs/SEPM.md`, "What the API cannot do").
///
/// Asked once for every step, so that the answers for all actions are there beforehand.
struct ChannelRules {
  /// Channels by the actions' numbers.
  private typealias Channels = [Channel]

  private let withAPI: Channels
  private let withoutAPI: Channels

  /// For each site its channels where it has rules of its own; nil where it has none.
  private let ofSite: [Channels?]

  private let hasAPI: [Bool]

  init(_ plan: RotationPlan) {
    withAPI = Self.channels([plan.automation], hasAPI: true)
    withoutAPI = Self.channels([plan.automation], hasAPI: false)
    ofSite = plan.sites.map { site in
      site.automation.isEmpty
        ? nil : Self.channels([site.automation, plan.automation], hasAPI: site.api != nil)
    }
    hasAPI = plan.sites.map { $0.api != nil }
  }

  /// The channel of `action` on a site or one of its servers; `site` is nil for partnerships.
  func channel(of action: Action, site: Int?) -> Channel {
    let position = Int(action.number)
    guard let site else { return withoutAPI[position] }
    if let own = ofSite[site] { return own[position] }
    return hasAPI[site] ? withAPI[position] : withoutAPI[position]
  }

  /// The channels of all actions; rules that stand earlier go before later ones.
  private static func channels(_ rules: [[AutomationRule]], hasAPI: Bool) -> Channels {
    Action.allCases.map { action in
      let rule = rules.joined().first { $0.action.value == action }
      return switch rule?.channel.value {
      case .api: .api
      case .operator: .operator
      case .command: .command
      case nil: standard(action, hasAPI: hasAPI)
      }
    }
  }

  private static func standard(_ action: Action, hasAPI: Bool) -> Channel {
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
