import PlanModel
import PlanText
import RotationGraph

/// Partnerships that are rescheduled although they may stay broken for longer than any schedule of SEPM
/// (`docs/SEPM.md`, "Replication").
///
/// How long a break lasts at worst is in the steps between its ends, so this looks at the graph.
func checkRescheduledBreaks(in graph: StepGraph) -> [Diagnostic] {
  let partnerships = graph.plan.partnerships
  guard partnerships.contains(where: { $0.breaking.value == .reschedule }) else { return [] }
  return RotationFigures(graph).replicationBroken.compactMap { exposure -> Diagnostic? in
    let partnership = partnerships[exposure.position]
    guard partnership.breaking.value == .reschedule,
      exposure.length.worst >= Partnership.longestSchedule
    else { return nil }
    let names = partnership.sites.map { "'\($0.value)'" }
    let hours = Duration.hours(Int(exposure.length.worst.components.seconds / 3_600))
    return Diagnostic(
      .breakTooLong, at: partnership.breaking.span,
      "Replication of \(names.joined(separator: " and ")) may be off for \(hours.planNotation), "
        + "and no schedule of SEPM can be moved that far: the longest is weekly.",
      help:
        "Write 'break: delete' and 'authority' with \(names.joined(separator: " or ")), or bring "
        + "the worst case below 7d with shorter deadlines and with programs in place of gates.")
  }
}
