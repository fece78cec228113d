import PlanModel
import PlanText
package import RotationEngine

/// Where a run stands, in one line: what append mode says now and then, and a terminal that is too small for a view.
package enum LiveSummary {
  /// The line, without a line end.
  package static func line(
    run: String, state: RunState, now: Instant, surroundings: RunSurroundings = RunSurroundings(),
    layout: TextLayout
  ) -> String {
    let overview = RunOverview(run: run, state: state, now: now, surroundings: surroundings)
    return StyledLine(words(overview, layout)).whole(layout)
  }

  static func words(_ overview: RunOverview, _ layout: TextLayout) -> String {
    let state = overview.state
    var parts = [
      "\(Wording.minute(overview.until))  \(overview.run)  "
        + "\(overview.standing.words(state.figures)), \(Wording.number(state.counts.done)) of "
        + Wording.count(state.steps.count, "step")
    ]
    if !state.status.isEnded {
      if case .gone(let name, let since, _) = overview.surroundings.executor {
        parts.append("nobody works on it since \(Wording.minute(since)), when \(name) went")
      } else if overview.surroundings.executor == .none {
        parts.append("nobody works on it")
      }
      parts += overview.gates.prefix(3).map { "asked: \(overview.commands.approve($0.id))" }
      parts += overview.failed.prefix(3).map { "failed: \($0.id)" }
      parts += overview.doubts.prefix(3).map { "in doubt: \($0.id)" }
      parts += overview.waits.prefix(3).map { words($0, at: overview.now, layout) }
      if let outlook = overview.outlook {
        parts.append("ends \(outlook.shortWords(at: overview.now))")
      }
    }
    for (words, exposures) in overview.openExposures {
      parts.append(
        "\(words): "
          + exposures.map { "\($0.name) \(Wording.duration(.seconds($0.seconds)))" }
          .joined(separator: ", "))
    }
    return parts.joined(separator: "; ")
  }

  private static func words(_ wait: WaitOutlook, at now: Instant, _ layout: TextLayout) -> String {
    var text = "\(wait.id) \(wait.shareWords)"
    if wait.share != nil { text += " of \(Wording.number(wait.denominator))" }
    text += ", \(wait.policy.adopted.value) wanted"
    if let counted = wait.lastCountedAt {
      text += ", counted \(Wording.duration(now - counted)) ago"
    }
    if let left = wait.leftWords(at: now, layout) { text += ", \(left)" }
    return text
  }
}
