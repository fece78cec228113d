import PlanModel
import PlanText
import RotationGraph

/// I9: what changes the estate can be taken back, or says that it cannot.
enum ReversalCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    for (position, step) in index.graph.steps.enumerated() where step.action.effect.isMutating {
      if step.isPointOfNoReturn || step.reversal != nil { continue }
      report.add(
        .withoutReversal, for: step.target, at: Int32(position),
        "\(report.quoted(Int32(position))) changes the estate, but names no step that undoes it "
          + "and is not marked as a point of no return.")
    }
    for (position, step) in index.graph.steps.enumerated() {
      guard let reversal = step.reversal, reversal != step.action.reversal else { continue }
      report.add(
        .withoutReversal, for: step.target, at: Int32(position),
        "\(report.quoted(Int32(position))) names `\(reversal.rawValue)` as the step that undoes "
          + "it, but that step does not.")
    }
  }
}
