import PlanModel
import PlanText

/// What a rotation touches, counted from its steps.
public struct RotationCounts: Sendable, Equatable {
  /// Rotating sites.
  public private(set) var sites = 0

  /// Servers that get a certificate.
  public private(set) var servers = 0

  /// Servers that are upgraded.
  public private(set) var upgrades = 0

  /// Partnerships that are broken and restored.
  public private(set) var partnerships = 0

  /// Clients that the plan expects at the rotating sites.
  public private(set) var clients = 0

  /// Rotating sites for which the plan expects no number of clients.
  public private(set) var sitesWithoutClients = 0

  /// Steps.
  public let steps: Int

  /// Steps that wait for clients.
  public private(set) var waits = 0

  /// Steps that a person does.
  public private(set) var gates = 0

  /// Steps that a program does.
  public private(set) var commands = 0

  /// Steps that go over SEPM's REST API.
  public private(set) var apiSteps = 0

  /// Steps that nothing takes back.
  public private(set) var pointsOfNoReturn = 0

  /// Counts the steps of `graph`.
  public init(_ graph: StepGraph) {
    steps = graph.steps.count
    for step in graph.steps {
      if step.action == .confirmSettings, case .site(let site) = step.target {
        sites += 1
        if let clients = graph.plan.sites[site].clients?.value {
          // A graph from elsewhere may hold any number.
          self.clients = self.clients.addingReportingOverflow(max(0, clients)).partialValue
        } else {
          sitesWithoutClients += 1
        }
      }
      if step.action == .updateCertificate { servers += 1 }
      if step.action.serverPart == .upgrade { upgrades += 1 }
      if step.action.opens == .replicationBroken { partnerships += 1 }
      if step.action.effect == .wait { waits += 1 }
      if step.isPointOfNoReturn { pointsOfNoReturn += 1 }
      switch step.channel {
      case .operator: gates += 1
      case .command: commands += 1
      case .api: apiSteps += 1
      case .probe: break
      }
    }
  }
}
