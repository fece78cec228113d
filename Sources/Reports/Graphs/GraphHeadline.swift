import PlanModel
import PlanText
import RotationGraph

/// The counts that stand above every picture of a graph.
struct GraphHeadline {
  /// Rotating sites.
  let sites: Int

  /// Servers that get a certificate.
  let servers: Int

  /// Partnerships that are broken and restored.
  let partnerships: Int

  /// Steps.
  let steps: Int

  /// Steps that a person does.
  let gates: Int

  init(_ graph: StepGraph) {
    var sites = 0
    var servers = 0
    var partnerships = 0
    var gates = 0
    for step in graph.steps {
      switch step.action {
      case .confirmSettings: sites += 1
      case .updateCertificate: servers += 1
      case .breakReplication: partnerships += 1
      default: break
      }
      if step.channel == .operator { gates += 1 }
    }
    self.sites = sites
    self.servers = servers
    self.partnerships = partnerships
    self.gates = gates
    steps = graph.steps.count
  }

  /// `2 sites, 3 servers, 1 partnership, 43 steps, 12 gates`.
  var text: String {
    [
      counted(sites, "site"), counted(servers, "server"), counted(partnerships, "partnership"),
      counted(steps, "step"), counted(gates, "gate"),
    ].joined(separator: ", ")
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
