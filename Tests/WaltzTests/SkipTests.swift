import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Skipping what protects clients", .timeLimit(.minutes(10)))
struct SkipTests {
  @Test("Clients stay on HTTPS only by the word of who accepts orphans")
  func http() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    #expect(try await desk.onState("approve", Desk.run, Desk.backUp).status == 0)
    #expect(try await desk.visit().status == 11)
    try await expectAcceptance(desk, Desk.run, Desk.switchToHTTP, of: "lyon (the plan expects 40)")
  }

  @Test("A server whose check failed is changed only by the word of who accepts orphans")
  func check() async throws {
    let desk = try Desk()
    let failed = try await desk.simulate(
      Repository.root + "/plans/failover-pair.yaml", "--until", "waiting", "--scenario",
      desk.write(
        Scenarios.nobody("faults: { old-agents: { share: 30% } }"), as: "old.yaml"))
    #expect(failed.status == 1, "\(failed.errors)")
    let step = "check-server/madrid/sepm-mad-01"
    // The way on that is printed is the way that works.
    #expect(
      failed.output.contains(
        "waltz skip failover-pair-1 \(step) --accept-orphans --state \(desk.state) --note TEXT"),
      "\(failed.output)")
    let refused = try await expectAcceptance(
      desk, "failover-pair-1", step, of: "madrid (the plan expects 1500)")
    #expect(refused.errors.contains("have version 14.2"))
  }

  /// Refused without the acceptance, with the consequence and a command that works as it is printed; with it
  /// taken, after the consequence was said, and recorded with who and why.
  @discardableResult
  private func expectAcceptance(
    _ desk: Desk, _ run: String, _ step: String, of clients: String
  ) async throws -> Desk.Outcome {
    let before = try await desk.stepStates()[step]
    let refused = try await desk.onState("skip", run, step, "--note", "we know better")
    #expect(refused.status == 2, "\(refused.output)\(refused.errors)")
    #expect(refused.errors.contains("protects the clients of \(clients)"), "\(refused.errors)")
    _ = try await desk.visit()
    #expect(try await desk.stepStates()[step] == before)

    let lines = refused.errors.split(separator: "`")
    let command = try #require(lines.first { $0.hasPrefix("waltz skip ") }, "\(refused.errors)")
    let line = "\"$WALTZ\" " + command.dropFirst("waltz ".count)
    let pasted = try await desk.shell(line)
    #expect(pasted.status == 2)
    #expect(pasted.errors.contains("kept for the auditor"))
    let accepted = try await desk.shell(line.replacing("TEXT", with: "'we know better'"))
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(accepted.output.contains("protects the clients of \(clients)"))
    _ = try await desk.visit()
    #expect(try await desk.stepStates()[step] == "skipped")
    let event = try await desk.events().first {
      $0["type"]?.string == "step-skipped" && $0["step"]?.string == step
    }
    // The variable USER says tester.
    let by = try #require(event?["by"]?.string)
    #expect(by.contains("uid \(getuid())") && !by.contains("tester"), "\(by)")
    #expect(event?["note"]?.string == "we know better")
    #expect(event?["acceptsOrphans"]?.bool == true)
    try await desk.expectIntact()
    return refused
  }
}
