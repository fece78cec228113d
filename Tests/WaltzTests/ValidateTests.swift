import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Checking many files, for people and for programs")
struct ValidateTests {
  /// A desk that is a repository with plans in folders.
  private func repository() async throws -> Desk {
    let desk = try Desk()
    try await desk.place.makePlans()
    return desk
  }

  @Test("Paths are those of the repository, wherever the command was started")
  func paths() async throws {
    let desk = try await repository()
    let inner = try await desk.shell(
      "cd 'plans/with space%' && \"$WALTZ\" plan validate d.yaml --format github")
    #expect(inner.status == 1)
    #expect(inner.output.hasPrefix("::error file=plans/with space%25/d.yaml,line=4,"))
    let sarif = try await desk.shell(
      "cd plans && \"$WALTZ\" plan validate 'with space%' --format sarif")
    #expect(sarif.output.contains("\"uri\": \"plans/with%20space%25/d.yaml\""))
    let named = try await desk.waltz(
      "plan", "validate", "--no-files", "-", "--stdin-name", "plans/x.yaml", "--format", "rdjson",
      input: TestFolder.emptyPlan)
    #expect(named.status == 1)
    #expect(named.output.contains("\"path\": \"plans/x.yaml\""))
  }

  @Test("One run writes a report to a file and the text to the terminal")
  func severalFormats() async throws {
    let desk = try await repository()
    let run = try await desk.waltz(
      "plan", "validate", "--no-files", "plans", "--format", "sarif=out.sarif", "--format",
      "junit=out.xml")
    #expect(run.status == 1)
    #expect(run.errors.contains("with space%/d.yaml:4:"))
    #expect(run.output.contains("1 error"))
    let log = try JSONValue(
      parsing: Array(Data(contentsOf: URL(filePath: desk.folder + "/out.sarif"))))
    #expect(log["version"]?.string == "2.1.0")
    #expect(try Repository.text(desk.folder + "/out.xml").hasPrefix("<?xml"))
    let clash = try await desk.waltz(
      "plan", "validate", "--no-files", "--format", "json", "--format", "sarif")
    #expect(clash.status == 2)
    #expect(try await desk.waltz("plan", "validate", "--no-files", "--jobs", "0").status == 2)
    let summary = desk.folder + "/summary.md"
    _ = try await desk.waltz(
      ["plan", "validate", "--no-files", "plans", "--format", "github"],
      environment: ["GITHUB_STEP_SUMMARY": summary])
    #expect(try Repository.text(summary).contains("| error |"))
  }

  @Test("--fix makes what is certain, keeps the mode, and changes nothing the second time")
  func fix() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let plan = try desk.write(
      text.replacing("kind: RotationPlan", with: "kind: rotation-plan")
        + "# waltz:ignore M009 nobody knows\n",
      as: "plan.yaml")
    _ = try await desk.shell("chmod 640 plan.yaml")
    let diff = try await desk.waltz("plan", "validate", "--no-files", "--fix", "--diff", plan)
    #expect(diff.status == 1)
    #expect(diff.output.contains("\n-kind: rotation-plan\n+kind: RotationPlan\n"))
    #expect(try Repository.text(plan).contains("rotation-plan"))
    let first = try await desk.waltz("plan", "validate", "--no-files", "--fix", plan)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("Write 'RotationPlan' (F022)"))
    #expect(first.output.contains("2 fixed"))
    #expect(try Repository.text(plan) == text)
    let mode = try FileManager.default.attributesOfItem(atPath: plan)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    let second = try await desk.waltz("plan", "validate", "--no-files", "--fix", plan)
    #expect(!second.output.contains("fixed"))
    #expect(
      try await desk.waltz("plan", "validate", "--no-files", "--fix", "--diff", plan).output.isEmpty
    )
    #expect(try Repository.text(plan) == text)
    #expect(
      try await desk.waltz("plan", "validate", "--no-files", "--fix", "-", input: text).status == 2)
  }
}
