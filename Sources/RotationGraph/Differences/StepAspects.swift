import PlanModel
import PlanText

/// In what a step of one graph differs from the same step of another.
public struct StepAspects: OptionSet, Sendable, Hashable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// How it is carried out.
  public static let channel = StepAspects(rawValue: 1)

  /// The program that carries it out.
  public static let command = StepAspects(rawValue: 1 << 1)

  /// What takes it back, or whether anything does.
  public static let reversal = StepAspects(rawValue: 1 << 2)

  /// The certificate that is checked, installed or looked for.
  public static let certificate = StepAspects(rawValue: 1 << 3)

  /// When the wait passes.
  public static let wait = StepAspects(rawValue: 1 << 4)

  /// The version that the server has or gets.
  public static let version = StepAspects(rawValue: 1 << 5)

  /// Where the server is reached.
  public static let address = StepAspects(rawValue: 1 << 6)

  /// How replication is broken, or whose data wins.
  public static let replication = StepAspects(rawValue: 1 << 7)

  /// How the site's API is reached.
  public static let api = StepAspects(rawValue: 1 << 8)

  /// What it waits for.
  public static let dependencies = StepAspects(rawValue: 1 << 9)

  /// Every aspect with its name, in the order in which they are told.
  public static let names: [(aspect: StepAspects, name: String)] = [
    (.channel, "channel"), (.command, "command"), (.reversal, "reversal"),
    (.certificate, "certificate"), (.wait, "wait"), (.version, "version"), (.address, "address"),
    (.replication, "replication"), (.api, "api"), (.dependencies, "dependencies"),
  ]
}

/// Finds the aspects of steps in which two plans differ; what many steps share is compared once.
struct StepComparison {
  private let old: RotationPlan
  private let new: RotationPlan
  private let changedWaits: Set<WaitKind>
  private let changedCertificates: Set<String>
  private let oldRules: CommandRules
  private let newRules: CommandRules

  init(_ old: RotationPlan, _ new: RotationPlan) {
    self.old = old
    self.new = new
    changedWaits = Set(WaitKind.allCases.filter { old.waits[$0] != new.waits[$0] })
    var sources: [String: CertificateSource] = [:]
    for source in old.certificates { sources[source.name.value] = source }
    changedCertificates = Set(
      new.certificates.filter { sources[$0.name.value] != $0 }.map(\.name.value))
    oldRules = CommandRules(old)
    newRules = CommandRules(new)
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
      oldRules.template(before) != newRules.template(after)
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
    switch action {
    case .checkCertificate, .updateCertificate, .verifyCertificate:
      if before.certificate != after.certificate
        || after.certificate.map({ changedCertificates.contains($0.value) }) ?? false
      {
        aspects.insert(.certificate)
      }
    case .checkServer:
      if before.version != after.version { aspects.insert(.version) }
    case .upgradeServer:
      if before.upgrade != after.upgrade { aspects.insert(.version) }
    default: break
    }
    return aspects
  }
}

/// The programs of a plan's rules, found without a walk through the rules.
struct CommandRules {
  private let plan: [Action: CommandTemplate?]
  private let site: [[Action: CommandTemplate?]]

  init(_ plan: RotationPlan) {
    self.plan = Self.templates(plan.automation)
    site = plan.sites.map { Self.templates($0.automation) }
  }

  func template(_ step: Step) -> CommandTemplate? {
    switch step.target {
    case .site(let position), .server(let position, _):
      (site[position][step.action] ?? plan[step.action]) ?? nil
    case .partnership: plan[step.action] ?? nil
    }
  }

  /// The first rule of an action holds.
  private static func templates(_ rules: [AutomationRule]) -> [Action: CommandTemplate?] {
    var result: [Action: CommandTemplate?] = [:]
    for rule in rules where result[rule.action.value] == nil {
      var template: CommandTemplate?
      if case .command(let command) = rule.channel.value { template = command }
      result.updateValue(template, forKey: rule.action.value)
    }
    return result
  }
}
