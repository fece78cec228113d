import Foundation
import PlanWorkspace
import TestSupport
import Testing
import WorkingTree

@Suite("Formatting files")
struct PlanFormatterTests {
  private static let untidy =
    "apiVersion:   waltz/v1\nkind: RotationPlan # a plan\n\n\n\nmetadata: {name: x}\n"
  private static let tidy =
    "apiVersion: waltz/v1\nkind: RotationPlan  # a plan\n\nmetadata: { name: x }\n"

  @Test(
    "The plans and scenarios of the repository, the README's and the starting plan are laid out")
  func repository() throws {
    let folder = try TestFolder()
    let plans = try folder.formatted([Repository.root + "/plans"], check: true)
    #expect(plans.count == Repository.plans.count + Repository.scenarios.count)
    let readme = try Repository.text(Repository.root + "/README.md")
    let start = try #require(readme.range(of: "```yaml\n")).upperBound
    let end = try #require(readme.range(of: "```", range: start..<readme.endIndex)).lowerBound
    _ = try folder.write(String(readme[start..<end]), as: "readme.yaml")
    _ = try folder.write(StartingPlan.text(for: "rotation.yaml"), as: "rotation.yaml")
    for file in plans + (try folder.formatted(["."], check: true)) {
      #expect(!file.isFinding, "\(file.output)")
    }
  }

  @Test("A file is rewritten in place, named, and keeps its mode; the second time nothing happens")
  func inPlace() async throws {
    let folder = try TestFolder()
    let plan = try folder.write(Self.untidy, as: "plan.yaml")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: plan)
    let first = try folder.formatted(["plan.yaml"])
    #expect(first.map(\.output) == ["plan.yaml\n"] && first.map(\.isFinding) == [false])
    #expect(try folder.text(of: "plan.yaml") == Self.tidy)
    let mode = try FileManager.default.attributesOfItem(atPath: plan)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    let second = try folder.formatted(["plan.yaml"])
    #expect(second.map(\.output) == [""] && second.map(\.isFinding) == [false])
  }

  @Test("A check and a diff write nothing") func dry() throws {
    let folder = try TestFolder()
    _ = try folder.write(Self.untidy, as: "plan.yaml")
    let check = try folder.formatted(["plan.yaml"], check: true)
    #expect(check.map(\.output) == ["plan.yaml\n"] && check.map(\.isFinding) == [true])
    let diff = try folder.formatted(["plan.yaml"], diff: true)
    #expect(diff.map(\.isFinding) == [false])
    #expect(diff[0].output.hasPrefix("--- a/plan.yaml\n+++ b/plan.yaml\n@@ "))
    #expect(diff[0].output.contains("\n+metadata: { name: x }\n"))
    #expect(try folder.text(of: "plan.yaml") == Self.untidy)
  }

  @Test("What is no YAML is left as it is, and the others are still done") func refused()
    async throws
  {
    let folder = try TestFolder()
    _ = try folder.write("apiVersion: waltz/v1\na: [1\nb: 2\n", as: "a.yaml")
    _ = try folder.write(Self.untidy, as: "b.yaml")
    let outcome = try folder.formatted(["."])
    #expect(outcome.map(\.output) == ["S018", "b.yaml\n"])
    #expect(outcome.map(\.isFinding) == [true, false])
    #expect(try folder.text(of: "a.yaml") == "apiVersion: waltz/v1\na: [1\nb: 2\n")
    #expect(try folder.text(of: "b.yaml") == Self.tidy)
    await expectRefusal(.environment, "missing.yaml") { _ = try folder.formatted(["missing.yaml"]) }
  }

  @Test("A folder's other YAML stays as it is unless it is named") func others() throws {
    let folder = try TestFolder()
    _ = try folder.write("services:   {}\n", as: "compose.yaml")
    #expect(try folder.formatted(["."]).isEmpty)
    #expect(try folder.text(of: "compose.yaml") == "services:   {}\n")
    #expect(try folder.formatted(["compose.yaml"]).map(\.output) == ["compose.yaml\n"])
  }
}
