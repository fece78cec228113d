import CanonicalJSON
import PlanModel
import PlanText
import PlanWorkspace
import Reports
import RotationGraph
import TestSupport
import Testing
import WorkingTree

@Suite("The one plan that a command is about")
struct NamedPlanTests {
  @Test("The file and line of every value are told") func origins() throws {
    let folder = try TestFolder()
    _ = try folder.write("metadata: { description: elsewhere }\n", as: "test.yaml")
    let plan = try folder.plan(Repository.oneServer, overlays: ["test.yaml"])
    let table = OriginTable.text(
      of: try plan.origins().origins, in: plan.files.sources, TextLayout(width: 100_000))
    #expect(
      table.split(separator: "\n").contains {
        $0.hasPrefix("metadata.description") && $0.hasSuffix(" test.yaml:1")
      })
    #expect(table.split(separator: "\n").contains { $0.hasSuffix(" default") })
    let bare = try folder.plan(Repository.oneServer)
    let (name, origins) = try bare.origins()
    let json = try JSONValue(
      parsing: Array(OriginJSON.text(of: origins, plan: name, in: bare.files.sources).utf8))
    #expect(json["formatVersion"]?.string == "1.0")
    #expect((json["values"]?.array?.count ?? 0) > 10)
  }

  @Test("Of a file with several plans one has to be said") func several() async throws {
    let folder = try TestFolder()
    let text = try Repository.text(Repository.oneServer)
    let other = text.replacing("name: one-server", with: "name: other")
    try #require(other != text)
    _ = try folder.write(text + "---\n" + other, as: "plans.yaml")
    let words = "plans.yaml holds 2 plans: one-server, other. Say which with --plan."
    await expectRefusal(.arguments, words) { _ = try folder.plan("plans.yaml").graph() }
    await expectRefusal(.arguments, words) { _ = try folder.plan("plans.yaml").origins() }
    let named = try folder.plan("plans.yaml", named: "other")
    #expect(try named.origins().plan == "other")
    #expect(try named.graph().graph.plan.name.value == "other")
  }

  @Test("A file without a plan is a finding") func none() async throws {
    let folder = try TestFolder()
    for kind in ["EstateScenario", "RotationPlanOverlay"] {
      _ = try folder.write(
        "apiVersion: waltz/v1\nkind: \(kind)\nmetadata: { name: x }\n", as: "x.yaml")
      let plan = try folder.plan("x.yaml")
      await expectRefusal(.findings, "x.yaml holds no rotation plan.") { _ = try plan.graph() }
    }
  }

  @Test("A run keeps the file as it is, and every overlay under a line that names it")
  func text() throws {
    let folder = try TestFolder()
    let text = try Repository.text(Repository.oneServer)
    _ = try folder.write(text + "# no line end", as: "plan.yaml")
    _ = try folder.write("metadata: { description: x }\n", as: "a.yaml")
    #expect(try folder.plan("plan.yaml").text == Array((text + "# no line end").utf8))
    let both = try folder.plan("plan.yaml", overlays: ["a.yaml"]).text
    #expect(
      String(decoding: both, as: UTF8.self)
        == "# waltz: plan plan.yaml\n\(text)# no line end\n# waltz: overlay a.yaml\n"
        + "metadata: { description: x }\n")
  }
}
