import PlanCompiler
import PlanText
import PlanWorkspace
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@Suite("The way from bytes to findings")
struct PlanPipelineTests {
  private static let plan = "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: x }\n"
  private static let overlay = "kind: RotationPlanOverlay\nwaits: { default: { minimum: 3d } }\n"
  private static let scenario =
    "apiVersion: waltz/v1\nkind: EstateScenario\nmetadata: { name: x }\n"

  private func pipeline() throws -> PlanPipeline { PlanPipeline(in: try TestFolder().working()) }

  private func parsed(_ text: String) throws -> PlanFile {
    try pipeline().parse(
      ReadFile(path: "plan.yaml", source: SourceText(name: "plan.yaml", text: text)),
      as: SourceID(position: 0))
  }

  @Test("What stands in a file is told by its documents")
  func content() throws {
    #expect(try parsed(Self.plan).syntax.content == .plans)
    #expect(try parsed(Self.overlay).syntax.content == .overlay)
    #expect(try parsed(Self.scenario).syntax.content == .scenario)
    #expect(try parsed(Self.plan + "---\n" + Self.overlay).syntax.content == .plans)
    #expect(try parsed(Self.plan + "---\n" + Self.scenario).syntax.content == .scenario)
    #expect(try parsed("").syntax.content == .plans)
  }

  @Test("A file that was checked can be checked again, and nothing is said twice")
  func again() throws {
    let pipeline = try pipeline()
    for text in [
      Self.plan, Self.overlay, Self.scenario, "a: [\n",
      try Repository.text(Repository.quickstart) + "# waltz:ignore M009 nobody knows\n",
    ] {
      let once = pipeline.check(try parsed(text))
      let twice = pipeline.check(once)
      #expect(once.findings == twice.findings)
      #expect(once.plans.map(\.graph.steps.count) == twice.plans.map(\.graph.steps.count))
    }
  }

  @Test("Every stage has its say in one pass")
  func stages() throws {
    let folder = try TestFolder()
    let text =
      try Repository.text(Repository.oneServer)
      .replacing("metadata:", with: "unknown: 1\nmetadata:") + "\n# waltz:ignore M999 none such\n"
    _ = try folder.write(text, as: "plan.yaml")
    _ = try folder.write("- no mapping\n", as: "overlay.yaml")
    let plan = try folder.plan("plan.yaml", overlays: ["overlay.yaml"])
    let found = plan.files.diagnostics.map(\.code)
    #expect(Set(found).isSuperset(of: ["F001", "F025", "S031"]), "\(found)")
    // In the order of the sources: the plan's first, then the overlay's.
    #expect(plan.files.diagnostics.map(\.span.source.index) == [0, 0, 1])
  }

  @Test("A file that cannot be read goes through untouched")
  func unread() async throws {
    let folder = try TestFolder().working()
    let pipeline = PlanPipeline(in: folder)
    let file = pipeline.parse(ReadFile("none.yaml", in: folder), as: SourceID(position: 0))
    let reviewed = await pipeline.review(pipeline.check(file))
    #expect(reviewed.failure?.kind == .environment && reviewed.findings.isEmpty)
  }

  @Test("A scenario is held against the plan that is tried in it")
  func scenarios() throws {
    let folder = try TestFolder()
    let plan = try #require(try folder.plan(Repository.oneServer).files.files.first?.plans.first)
    let text = Self.scenario + "faults: { clock-skew: { site: atlantis } }\n"
    let checked = try pipeline().check(try parsed(text), asScenarioFor: plan.plan)
    #expect(checked.findings.map(\.code) == ["E002"])
    let other = try pipeline().check(try parsed(Self.plan), asScenarioFor: plan.plan)
    #expect(other.findings.map(\.code) == ["F022"])
  }
}
