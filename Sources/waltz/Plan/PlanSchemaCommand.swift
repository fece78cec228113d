import ArgumentParser
import EstateScenarios
import PlanCompiler

struct PlanSchemaCommand: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case plan
    case scenario
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of plans or scenarios, for editors and other validators.")

  @Option(help: "Of what: plan (kind: RotationPlan) or scenario (kind: EstateScenario).")
  var kind = Kind.plan

  func run() throws {
    switch kind {
    case .plan: Terminal.output.write(rotationPlanSchema())
    case .scenario: Terminal.output.write(estateScenarioSchema())
    }
  }
}
