/// Something that no code below the command line does: it would make a result depend on more than the
/// values that were handed in, or take a decision that belongs to the caller.
struct Habit: Sendable {
  /// What is found and why it is not wanted.
  let rule: String
  private let isBroken: @Sendable (SwiftCode.Word) -> Bool

  /// The lines that break it.
  func lines(in code: SwiftCode) -> [Int] { code.words.filter(isBroken).map(\.line) }

  /// Calls of a function that is nobody's member.
  static func calls(_ names: Set<Substring>, _ rule: String) -> Habit {
    Habit(rule: rule) { names.contains($0.text) && $0.before != "." && $0.after.hasPrefix("(") }
  }

  /// The name, wherever it stands.
  static func names(_ names: Set<Substring>, _ rule: String) -> Habit {
    Habit(rule: rule) { names.contains($0.text) }
  }

  private init(rule: String, isBroken: @escaping @Sendable (SwiftCode.Word) -> Bool) {
    self.rule = rule
    self.isBroken = isBroken
  }

  static let all: [Habit] = [
    .calls(
      ["print", "debugPrint", "dump", "puts", "printf", "fputs"],
      "prints: results are values, the command line writes them"),
    .calls(["readLine", "isatty", "ioctl"], "looks at the terminal"),
    .calls(
      ["exit", "abort", "_exit", "quick_exit"], "ends the process: only main decides on exit status"
    ),
    .calls(["fatalError"], "crashes: what a user can cause is a diagnostic or an error"),
    .calls(["getenv", "secure_getenv", "setenv"], "reads the environment"),
    .names(["ProcessInfo", "environ", "CommandLine"], "reads the environment or the arguments"),
    .names(["currentDirectoryPath", "getcwd", "chdir"], "depends on the working directory"),
    Habit(rule: "reads the clock of the machine") {
      $0.text == "Date" && ($0.after.hasPrefix("()") || $0.after.hasPrefix(".now"))
    },
    .names(
      ["ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday", "DispatchTime"],
      "reads the clock of the machine"),
    .names(["SystemRandomNumberGenerator", "arc4random"], "takes randomness from the machine"),
    .calls(["signal", "sigaction"], "handles signals"),
    .names(
      ["DispatchSemaphore", "DispatchQueue", "NSLock", "Thread", "detached"],
      "leaves structured concurrency"),
  ]
}

/// A place that may break a habit, and why.
struct HabitException: Sendable {
  let path: String
  let rule: String
  let reason: String

  static let all: [HabitException] = [
    HabitException(
      path: "Sources/RunStore/Integrity/HashChain.swift", rule: "takes randomness from the machine",
      reason: "the nonce of a lineage or a lease must be one that nobody else has")
  ]
}
