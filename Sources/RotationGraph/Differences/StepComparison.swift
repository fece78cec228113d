import PlanModel
import PlanText

/// Finds the aspects of steps in which two plans differ; what many steps share is compared once.
struct StepComparison {
  private let old: RotationPlan
  private let new: RotationPlan
  private let changedWaits: Set<WaitKind>
  private let changedCertificates: Set<String>
  private let oldRules: RuleTable
  private let newRules: RuleTable

  init(_ old: RotationPlan, _ new: RotationPlan) {
    self.old = old
    self.new = new
    changedWaits = Set(WaitKind.allCases.filter { old.waits[$0] != new.waits[$0] })
    var sources: [String: CertificateSource] = [:]
    for source in old.certificates { sources[source.name.value] = source }
    changedCertificates = Set(
      new.certificates.filter { sources[$0.name.value] != $0 }.map(\.name.value))
    oldRules = RuleTable(old)
    newRules = RuleTable(new)
  }

  func aspects(_ before: Step, _ after: Step) -> StepAspects {
    var aspects: StepAspects = []
    if before.channel != after.channel { aspects.insert(.channel) }
    if before.reversal != after.reversal
      || before.isPointOfNoReturn != after.isPointOfNoReturn
    {
      aspects.insert(.reversal)
    }
    if before.channel == .command, after.channel == .command,
      oldRules.command(of: before) != newRules.command(of: after)
    {
      aspects.insert(.command)
    }
    if let kind = after.action.waitKind, changedWaits.contains(kind) { aspects.insert(.wait) }
    switch (before.target, after.target) {
    case (.server(let oldSite, let oldServer), .server(let newSite, let newServer)):
      aspects.formUnion(
        serverAspects(
          old.sites[oldSite].servers[oldServer], new.sites[newSite].servers[newServer],
          after.action))
    case (.site(let oldSite), .site(let newSite)):
      let usesAPI = [before.channel, after.channel].contains { $0 == .api || $0 == .probe }
      if usesAPI, old.sites[oldSite].api != new.sites[newSite].api {
        aspects.insert(.api)
      }
    case (.partnership(let oldPosition), .partnership(let newPosition)):
      let (left, right) = (old.partnerships[oldPosition], new.partnerships[newPosition])
      if left.breaking != right.breaking || left.authority != right.authority {
        aspects.insert(.replication)
      }
    default: break
    }
    return aspects
  }

  private func serverAspects(_ before: Server, _ after: Server, _ action: Action) -> StepAspects {
    var aspects: StepAspects = []
    if before.address != after.address { aspects.insert(.address) }
    switch action.serverPart {
    case .certificate:
      if before.certificate != after.certificate
        || after.certificate.map({ changedCertificates.contains($0.value) }) ?? false
      {
        aspects.insert(.certificate)
      }
    case .version:
      if before.version != after.version { aspects.insert(.version) }
    case .upgrade:
      if before.upgrade != after.upgrade { aspects.insert(.version) }
    case nil: break
    }
    return aspects
  }
}
