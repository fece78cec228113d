import CanonicalJSON
import Foundation
import Testing

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
    let desk = try Desk()
    _ = try await desk.shell("mkdir .git plans")
    for (name, text) in Self.others { _ = try desk.write(text, as: "plans/\(name)") }
    let none = try await desk.waltz("plan", "validate", "--no-files", "plans")
    #expect(none.status == 3)
    #expect(none.errors.contains("None of the \(Self.others.count) files in plans is a plan"))
    let plan = try Repository.text(Repository.oneServer)
    for name in ["a", "b", "c"] { _ = try desk.write(plan, as: "plans/\(name).yaml") }
    for path in ["plans", ".", "plans/**/*.y*ml", "plans/*"] {
      let all = try await desk.waltz("plan", "validate", "--no-files", path)
      #expect(all.status == 0, "\(path): \(all.errors)")
      #expect(
        all.output.hasSuffix("3 files are valid; \(Self.others.count) others are no plans.\n"),
        "\(path): \(all.output)")
      let report = try await desk.waltz(
        "plan", "validate", "--no-files", path, "--format", "junit")
      #expect(report.output.components(separatedBy: "<testsuite ").count - 1 == 3)
    }
    // A named one is checked, whether it was found before or not.
    for paths in [["plans/docker-compose.yaml"], ["plans", "plans/docker-compose.yaml"]] {
      let named = try await desk.waltz(["plan", "validate", "--no-files"] + paths)
      #expect(named.status == 1, "\(paths)")
      #expect(named.errors.contains("docker-compose.yaml:"))
    }
    let touched = try await desk.waltz("plan", "fmt", "--check", "plans")
    #expect(touched.status == 0 && touched.output.isEmpty, "\(touched.output)")
    let single = try await desk.waltz(
      "plan", "validate", "--no-files", "plans/a.yaml", "plans/[b-e]*.yaml")
    #expect(single.output.contains("; 6 others are no plans."), "\(single.output)")
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
    let desk = try Desk()
    _ = try desk.write(text + "\n", as: "plan.yaml")
    let found = try await desk.waltz("plan", "validate", "--no-files", ".")
    #expect(found.status == 1, "\(found.output)\(found.errors)")
    #expect(found.errors.contains("plan.yaml:"))
  }

  @Test("No document with a mistake is passed over")
  func mistakes() async throws {
    let desk = try Desk()
    _ = try await desk.shell("cp '\(Repository.root)'/Tests/Mistakes/*.yaml .")
    let count = try FileManager.default.contentsOfDirectory(atPath: desk.folder)
      .count { $0.hasSuffix(".yaml") }
    let found = try await desk.waltz("plan", "validate", "--no-files", "--format", "junit")
    #expect(found.status == 1)
    #expect(found.output.components(separatedBy: "<testsuite ").count - 1 == count)
  }

  @Test("What can not be read is no plan that was passed over")
  func unreadable() async throws {
    let desk = try Desk()
    let plan = try desk.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    let json = try await desk.waltz(
      "plan", "validate", "--no-files", plan, "gone.yaml", "--format", "json")
    #expect(json.status == 3)
    let report = try json.json()
    #expect(report["valid"]?.bool == false)
    #expect(report["errorCount"]?.integer == 0)
    let notRead = try #require(report["notRead"]?.array)
    #expect(notRead.count == 1 && notRead[0]["file"]?.string == "gone.yaml")
    #expect(notRead[0]["reason"]?.string?.contains("can not be read") == true)
    // The summary of a job counts as the text does: neither overlays nor what was not read.
    let overlay = try desk.write("waits: { default: { minimum: 3d } }\n", as: "o.yml")
    let summary = desk.folder + "/summary.md"
    _ = try await desk.waltz(
      [
        "plan", "validate", "--no-files", plan, "gone.yaml", "--overlay", overlay, "--format",
        "github",
      ],
      environment: ["GITHUB_STEP_SUMMARY": summary])
    let counted = try Repository.text(summary)
    #expect(counted.contains(" in 1 file\n"), "\(counted)")
  }

  @Test("An overlay in a plan's file keeps no plan from being checked")
  func mixture() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let wrong = text.replacing("kind: RotationPlan\n", with: "kind: RotationPlan\nwrong: 1\n")
    try #require(wrong != text)
    let overlay = "kind: RotationPlanOverlay\nwaits: { default: { minimum: 3d } }\n"
    for documents in [[wrong, overlay], [overlay, wrong]] {
      _ = try desk.write(documents.joined(separator: "---\n"), as: "plan.yaml")
      for path in [".", "plan.yaml"] {
        let outcome = try await desk.waltz(
          "plan", "validate", "--no-files", path, "--format", "json")
        #expect(outcome.status == 1)
        #expect(try Set(outcome.codes()) == ["F001", "F022"], "\(path)")
      }
    }
  }

  @Test(
    "A misspelt key of an overlay is mended where the plan has the right one, and never doubled")
  func misspeltKey() async throws {
    let desk = try Desk()
    _ = try desk.write(try Repository.text(Repository.oneServer), as: "plan.yaml")
    let base = [
      "plan", "validate", "--no-files", "plan.yaml", "--overlay", "overlay.yaml", "--fix",
    ]
    for (before, after) in [
      ("{ verification-disabled: { Minimum: 3d } }", "{ verification-disabled: { minimum: 3d } }"),
      (
        "{ verification-disabled: { minimum: 3d, Minimum: 4d } }",
        "{ verification-disabled: { minimum: 3d, Minimum: 4d } }"
      ),
      ("{ verification-disabeld: { minimum: 3d } }", "{ verification-disabeld: { minimum: 3d } }"),
    ] {
      let overlay = try desk.write("waits: \(before)\n", as: "overlay.yaml")
      let outcome = try await desk.waltz(base)
      #expect(outcome.status == (before == after ? 1 : 0), "\(outcome.output)")
      #expect(try Repository.text(overlay) == "waits: \(after)\n")
    }
  }

  @Test("--fix mends overlays too")
  func overlays() async throws {
    let desk = try Desk()
    let text = try Repository.text(Repository.oneServer)
    let plan = try desk.write(text, as: "plan.yaml")
    let before = "kind: RotationPlanOverlay\nwaits:\n  default: { minimum: 3 days }\n"
    let after = before.replacing("3 days", with: "3d")
    let overlay = try desk.write(before, as: "overlay.yaml")
    let base = [
      "plan", "validate", "--no-files", "plan.yaml", "--overlay", "overlay.yaml", "--fix",
    ]
    let diff = try await desk.waltz(base + ["--diff"])
    #expect(diff.status == 1 && diff.output.contains("\n+  default: { minimum: 3d }\n"))
    #expect(try Repository.text(overlay) == before)
    // Beside the plan it is found as well, and written once.
    for paths in [[], ["."]] {
      _ = try desk.write(before, as: "overlay.yaml")
      let fixed = try await desk.waltz(base + paths)
      #expect(fixed.status == 0, "\(fixed.errors)")
      #expect(fixed.errors.contains("overlay.yaml:3: Write '3d'"), "\(fixed.errors)")
      #expect(fixed.output.contains("1 fixed"))
      #expect(try Repository.text(overlay) == after)
    }
    #expect(try Repository.text(plan) == text)
    let again = try await desk.waltz(base)
    #expect(again.status == 0 && !again.output.contains("fixed"))
    let input = try await desk.waltz(
      "plan", "validate", "plan.yaml", "--overlay", "-", "--fix", input: before)
    #expect(input.status == 2)
  }

  @Test("A suppression in an overlay is about the plans that it is merged onto")
  func suppression() async throws {
    let desk = try Desk()
    let text = "kind: RotationPlanOverlay\n# waltz:ignore M033 one file\nmetadata: { name: x }\n"
    _ = try desk.write(text, as: "overlay.yaml")
    let checked = try await desk.waltz(
      "plan", "validate", "--no-files", ".", "--fix", "--fail-on", "warning")
    #expect(checked.status == 0, "\(checked.errors)")
    #expect(try Repository.text(desk.folder + "/overlay.yaml") == text)
  }

  @Test("The starting plan says how to go on with the file that it is in")
  func startingPlan() async throws {
    let desk = try Desk()
    _ = try await desk.shell("mkdir 'my plans'")
    #expect(try await desk.waltz("plan", "init", "my plans/first.yaml").status == 0)
    let text = try Repository.text(desk.folder + "/my plans/first.yaml")
    for command in ["plan validate", "plan show", "run"] {
      #expect(text.contains("#   waltz \(command) 'my plans/first.yaml'"), "\(command)")
    }
    #expect(!text.contains(" rotation.yaml"))
    #expect(
      try await desk.waltz("plan", "init", "-").output.contains("waltz plan show rotation.yaml\n"))
  }

  @Test("A plan that is not there is a mistake of who named it")
  func noSuchPlan() async throws {
    let desk = try Desk()
    for arguments in [["show"], ["show", "--origin"], ["compile"]] {
      let refused = try await desk.waltz(
        ["plan"] + arguments + [Repository.oneServer, "--plan", "nosuch"])
      #expect(refused.status == 2 && refused.errors.contains("no plan named `nosuch`"))
    }
    let misplaced = try await desk.waltz("validate", "x.yaml")
    #expect(misplaced.status == 2 && misplaced.errors.contains("`waltz plan validate`"))
    let other = try await desk.waltz("inspect", "x.pem")
    #expect(other.status == 2 && other.errors.contains("`waltz certificate inspect`"))
  }
}
