import ArgumentParser
import PlanWorkspace
import Reports

struct PlanExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Says why a step is there, what it waits for, what waits for it, and what a person does.")

  @OptionGroup var plan: PlanOptions
  @OptionGroup var language: LanguageOptions

  @Argument(help: "The step, such as update-certificate/paris/sepm-par-01.")
  var step: String

  func run() throws {
    let graph = try plan.read().graph()
    do {
      Terminal.output.write(
        Printout(
          report: try StepExplanation.text(
            of: step, in: graph, width: Terminal.output.width, language: language.language,
            folder: plan.folderOfPaths)))
    } catch {
      throw CommandError(.usage, error.message)
    }
  }
}
