/// How a program that was started, or could not be, ended.
enum ProgramEnd: Sendable, Equatable {
  /// By itself, with this status.
  case exited(Int)

  /// By a signal that Waltz did not send.
  case signalled(Int)

  /// Its time was over, and it was killed with everything that it had started.
  case timedOut(Duration)

  /// The run was stopped, and it was killed with everything that it had started.
  case cancelled

  /// It did not run at all; a sentence.
  case notStarted(String)

  /// It was started, and what became of it cannot be told; the system's words.
  case lost(String)
}

/// What came of a program.
struct ProgramReport: Sendable, Equatable {
  /// How it ended.
  let end: ProgramEnd

  /// What it printed on standard output.
  var output = CapturedOutput()

  /// What it printed on standard error.
  var errors = CapturedOutput()
}
