import ArgumentParser
import PlanCompiler

struct PlanSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of rotation plans, for editors and other validators.")

  func run() throws {
    Terminal.output.write(rotationPlanSchema())
  }
}
