import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Whole rotations")
struct RotationTests {
  @Test("A certificate that is swapped too early leaves orphans, and the run is not clean")
  func prematureSwap() async throws {
    let desk = try Desk()
    let run = try await desk.simulate(Repository.quickstart, "--scenario", path("premature-swap"))
    #expect(run.status == 1)
    #expect(run.output.contains("orphans: these clients"))
    let status = try await desk.status()
    #expect(status["status"]?.string == "succeeded")
    #expect(try #require(status["figures"]?["orphans"]?.integer) > 0)
    let first = try #require(status["orphanedClients"]?.array?.first?["name"]?.string)
    let text = try await desk.onState("status").output
    #expect(text.contains(first) && text.contains("longest absent first"), "\(text)")
  }

  @Test("A missed restart is caught before anything depends on it, and mended by a retry")
  func missedRestart() async throws {
    let desk = try Desk()
    let failed = try await desk.simulate(
      Repository.quickstart, "--scenario", path("missed-restart"))
    #expect(failed.status == 1)
    // Wherever the line was broken.
    #expect(failed.output.split { $0.isWhitespace }.joined(separator: " ").contains("443 presents"))
    let verification = "verify-certificate/paris/sepm-par-01"
    let states = try await desk.stepStates()
    #expect(states[verification] == "failed")
    let behind = [
      "update-certificate/paris/sepm-par-02", "await-certificate-received/paris",
      "enable-verification/paris", "restore-replication/berlin+paris",
    ]
    for step in behind { #expect(states[step] == "pending", "\(step)") }
    let started = Set(try await desk.events().steps("step-started"))
    #expect(started.isDisjoint(with: behind))

    let run = "quickstart-1"
    let resumed = try await desk.onState("resume", run)
    #expect(resumed.status == 1)
    let restart = "restart-services/paris/sepm-par-01"
    #expect(try await desk.onState("retry", run, restart).status == 0)
    let mended = try await desk.onState("resume", run)
    #expect(mended.status == 0, "\(mended.output)")
    let figures = try await desk.status()["figures"]
    #expect(figures?["orphans"]?.integer == 0 && figures?["latentOrphans"]?.integer == 0)
    try await desk.expectIntact()
  }

  private func path(_ scenario: String) -> String {
    "\(Repository.root)/plans/scenarios/\(scenario).yaml"
  }
}
