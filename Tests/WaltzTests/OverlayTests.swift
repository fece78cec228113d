import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Plans with overlays")
struct OverlayTests {
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
    let origins = try await desk.waltz(["plan", "show", plan, "--origin"] + more)
    #expect(origins.status == 0 && origins.output.contains(" \(overlay):1\n"))
    #expect(
      try await desk.waltz(["plan", "show", plan, "--origin", "--format", "dot"] + more).status == 2
    )
    let run = try await desk.waltz(["run", plan, "--simulate", "--state", desk.state] + more)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try await desk.onState("status", "lyon-test-1").status == 0)
  }
}
