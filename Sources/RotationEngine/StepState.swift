/// Where one step of a run stands.
package struct StepState: Sendable, Equatable {
  /// The stages of a step's life.
  package enum Phase: Sendable, Equatable {
    /// Not started, or sent back to be done again.
    case pending

    /// An attempt's intent is recorded and its outcome is not.
    case running

    /// An attempt failed and the next one is due.
    case retrying(at: Instant)

    /// A wait step is polling.
    case waiting

    /// A person is asked to act.
    case gateOpen

    /// A person says that they acted; the probe has not confirmed it yet.
    case gateApproved

    /// Whether the effect happened cannot be told; the operator must.
    case inDoubt(String)

    /// The last attempt failed.
    case failed(StepFailure)

    /// Done.
    case succeeded

    /// Taken as not needed by an operator.
    case skipped
  }

  /// Where it stands.
  package internal(set) var phase: Phase = .pending

  /// The number of attempts begun.
  package internal(set) var attempt = 0

  /// Attempts begun since the step was last sent back, for the pauses between them.
  var attemptsSinceReset = 0

  /// Those of them that a passing trouble ended.
  var passingFailures = 0

  /// The attempts that count for the limit.
  var limitedAttempts: Int { attemptsSinceReset - passingFailures }

  /// What the last attempt failed with; nil where none failed, and once the step is done or sent back.
  package internal(set) var lastFailure: StepFailure?

  /// Attempts that failed since the step was last sent back.
  package internal(set) var failuresInARow = 0

  /// Whether an attempt has succeeded, even if the step was sent back since.
  package internal(set) var hasSucceeded = false

  /// The event with which the last attempt that succeeded did so; nil before there was one.
  package internal(set) var successSequence: Int?

  /// When the last attempt began.
  package internal(set) var startedAt: Instant?

  /// When the first attempt began since the step was last done.
  package internal(set) var firstStartedAt: Instant?

  /// Since when it may have been carried out without the journal knowing, because the journal is a copy; nil where that
  /// cannot be, and once somebody looked.
  package internal(set) var unknownSince: Instant?

  /// When the step succeeded, failed or was skipped.
  package internal(set) var endedAt: Instant?

  /// Whether steps that depend on this one may start.
  package var isDone: Bool {
    switch phase {
    case .succeeded, .skipped: true
    default: false
    }
  }
}

/// How many steps are in each phase, so that a look at a run of many steps costs nothing.
package struct PhaseCounts: Sendable, Equatable {
  package internal(set) var pending = 0
  package internal(set) var running = 0
  package internal(set) var retrying = 0
  package internal(set) var waiting = 0
  package internal(set) var gateOpen = 0
  package internal(set) var gateApproved = 0
  package internal(set) var inDoubt = 0
  package internal(set) var failed = 0
  package internal(set) var succeeded = 0
  package internal(set) var skipped = 0

  /// Steps that need nothing more.
  package var done: Int { succeeded + skipped }

  /// Steps that time alone may bring further.
  package var underWay: Int { running + retrying + waiting }

  mutating func count(_ phase: StepState.Phase, by change: Int) {
    switch phase {
    case .pending: pending += change
    case .running: running += change
    case .retrying: retrying += change
    case .waiting: waiting += change
    case .gateOpen: gateOpen += change
    case .gateApproved: gateApproved += change
    case .inDoubt: inDoubt += change
    case .failed: failed += change
    case .succeeded: succeeded += change
    case .skipped: skipped += change
    }
  }
}
