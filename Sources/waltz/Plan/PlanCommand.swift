import ArgumentParser
import RotationGraph

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract:
      "Work on rotation plans: without --live nothing is executed, no secret resolved, no connection opened.",
    subcommands: [
      PlanValidateCommand.self, PlanShowCommand.self, PlanExplainCommand.self,
      PlanCompileCommand.self, PlanDiffCommand.self, PlanFormatCommand.self, PlanSchemaCommand.self,
      PlanInitCommand.self,
    ])
}

/// The one plan that a command is about.
struct PlanOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The file with the plan; - is standard input.", valueName: "plan"))
  var path: String

  @Option(
    name: .customLong("plan"),
    help: ArgumentHelp("Which plan, where the file holds several.", valueName: "name"))
  var name: String?

  @OptionGroup var overlays: OverlayOptions
  @OptionGroup var access: PlanAccessOptions
  @OptionGroup var output: OutputOptions

  /// The plan with its overlays, compiled; findings go to standard error.
  func compiled() throws -> (graph: SealedGraph, text: [UInt8]) {
    try PlanFiles.compiled(path, named: name, overlays, access, color: output.color)
  }
}
