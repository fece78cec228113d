import ArgumentParser
import ConsoleGuide
import RotationEngine
import RunStore
import Runs

/// Options of every command that prints for people.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("When to use colour: auto, always or never.", valueName: "when"))
  var choice = ColorChoice.auto

  @Flag(
    help:
      "Lines of plain text only: no colour, no signs, nothing drawn anew. ACCESSIBLE=1 does the same."
  )
  var plain = false

  /// How what is printed may look.
  var color: ColorChoice { plain ? .plain : choice }
}

extension GuideLanguage: ExpressibleByArgument {}

/// Options of every command that tells people what to do in the console.
struct LanguageOptions: ParsableArguments {
  @Option(
    name: .customLong("lang"),
    help: ArgumentHelp(
      "The language of instructions: en or de. The default is that of LC_ALL, LC_MESSAGES or LANG.",
      valueName: "language"))
  var choice: GuideLanguage?

  /// The language that is chosen, else that of the locale.
  var language: GuideLanguage { choice ?? Environment.language }
}

/// For people, or for programs.
enum DataFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}

/// Options of every command that works on runs.
struct StateOptions: ParsableArguments {
  @Option(
    name: .customLong("state"),
    help: ArgumentHelp(
      "The state directory. The default is $WALTZ_STATE, else .waltz.", valueName: "dir"),
    completion: .directory)
  var directory: String?

  /// The state directory.
  var path: String { directory ?? variable ?? Self.plainPath }

  /// What the variable says; nil where it is empty, too.
  private var variable: String? {
    Environment.variable("WALTZ_STATE").flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The state directory where nobody names one.
  private static let plainPath = ".waltz"

  /// The commands that reach the runs of the directory as this one did, also from a shell whose variables are others.
  var commands: StateCommands {
    StateCommands(stateDirectory: variable == nil && path == Self.plainPath ? nil : path)
  }

  /// The runs of the directory, for this process to work with.
  ///
  /// * `language`: In which gates are worded that open meanwhile.
  func desk(_ access: StateFile.Access, language: GuideLanguage = .english) throws -> RunDesk {
    let file = try file(access)
    if let warning = file.warning { Terminal.error.write(CommandError(.environment, warning)) }
    return desk(at: file, language: language)
  }

  /// The state file.
  func file(_ access: StateFile.Access, isToBeAdopted: Bool = false) throws -> StateFile {
    try StateFile(
      directory: path, access: access, isToBeAdopted: isToBeAdopted,
      memoryFolder: Environment.memoryFolder, commands: commands)
  }

  /// What this process works with at a state file.
  func desk(at file: StateFile, language: GuideLanguage = .english) -> RunDesk {
    RunDesk(
      file,
      holder: Environment.leaseHolder(
        user: RecordedUser.current(variables: Environment.variables).text),
      worldFolder: path, language: language,
      realServers: { path, admitted throws(RunError) in
        try Environment.realServers(planPath: path, admitting: admitted)
      },
      labs: Environment.labTools)
  }
}
