/// What surrounds the journal of a run: who works on it, what was asked of it, and which commands reach it. Reports
/// need it beside the state, which says only what was recorded.
package struct RunSurroundings: Sendable, Equatable {
  /// Who carries a run out now, as far as it can be told from here.
  package enum Executor: Sendable, Equatable {
    /// An executor is at work.
    case atWork

    /// Nobody: the last executor gave the run back, or there was none.
    case none

    /// Nobody: the last executor went without giving the run back. `since` is when it gave its last sign of life,
    /// and `lasting` how long that is ago, both in real time.
    case gone(name: String, since: Instant, lasting: Duration)
  }

  /// Who holds a run.
  package struct Holder: Sendable, Equatable {
    /// User, host and process.
    package let name: String

    /// When the hold was last renewed, in real time.
    package let renewedAt: Instant

    /// A holder.
    package init(name: String, renewedAt: Instant) {
      self.name = name
      self.renewedAt = renewedAt
    }
  }

  /// Who carries it out.
  package var executor: Executor

  /// Who that is, as the hold on the run names them, and when the hold was last renewed in real time; nil where nobody
  /// holds it or that is not known.
  package var holder: Holder?

  /// What was asked and is not answered, oldest first.
  package var requests: [PostedRequest]

  /// The commands that reach the runs beside it.
  package var commands: StateCommands

  /// The surroundings of a run.
  package init(
    executor: Executor = .atWork, holder: Holder? = nil, requests: [PostedRequest] = [],
    commands: StateCommands = StateCommands()
  ) {
    self.executor = executor
    self.holder = holder
    self.requests = requests
    self.commands = commands
  }
}
