import ArgumentParser
import EstateScenarios
import NotificationFiles
import PlanCompiler
import Reports

struct PlanSchemaCommand: ParsableCommand {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case plan
    case overlay
    case scenario
    case notifications
  }

  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract:
      "Prints the JSON Schema of plans, overlays, scenarios or notify.yaml, for editors and other validators."
  )

  @Option(
    help: """
      Which schema: plan (kind: RotationPlan), overlay (kind: RotationPlanOverlay), scenario \
      (kind: EstateScenario) or notifications (notify.yaml).
      """)
  var kind = Kind.plan

  func run() throws {
    switch kind {
    case .plan: Terminal.output.write(Printout(json: rotationPlanSchema()))
    case .overlay: Terminal.output.write(Printout(json: rotationPlanOverlaySchema()))
    case .scenario: Terminal.output.write(Printout(json: estateScenarioSchema()))
    case .notifications: Terminal.output.write(Printout(json: newsSettingsSchema()))
    }
  }
}
