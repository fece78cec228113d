package import RotationEngine

/// One run as `waltz runs` lists it.
package struct RunListing: Sendable, Equatable {
  /// The run's id.
  package let run: String

  /// The plan's name.
  package let plan: String

  /// Where it stands.
  package let standing: RunStanding

  /// When it started; nil before its first event.
  package let startedAt: Instant?

  /// When its last event was recorded; nil before its first.
  package let lastAt: Instant?

  /// Steps that are done; nil where they were not counted.
  package let done: Int?

  /// All steps; nil where they were not counted.
  package let total: Int?

  /// Whether it runs against the simulated estate.
  package let isSimulated: Bool

  /// What it ended with; nil before its end.
  let figures: RunFigures?

  /// A listing from what a store looks up without folding.
  package init(
    run: String, plan: String, standing: RunStanding, startedAt: Instant?, lastAt: Instant?,
    done: Int? = nil, total: Int? = nil, isSimulated: Bool, figures: RunFigures? = nil
  ) {
    self.figures = figures
    self.run = run
    self.plan = plan
    self.standing = standing
    self.startedAt = startedAt
    self.lastAt = lastAt
    self.done = done
    self.total = total
    self.isSimulated = isSimulated
  }

  /// The listing of a folded run.
  package init(
    run: String, state: RunState, surroundings: RunSurroundings = RunSurroundings()
  ) {
    self.init(
      run: run, RunGist(state, at: state.lastAt ?? Instant(milliseconds: 0)),
      executor: surroundings.executor)
  }

  /// The listing of a run of which only that much is known.
  package init(run: String, _ gist: RunGist, executor: RunSurroundings.Executor = .atWork) {
    self.init(
      run: run, plan: gist.plan, standing: RunStanding(gist, executor: executor),
      startedAt: gist.startedAt, lastAt: gist.lastAt, done: gist.counts.done, total: gist.steps,
      isSimulated: gist.isSimulated, figures: gist.figures)
  }
}
