import PlanModel
import PlanText
import RotationGraph

/// The graph has the steps that the plan asks for and no others. A missing step breaks the invariant that
/// it is there for.
enum CompletenessCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    let expectation = expectation(of: index)
    var missing = TargetActions(index.graph.plan)
    for step in expectation { _ = missing.insert(step.action, on: step.target) }
    for (position, step) in index.graph.steps.enumerated() {
      guard !missing.remove(step.action, on: step.target) else { continue }
      report.add(
        .stepsDoNotFit, for: step.target, at: Int32(position),
        "The plan does not ask for \(report.quoted(Int32(position))).")
    }
    guard missing.count > 0 else { return }
    for step in expectation where missing.contains(step.action, on: step.target) {
      reportMissing(step, in: index, into: &report)
    }
  }

  private static func reportMissing(
    _ step: ExpectedStep, in index: GraphIndex, into report: inout VerificationReport
  ) {
    let id = "`\(step.action.rawValue)/\(index.graph.name(of: step.target))`"
    let what = "\(id) is missing: \(step.action.lack)"
    let entry = step.invariant
    if let next = follower(of: step, in: index) {
      report.add(
        entry, for: step.subject, at: next,
        "\(what) \(report.quoted(next)) can be reached without it.")
    } else {
      report.add(entry, for: step.subject, at: report.span(of: step.target), what)
    }
  }

  /// The first step of the same target, or of its site, that should come after a missing one.
  private static func follower(of missing: ExpectedStep, in index: GraphIndex) -> Int32? {
    switch missing.target {
    case .partnership(let partnership):
      let steps = index.partnerships[partnership]
      switch missing.action {
      case .breakReplication:
        let sites = index.demands.partnerships.first { $0.position == partnership }?.sites
        return sites?.compactMap { index.sites[$0].entry }.first ?? steps.restored
      case .restoreReplication: return steps.verified
      default: return nil
      }
    case .server(let site, let server):
      let steps = index.servers[site][server]
      let chain: [Int32?] =
        switch missing.action {
        case .checkCertificate, .checkServer, .backUpServer:
          [steps.update, index.sites[site].entry]
        case .updateCertificate: [steps.restart, steps.verify]
        case .restartServices: [steps.verify, steps.received]
        case .verifyCertificate: [steps.received, index.sites[site].received]
        default: []
        }
      return (chain + [index.sites[site].confirmed]).compactMap { $0 }.first
    case .site(let site):
      let steps = index.sites[site]
      let chain: [Int32?] = [
        steps.http, steps.disabled, steps.unverified, steps.updates.first, steps.renewed,
        steps.received, steps.enabled, steps.verifying, steps.https, steps.restored,
        steps.backedUp, steps.upgrades.first, steps.confirmed,
      ]
      return chain.dropFirst(placeInChain(missing.action)).compactMap { $0 }.first
    }
  }

  /// How many of the places of a site's chain come before what should follow an action.
  private static func placeInChain(_ action: Action) -> Int {
    switch action {
    case .disableVerification: 2
    case .awaitVerificationDisabled: 3
    case .renewDatabaseCertificate: 5
    case .awaitCertificateReceived: 6
    case .enableVerification: 7
    case .awaitVerificationEnabled: 8
    case .switchClientsToHTTPS: 9
    case .awaitHTTPSRestored: 10
    case .backUpDatabase: 11
    case .confirmSettings: 13
    default: 0
    }
  }

  private static func expectation(of index: GraphIndex) -> [ExpectedStep] {
    let plan = index.graph.plan
    var steps: [ExpectedStep] = []
    steps.reserveCapacity(index.graph.steps.count)
    for (position, site) in plan.sites.enumerated() {
      let demands = index.demands.sites[position]
      if demands.isPartner { steps.append(ExpectedStep(.recordSettings, .site(position))) }
      guard demands.wave != nil else { continue }
      for action in siteActions(of: demands) {
        steps.append(ExpectedStep(action, .site(position)))
      }
      if site.servers.contains(where: { $0.upgrade != nil }) {
        steps.append(ExpectedStep(.backUpDatabase, .site(position)))
      }
      for server in site.servers.indices {
        let target = Target.server(site: position, server: server)
        addActions(of: demands.method, on: site.servers[server], target, to: &steps)
      }
    }
    for partnership in index.demands.partnerships {
      for action in [Action.breakReplication, .restoreReplication, .verifyReplication] {
        steps.append(ExpectedStep(action, .partnership(partnership.position)))
      }
    }
    return steps
  }

  private static func siteActions(of site: PlanDemands.Site) -> [Action] {
    let renewal: [Action] = site.hasExpressDatabase ? [.renewDatabaseCertificate] : []
    switch site.method {
    case .suspendVerification:
      return [
        .recordSettings, .switchClientsToHTTP, .disableVerification, .awaitVerificationDisabled,
      ] + renewal + [
        .awaitCertificateReceived, .enableVerification, .awaitVerificationEnabled,
        .switchClientsToHTTPS, .awaitHTTPSRestored, .confirmSettings,
      ]
    case .failover: return [.recordSettings] + renewal + [.confirmSettings]
    }
  }

  private static func addActions(
    of method: Method, on server: Server, _ target: Target, to steps: inout [ExpectedStep]
  ) {
    steps.append(ExpectedStep(.checkServer, target))
    steps.append(ExpectedStep(.backUpServer, target))
    if server.certificate != nil {
      steps.append(ExpectedStep(.checkCertificate, target))
      steps.append(ExpectedStep(.updateCertificate, target))
      steps.append(ExpectedStep(.restartServices, target))
      steps.append(ExpectedStep(.verifyCertificate, target))
      steps.append(ExpectedStep(.keepRecoveryFile, target))
      if method == .failover { steps.append(ExpectedStep(.awaitCertificateReceived, target)) }
    }
    if server.upgrade != nil { steps.append(ExpectedStep(.upgradeServer, target)) }
  }
}

/// A step that a plan asks for.
private struct ExpectedStep {
  let action: Action
  let target: Target

  init(_ action: Action, _ target: Target) {
    self.action = action
    self.target = target
  }

  /// What the invariant is about: the site or the partnership.
  var subject: Target {
    if case .server(let site, _) = target { .site(site) } else { target }
  }

  /// The invariant that is broken where the step is missing.
  var invariant: CatalogueEntry {
    // The wait for one server is what keeps the next one waiting.
    if case .server = target, action == .awaitCertificateReceived { return .serversTogether }
    return action.invariant
  }
}

extension Action {
  /// The invariant that is broken where a step with the action is missing.
  fileprivate var invariant: CatalogueEntry {
    switch self {
    case .checkCertificate, .checkServer, .recordSettings, .backUpServer: .changeUnprepared
    case .breakReplication, .restoreReplication, .verifyReplication: .replicationNotBroken
    case .awaitVerificationDisabled: .updateBeforeWait
    case .restartServices, .verifyCertificate, .renewDatabaseCertificate: .notVerifiedBeforeWait
    case .awaitCertificateReceived: .enabledTooEarly
    case .switchClientsToHTTP, .disableVerification, .enableVerification,
      .awaitVerificationEnabled, .switchClientsToHTTPS, .awaitHTTPSRestored, .confirmSettings:
      .notEnabledAgain
    case .backUpDatabase: .upgradeTooEarly
    case .updateCertificate, .keepRecoveryFile, .upgradeServer, .restoreCertificate,
      .discardBackup, .discardDatabaseBackup:
      .stepsDoNotFit
    }
  }
}
