import ArgumentParser
import PlanModel
import PlanText
import PlanWorkspace

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract:
      "Work on rotation plans: without --live and --from-api nothing is executed, no secret resolved, no connection opened.",
    subcommands: [
      PlanValidateCommand.self, PlanShowCommand.self, PlanExplainCommand.self,
      PlanRunbookCommand.self, PlanCompileCommand.self, PlanDiffCommand.self,
      PlanFormatCommand.self, PlanForecastCommand.self, PlanSchemaCommand.self,
      PlanInitCommand.self,
    ])
}

/// The one plan that a command is about.
struct PlanOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The file with the plan; - is standard input.", valueName: "plan"))
  var path: String

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp("Which plan, if the file holds several.", valueName: "name"))
  var name: String?

  @OptionGroup var overlays: OverlayOptions
  @OptionGroup var access: PlanAccessOptions
  @OptionGroup var output: OutputOptions

  /// The plan with its overlays; findings go to standard error.
  func read() throws -> NamedPlan {
    try .read(path, named: name, overlays, access, color: output.color)
  }
}

extension NamedPlan {
  /// Reads the one plan of a command line; what is wrong with it goes to standard error. Notes are for who asks
  /// whether the plan is good.
  ///
  /// - Throws: ``ExitStatus/findings`` where it cannot be used.
  static func read(
    _ path: String, named name: String?, _ overlays: OverlayOptions, _ access: PlanAccessOptions,
    color: ColorChoice, trying whatIf: WhatIf? = nil
  ) throws -> NamedPlan {
    let plan = try NamedPlan(
      path, named: name, overlays: overlays.paths, trying: whatIf, in: access.folder)
    try plan.files.show(from: .warning, color)
    return plan
  }
}

extension NamedScenario {
  /// Reads the scenario of a command line; what is wrong with it goes to standard error.
  ///
  /// - Throws: ``ExitStatus/findings`` where it cannot be used.
  static func read(
    _ path: String, for plan: RotationPlan, _ access: PlanAccessOptions, color: ColorChoice
  ) throws -> NamedScenario {
    let scenario = try NamedScenario(path, for: plan, in: access.folder)
    try scenario.files.show(from: .note, color)
    return scenario
  }
}

extension PlanFiles {
  func show(from lowest: Severity, _ color: ColorChoice) throws {
    Terminal.error.write(diagnostics.filter { $0.severity >= lowest }, in: sources, color)
    if diagnostics.hasErrors { throw ExitStatus.findings }
  }
}
