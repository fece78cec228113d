package import RotationEngine

/// Where a run stands, in a line: what a supervisor shows of its service.
package enum RunStatusLine {
  /// `emea-2026-1: waiting for clients, 12 of 42 steps done. …`
  package static func text(run: String, state: RunState, now: Instant) -> String {
    let overview = RunOverview(
      run: run, state: state, now: now, surroundings: RunSurroundings())
    let done =
      "\(Wording.number(state.counts.done)) of \(Wording.number(state.steps.count)) steps done"
    return visible(
      "\(run): \(overview.standing.words), \(done). \(overview.reason)", unicode: false)
  }
}
