import CanonicalJSON
import Foundation
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing
import WorkingTree

@Suite("Which files of a folder are meant")
struct FoundFileTests {
  private static let others = [
    "docker-compose.yaml": "services:\n  web: { image: nginx }\n",
    "deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\n",
    "chart.yml": "{{- if .Values.on }}\nkind: Rotation\n{{- end }}\n",
    "broken.yaml": "a: [1\nb: }\n",
    "config-map.yaml":
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  plan: |\n    apiVersion: waltz/v1\n    kind: RotationPlan\n",
    "overlay.yaml": "metadata: { name: x-test }\nwaits: { default: { minimum: 3d } }\n",
    "comment.yaml": "# apiVersion: waltz/v1\n# kind: RotationPlan\na: 1\n",
    "list.yaml": "- kind: RotationPlan\n",
    "empty.yaml": "",
  ]

  @Test("YAML of other programs is counted and not checked, unless it is named")
  func others() async throws {
    let folder = try TestFolder()
    _ = try await folder.shell("mkdir .git plans")
    for (name, text) in Self.others { _ = try folder.write(text, as: "plans/\(name)") }
    await expectRefusal(
      .environment, "None of the \(Self.others.count) files in plans is a plan"
    ) { _ = try await folder.validation(of: "plans") }
    let plan = try Repository.text(Repository.oneServer)
    for name in ["a", "b", "c"] { _ = try folder.write(plan, as: "plans/\(name).yaml") }
    for path in ["plans", ".", "plans/**/*.y*ml", "plans/*"] {
      let all = try await folder.validation(of: path)
      #expect(all.isGood, "\(path): \(all.text)")
      #expect(
        all.summary.hasSuffix(
          "3 files are valid; \(Self.others.count) other files are not plans.\n"),
        "\(path): \(all.summary)")
      #expect(all.printed(.junit).components(separatedBy: "<testsuite ").count - 1 == 3)
    }
    // A named one is checked, whether it was found before or not.
    for paths in [["plans/docker-compose.yaml"], ["plans", "plans/docker-compose.yaml"]] {
      let named = try await folder.validation(of: paths)
      #expect(named.fails(at: .error), "\(paths)")
      #expect(named.text.contains("docker-compose.yaml:"))
    }
    #expect(
      try folder.formatted(["plans"], check: true).allSatisfy { $0.output.isEmpty && !$0.isFinding }
    )
    let single = try await folder.validation(of: "plans/a.yaml", "plans/[b-e]*.yaml")
    #expect(single.summary.contains("; 6 other files are not plans."), "\(single.summary)")
  }

  @Test(
    "A slip in what a document says of itself does not hide it",
    arguments: [
      "apiVersion: waltz/v2", "apiversion: waltz/v1", "apiVersion: walz/v1",
      "apiVersion : 'waltz/v1'",
      "\"apiVersion\": \"waltz/v1\"", "kind: RotationPlam", "Kind: rotation-plan",
      "king: RotationPlan",
      "apiVersion:waltz/v1", "{ apiVersion: waltz/v1, kind: RotationPlan }",
      "---\n# a comment\n  kind: RotationPlan", "--- { kind: RotationPlan }", "kind: EstateScenari",
      "a: 1\n---\nkind: RotationPlan", "\u{FEFF}kind: RotationPlanOverlays",
      "apiVersion: waltz\r\n",
      "a: [\nkind: RotationPlan", "# kind: RotationPlan\n# metadata: { name: x }",
    ])
  func slips(_ text: String) async throws {
    let folder = try TestFolder()
    _ = try folder.write(text + "\n", as: "plan.yaml")
    let found = try await folder.validation(of: ".")
    #expect(found.fails(at: .error), "\(found.text)")
    #expect(found.text.contains("plan.yaml:"))
  }

  @Test("No document with a mistake is passed over")
  func mistakes() async throws {
    let folder = try TestFolder()
    _ = try await folder.shell("cp '\(Repository.root)'/Tests/Mistakes/*.yaml .")
    let count = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .count { $0.hasSuffix(".yaml") }
    let found = try await folder.validation(of: [])
    #expect(found.fails(at: .error))
    #expect(found.printed(.junit).components(separatedBy: "<testsuite ").count - 1 == count)
  }

  @Test("What cannot be read is no plan that was passed over")
  func unreadable() async throws {
    let folder = try TestFolder()
    let plan = try folder.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    let found = try await folder.validation(of: plan, "gone.yaml")
    #expect(found.files.failures.map(\.kind) == [.environment])
    let report = try found.json()
    #expect(report["valid"]?.bool == false)
    #expect(report["errorCount"]?.integer == 0)
    let notRead = try #require(report["notRead"]?.array)
    #expect(notRead.count == 1 && notRead[0]["file"]?.string == "gone.yaml")
    #expect(notRead[0]["reason"]?.string?.contains("cannot be read") == true)
    // The summary of a job counts as the text does: neither overlays nor what was not read.
    let overlay = try folder.write("waits: { default: { minimum: 3d } }\n", as: "o.yml")
    let more = try await folder.validation(of: [plan, "gone.yaml"], overlays: [overlay])
    let counted = more.report(failOn: .error, version: "0.1.0").gitHubSummary()
    #expect(counted.contains(" in 1 file\n"), "\(counted)")
  }

  @Test("An overlay in a plan's file keeps no plan from being checked")
  func mixture() async throws {
    let folder = try TestFolder()
    let text = try Repository.text(Repository.oneServer)
    let wrong = text.replacing("kind: RotationPlan\n", with: "kind: RotationPlan\nwrong: 1\n")
    try #require(wrong != text)
    let overlay = "kind: RotationPlanOverlay\nwaits: { default: { minimum: 3d } }\n"
    for documents in [[wrong, overlay], [overlay, wrong]] {
      _ = try folder.write(documents.joined(separator: "---\n"), as: "plan.yaml")
      for path in [".", "plan.yaml"] {
        let found = try await folder.validation(of: path)
        #expect(found.fails(at: .error))
        #expect(Set(found.codes()) == ["F001", "F022"], "\(path)")
      }
    }
  }

  @Test(
    "A misspelt key of an overlay is mended where the plan has the right one, and never doubled")
  func misspeltKey() async throws {
    let folder = try TestFolder()
    _ = try folder.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    for (before, after) in [
      ("{ verification-disabled: { Minimum: 3d } }", "{ verification-disabled: { minimum: 3d } }"),
      (
        "{ verification-disabled: { minimum: 3d, Minimum: 4d } }",
        "{ verification-disabled: { minimum: 3d, Minimum: 4d } }"
      ),
      ("{ verification-disabeld: { minimum: 3d } }", "{ verification-disabeld: { minimum: 3d } }"),
    ] {
      _ = try folder.write("waits: \(before)\n", as: "overlay.yaml")
      var found = try await folder.validation(of: ["plan.yaml"], overlays: ["overlay.yaml"])
      try await found.mend()
      #expect(found.fails(at: .error) == (before == after), "\(found.text)")
      #expect(try folder.text(of: "overlay.yaml") == "waits: \(after)\n")
    }
  }

  @Test("--fix mends overlays too")
  func overlays() async throws {
    let folder = try TestFolder()
    let text = try Repository.text(Repository.oneServer)
    _ = try folder.write(text, as: "plan.yaml")
    let before = "kind: RotationPlanOverlay\nwaits:\n  default: { minimum: 3 days }\n"
    let after = before.replacing("3 days", with: "3d")
    _ = try folder.write(before, as: "overlay.yaml")
    let found = try await folder.validation(of: ["plan.yaml"], overlays: ["overlay.yaml"])
    let diff = found.mendingDiff(color: false)
    #expect(diff.contains("\n+  default: { minimum: 3d }\n"))
    #expect(try folder.text(of: "overlay.yaml") == before)
    // Beside the plan it is found as well, and written once.
    for paths in [[], ["."]] {
      _ = try folder.write(before, as: "overlay.yaml")
      var fixed = try await folder.validation(
        of: ["plan.yaml"] + paths, overlays: ["overlay.yaml"])
      try await fixed.mend()
      #expect(fixed.isGood, "\(fixed.text)")
      let lines = fixed.changes.map { $0.lines(unicode: true).text }.joined()
      #expect(lines.contains("overlay.yaml:3: Write '3d'"), "\(lines)")
      #expect(fixed.summary.contains("1 fixed"))
      #expect(try folder.text(of: "overlay.yaml") == after)
    }
    #expect(try folder.text(of: "plan.yaml") == text)
    var again = try await folder.validation(of: ["plan.yaml"], overlays: ["overlay.yaml"])
    try await again.mend()
    #expect(again.isGood && !again.summary.contains("fixed"))
  }

  @Test("A suppression in an overlay is about the plans that it is merged onto")
  func suppression() async throws {
    let folder = try TestFolder()
    let text = "kind: RotationPlanOverlay\n# waltz:ignore M033 one file\nmetadata: { name: x }\n"
    _ = try folder.write(text, as: "overlay.yaml")
    var checked = try await folder.validation(of: ".")
    try await checked.mend()
    #expect(checked.isGood && !checked.fails(at: .warning), "\(checked.text)")
    #expect(try folder.text(of: "overlay.yaml") == text)
  }

  @Test("A plan that is not there is a mistake of who named it")
  func noSuchPlan() async throws {
    let folder = try TestFolder()
    let plan = try folder.plan(Repository.oneServer, named: "nosuch")
    #expect(!plan.files.diagnostics.hasErrors)
    await expectRefusal(.arguments, "no plan named `nosuch`") { _ = try plan.graph() }
    await expectRefusal(.arguments, "no plan named `nosuch`") { _ = try plan.origins() }
  }
}
