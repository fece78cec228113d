import CanonicalJSON
import Foundation
import TestSupport
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

  @Test("What cannot be read is no plan that was passed over")
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
    #expect(notRead[0]["reason"]?.string?.contains("cannot be read") == true)
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
