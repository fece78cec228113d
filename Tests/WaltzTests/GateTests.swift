import CanonicalJSON
import TestSupport
import Testing

@Suite("Gates with nobody at the console", .timeLimit(.minutes(10)))
struct GateTests {
  @Test("A run rests at a gate with 11 and says what to do")
  func restsAtGate() async throws {
    let desk = try Desk()
    let started = try await desk.startAtGate()
    #expect(started.status == 11)
    #expect(started.output.contains("waltz approve \(Desk.run) \(Desk.backUp)"))
    #expect(started.errors.contains("Database Back Up and Restore"))
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == Desk.backUp)
    #expect(try await desk.status()["status"]?.string == "waiting-for-operator")
  }

  @Test("An approval from another process reaches a run that is going")
  func approvalWhileRunning() async throws {
    let desk = try Desk()
    let scenario = try desk.write(Scenarios.nobody(), as: "nobody.yaml")
    let run = try LiveRun(desk, "run", Repository.oneServer, "--simulate", "--scenario", scenario)
    #expect(await run.next("gate-opened", of: Desk.backUp) != nil)
    let approved = try await desk.onState("approve", Desk.run, Desk.backUp)
    #expect(approved.status == 0)
    #expect(approved.output.contains("acts on it now"))
    #expect(await run.next("gate-approved", of: Desk.backUp) != nil)
    #expect(await run.next("step-succeeded", of: Desk.backUp) != nil)
    #expect(await run.next("gate-opened", of: Desk.switchToHTTP) != nil)
    run.send(15)
    #expect(await run.status() == 12)
    try await desk.expectIntact()
  }

  @Test("Skipping needs a reason, and what waits for the step goes on")
  func skipped() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let refused = try await desk.onState("skip", Desk.run, Desk.backUp)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--note"))
    #expect(
      try await desk.onState("skip", Desk.run, Desk.backUp, "--note", "backed up today").status == 0
    )
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == Desk.switchToHTTP)
    #expect(try await desk.stepStates()[Desk.backUp] == "skipped")
  }
}
