import PlanModel
import PlanText
import RotationGraph

/// The other half of I8: every step leads somewhere. A step that nothing waits for, other than the last
/// of a site or a partnership, could fail without holding anything up.
enum EndCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    let graph = index.graph
    for step in graph.steps.indices where graph.dependents[step].isEmpty {
      switch graph.steps[step].action {
      case .confirmSettings, .verifyReplication: continue
      default:
        report.add(
          .brokenShape, for: graph.steps[step].target, at: Int32(step),
          "Nothing waits for \(report.quoted(Int32(step))), so its failure would not stop anything."
        )
      }
    }
  }
}
