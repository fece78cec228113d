import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Pipes and colours")
struct TerminalTests {
  private let escape = "\u{1B}["

  @Test("A pipe gets no colour unless it asks for it, and NO_COLOR does not overrule a flag")
  func colour() async throws {
    let desk = try Desk()
    let broken = try desk.write(
      try Repository.text(Repository.oneServer).replacing("v1\n", with: "v9\n"), as: "broken.yaml")
    let plain = try await desk.waltz("plan", "validate", "--no-files", broken)
    #expect(plain.status == 1 && !plain.errors.contains(escape))
    let coloured = try await desk.waltz(
      "plan", "validate", "--no-files", broken, "--color", "always")
    #expect(coloured.errors.contains(escape))
    let asked = try await desk.waltz(
      "plan", "validate", "--no-files", broken, "--color", "always", environment: ["NO_COLOR": "1"])
    #expect(asked.errors.contains(escape))
    let never = try await desk.waltz("plan", "validate", "--no-files", broken, "--color", "never")
    #expect(never.errors == plain.errors)
  }

  @Test("A reader that goes away does not crash a run, and the run can be resumed")
  func brokenPipe() async throws {
    let desk = try Desk()
    let cut = try await desk.shell(
      """
      { "$WALTZ" run '\(Repository.oneServer)' --simulate --format json; echo $? >status; } | head -1
      """)
    #expect(cut.output.hasPrefix("{\"seq\":1,"))
    // 128 and SIGPIPE, as any program in a pipe; 0 where everything fitted into the pipe.
    let status = try Repository.text(desk.folder + "/status")
    #expect(["141\n", "0\n"].contains(status), "\(status)")
    if status == "141\n" {
      #expect(try await desk.onState("resume").status == 0)
    }
    #expect(try await desk.status()["figures"]?["orphans"]?.integer == 0)
    try await desk.expectIntact()
  }

  @Test("Results go to standard output, progress to standard error")
  func streams() async throws {
    let desk = try Desk()
    let run = try await desk.simulate(Repository.oneServer)
    #expect(run.output.contains("0 orphans"))
    #expect(!run.output.contains("checked"))
    #expect(run.errors.contains("await-verification-disabled/lyon"))
    #expect(!(run.output + run.errors).contains(escape))
  }
}
