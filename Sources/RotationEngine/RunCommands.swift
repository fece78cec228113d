import PlanText

/// The commands that messages and reports tell people to type, in one place so that all say the same and each
/// works as it is printed.
package struct StateCommands: Sendable, Equatable {
  /// What leads a command to the runs that are meant: ` --state x`, empty where it finds them without.
  fileprivate let options: String

  /// Commands for the runs of a state directory.
  ///
  /// - Parameter stateDirectory: The directory as the user gave it; nil where a command without `--state`
  ///   works on it.
  package init(stateDirectory: String? = nil) {
    options = stateDirectory.map { " --state" + Self.value(of: $0) } ?? ""
  }

  /// Lists the runs.
  package var runs: String { "waltz runs\(options)" }

  /// Shows where the run stands that is meant without a name.
  package var status: String { "waltz status\(options)" }

  /// Starts a run.
  package var start: String { "waltz run PLAN\(options)" }

  /// Goes on with a copy.
  package var adopt: String { "waltz adopt\(options)" }

  /// The commands for one run.
  package func of(_ run: String) -> RunCommands { RunCommands(run: run, at: self) }

  /// A value that looks like an option needs the form with `=`.
  private static func value(of text: String) -> String {
    (text.hasPrefix("-") ? "=" : " ") + shellWord(text)
  }
}

/// The commands that messages and reports tell people to type about one run.
package struct RunCommands: Sendable, Equatable {
  /// What stands for the note that only its author knows.
  private static let notePlaceholder = "TEXT"

  private let run: String
  private let options: String

  /// The commands for a run.
  package init(run: String, at state: StateCommands = StateCommands()) {
    self.run = shellWord(run)
    options = state.options
  }

  /// Whether a note is the one of a printed command, pasted as it stood.
  package static func isPlaceholder(_ note: String) -> Bool {
    [notePlaceholder, "…", "..."].contains(note)
  }

  package func approve(_ step: String) -> String { noted("approve", step) }
  package func reject(_ step: String) -> String { noted("reject", step) }
  package func retry(_ step: String) -> String { noted("retry", step) }
  package func skip(_ step: String, acceptingOrphans: Bool) -> String {
    noted("skip", step, acceptingOrphans ? " --accept-orphans" : "")
  }
  package func resolveDone(_ step: String) -> String { noted("resolve", step, " --done") }
  package func resolveNotDone(_ step: String) -> String { noted("resolve", step, " --not-done") }
  package var unpause: String { noted("unpause") }
  package var abort: String { noted("abort") }
  package func withdraw(_ request: Int64) -> String { command("withdraw", " \(request)") }
  package var resume: String { command("resume") }
  package var resumeUntilWaiting: String { command("resume", " --until waiting") }
  package var stragglers: String { command("status", " --stragglers") }
  package var allStragglers: String { command("status", " --stragglers --all") }
  package var status: String { command("status") }
  package var events: String { command("events") }
  package var verify: String { command("verify") }
  package var unlock: String { command("unlock") }
  package func unlock(epoch: Int) -> String { command("unlock", " --epoch \(epoch)") }

  private func command(_ verb: String, _ rest: String = "") -> String {
    "waltz \(verb) \(run)\(rest)\(options)"
  }

  private func noted(_ verb: String, _ step: String? = nil, _ flag: String = "") -> String {
    command(verb, (step.map { " " + shellWord($0) } ?? "") + flag)
      + " --note \(Self.notePlaceholder)"
  }
}
