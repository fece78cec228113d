import PlanModel
import PlanText
import RotationGraph

/// What a list shows of a run: what can be said of it without its graph.
package struct RunGist: Sendable, Equatable {
  /// The plan's name.
  package let plan: String

  /// Where the run stands as a whole.
  package let status: RunState.Status

  /// Whether an operator paused it.
  package let isPaused: Bool

  /// How many steps are in each phase.
  package let counts: PhaseCounts

  /// Whether a step needs a person.
  package let needsPerson: Bool

  /// Whether a count holds a certificate update back.
  package let hasHeldUpdates: Bool

  /// All its steps.
  package let steps: Int

  /// When the first event was recorded; nil before it.
  package let startedAt: Instant?

  /// When the last event was recorded; nil before the first.
  package let lastAt: Instant?

  /// Whether it has a seed: it goes against a simulated estate.
  package let isSimulated: Bool

  /// What it ended with; nil before its end.
  package let figures: RunFigures?

  /// The gist of a folded run as it stands at an instant.
  package init(_ state: RunState, at instant: Instant) {
    plan = state.start?.plan ?? state.graph.plan.name.value
    status = state.status
    isPaused = state.isPaused
    counts = state.counts
    needsPerson = state.needsPerson(at: instant)
    hasHeldUpdates = !state.heldUpdates.isEmpty
    steps = state.steps.count
    startedAt = state.startedAt
    lastAt = state.lastAt
    isSimulated = state.start?.seed != nil
    figures = state.figures
  }

  init(
    plan: String, status: RunState.Status, isPaused: Bool, counts: PhaseCounts, needsPerson: Bool,
    hasHeldUpdates: Bool, steps: Int, startedAt: Instant?, lastAt: Instant?, isSimulated: Bool,
    figures: RunFigures?
  ) {
    self.plan = plan
    self.status = status
    self.isPaused = isPaused
    self.counts = counts
    self.needsPerson = needsPerson
    self.hasHeldUpdates = hasHeldUpdates
    self.steps = steps
    self.startedAt = startedAt
    self.lastAt = lastAt
    self.isSimulated = isSimulated
    self.figures = figures
  }
}
