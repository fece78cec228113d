import CanonicalJSON
import Foundation
import Testing

@Suite("Plans with overlays")
struct OverlayTests {
  private static let overlay = """
    kind: RotationPlanOverlay
    sites:
      lyon:
        clients: 7

    """

  @Test("Every command that reads a plan takes overlays, and all see the same plan")
  func commands() async throws {
    let desk = try Desk()
    let overlay = try desk.write(
      "metadata: { name: lyon-test }\nwaits: { default: { minimum: 3d } }\n", as: "test.yaml")
    let plan = Repository.oneServer
    let more = ["--overlay", overlay]
    #expect(try await desk.waltz(["plan", "validate", "--no-files", plan] + more).status == 0)
    let shown = try await desk.waltz(["plan", "show", plan, "--format", "json"] + more).json()
    #expect(shown["plan"]?["name"]?.string == "lyon-test")
    let bare = try await desk.waltz("plan", "show", plan, "--format", "json").json()
    #expect(shown["plan"]?["digest"] != bare["plan"]?["digest"])
    let compiled = try await desk.waltz(["plan", "compile", plan, "-o", "x.json"] + more)
    #expect(compiled.errors.contains(try #require(shown["plan"]?["digest"]?.string)))
    let run = try await desk.waltz(["run", plan, "--simulate", "--state", desk.state] + more)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try await desk.onState("status", "lyon-test-1").status == 0)
  }

  @Test("What is wrong in an overlay is reported in the overlay, in every format") func findings()
    async throws
  {
    let desk = try Desk()
    let overlay = try desk.write("strategy: { serversAtOnce: 0 }\n", as: "bad.yaml")
    let text = try await desk.waltz(
      "plan", "validate", "--no-files", Repository.oneServer, "--overlay", overlay)
    #expect(text.status == 1 && text.errors.contains("bad.yaml:1:"))
    for format in ["json", "sarif", "gitlab", "checkstyle", "rdjson", "junit", "github"] {
      let found = try await desk.waltz(
        "plan", "validate", "--no-files", Repository.oneServer, "--overlay", overlay, "--format",
        format)
      #expect(found.status == 1 && found.output.contains("bad.yaml"), "\(format): \(found.output)")
    }
    let missing = try await desk.waltz(
      "plan", "validate", "--no-files", Repository.oneServer, "--overlay", "missing.yaml")
    #expect(missing.status == 3 && missing.errors.contains("missing.yaml"))
  }

  @Test("An overlay that is found in a folder is no plan and no mistake") func inFolder()
    async throws
  {
    let desk = try Desk()
    _ = try desk.write(Self.overlay, as: "test.yaml")
    #expect(try await desk.waltz("plan", "validate", "--no-files", ".").status == 0)
    _ = try desk.write("kind: RotationPlanOverlay\na: [\n", as: "test.yaml")
    #expect(try await desk.waltz("plan", "validate", "--no-files", ".").status == 1)
  }

  @Test("--origin names the file and line of every value") func origin() async throws {
    let desk = try Desk()
    _ = try desk.write("metadata: { description: elsewhere }\n", as: "test.yaml")
    let table = try await desk.waltz(
      "plan", "show", Repository.oneServer, "--overlay", "test.yaml", "--origin")
    #expect(table.status == 0)
    #expect(
      table.output.split(separator: "\n").contains {
        $0.hasPrefix("metadata.description") && $0.hasSuffix(" test.yaml:1")
      })
    #expect(table.output.split(separator: "\n").contains { $0.hasSuffix(" default") })
    let json = try await desk.waltz(
      "plan", "show", Repository.oneServer, "--origin", "--format", "json"
    ).json()
    #expect(json["formatVersion"]?.string == "1.0")
    #expect((json["values"]?.array?.count ?? 0) > 10)
    let refused = try await desk.waltz(
      "plan", "show", Repository.oneServer, "--origin", "--format", "dot")
    #expect(refused.status == 2)
  }
}
