import PlanModel
import PlanText
import PlanWorkspace
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@Suite("The scenario that a plan is tried in")
struct NamedScenarioTests {
  private static let scenario = """
    apiVersion: waltz/v1
    kind: EstateScenario
    metadata: { name: elsewhere }

    """

  private let folder: TestFolder
  private let plan: RotationPlan

  init() throws {
    folder = try TestFolder()
    plan = try folder.plan(Repository.oneServer).graph().graph.plan
  }

  @Test("Its bytes are kept as they are")
  func fitting() throws {
    let path = try folder.write(Self.scenario, as: "scenario.yaml")
    let scenario = try NamedScenario(path, for: plan, in: folder.working())
    #expect(!scenario.files.diagnostics.hasErrors)
    #expect(scenario.text == Array(Self.scenario.utf8))
  }

  @Test("One that does not fit the plan is a finding, and says where")
  func another() throws {
    let text = Self.scenario + "faults: { clock-skew: { site: atlantis } }\n"
    let path = try folder.write(text, as: "scenario.yaml")
    let found = try NamedScenario(path, for: plan, in: folder.working()).files.diagnostics
    #expect(found.map(\.code) == ["E002"])
    #expect(found.first?.detail.contains("atlantis") == true)
  }

  @Test("One that is not there is named")
  func missing() async {
    await expectRefusal(.environment, "gone.yaml") {
      _ = try NamedScenario("gone.yaml", for: plan, in: folder.working())
    }
  }
}
