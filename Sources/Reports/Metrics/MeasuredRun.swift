package import RotationEngine

/// A run whose figures are handed to a monitoring system.
package struct MeasuredRun: Sendable {
  /// The run's id.
  let run: String

  /// The fold of its journal.
  let state: RunState

  /// The kind of its world: `real`, `lab`, `simulated`.
  let world: String

  /// The time by its clock.
  let now: Instant

  /// Who works on it, and what was asked of it.
  let surroundings: RunSurroundings

  /// A run to measure.
  package init(
    run: String, state: RunState, world: String, now: Instant,
    surroundings: RunSurroundings = RunSurroundings()
  ) {
    self.run = run
    self.state = state
    self.world = world
    self.now = now
    self.surroundings = surroundings
  }
}
