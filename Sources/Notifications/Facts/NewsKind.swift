/// What there is to tell of a run.
package enum NewsKind: String, Sendable, CaseIterable {
  case runStarted = "run-started"
  case gateOpened = "gate-opened"
  case inDoubt = "in-doubt"
  case stepFailed = "step-failed"
  /// A step is tried again and again in vain.
  case keepsFailing = "keeps-failing"
  case waitPassed = "wait-passed"
  case deadlineNear = "deadline-near"
  case deadlinePassed = "deadline-passed"
  /// By its forecast a wait misses its deadline more often than once in five times.
  case deadlineDoubtful = "deadline-doubtful"
  /// Clients make contact and do not adopt: time does not help them.
  case clientsStuck = "clients-stuck"
  /// Nobody could count the clients of a wait for long.
  case notCounted = "not-counted"
  /// Whether something is done could not be seen for long.
  case noAnswer = "no-answer"
  /// Contacts fell, and nothing more is opened.
  case lineStopped = "line-stopped"
  /// Something is open for longer than was meant.
  case overBudget = "over-budget"
  /// The executor went, and nobody took the run up.
  case executorGone = "executor-gone"
  case runPaused = "run-paused"
  case runSucceeded = "run-succeeded"
  case runFailed = "run-failed"
  case runAborted = "run-aborted"

  /// Whether it breaks through quiet hours: clients are at risk, or may be, while nobody looks.
  package var isUrgent: Bool {
    switch self {
    case .inDoubt, .lineStopped, .overBudget, .runFailed, .runAborted: true
    case .runStarted, .gateOpened, .stepFailed, .keepsFailing, .waitPassed, .deadlineNear,
      .deadlinePassed, .deadlineDoubtful, .clientsStuck, .notCounted, .noAnswer, .executorGone,
      .runPaused, .runSucceeded:
      false
    }
  }

  /// When it is told where the settings say nothing.
  package var usualClass: NewsClass {
    switch self {
    case .runStarted, .waitPassed, .runPaused: .digest
    case .gateOpened, .inDoubt, .stepFailed, .keepsFailing, .deadlineNear, .deadlinePassed,
      .deadlineDoubtful, .clientsStuck, .notCounted, .noAnswer, .lineStopped, .overBudget,
      .executorGone, .runSucceeded, .runFailed, .runAborted:
      .now
    }
  }
}

/// When news is told.
package enum NewsClass: String, Sendable, CaseIterable {
  /// At once, and again with its age for as long as it stands.
  case now

  /// In the digest of the day.
  case digest

  /// Not at all.
  case off
}
