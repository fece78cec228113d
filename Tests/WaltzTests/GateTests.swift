import CanonicalJSON
import TestSupport
import Testing

@Suite("Gates with nobody at the console", .timeLimit(.minutes(2)))
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

  @Test("A rejected gate fails the run, and retry opens it again")
  func rejected() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    #expect(
      try await desk.onState("reject", Desk.run, Desk.backUp, "--note", "no disk").status == 0)
    let failed = try await desk.visit()
    #expect(failed.status == 1)
    #expect(failed.output.contains("no disk"))
    #expect(try await desk.stepStates()[Desk.switchToHTTP] == "pending")
    #expect(try await desk.onState("retry", Desk.run, Desk.backUp).status == 0)
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == Desk.backUp)
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

  @Test("A wait is skipped only by who accepts orphans")
  func skippedWait() async throws {
    let desk = try Desk()
    var outcome = try await desk.startAtGate()
    for gate in [Desk.backUp, Desk.switchToHTTP] {
      #expect(outcome.status == 11)
      #expect(try await desk.onState("approve", Desk.run, gate).status == 0)
      outcome = try await desk.visit()
    }
    #expect(outcome.status == 10)
    let note = "the site is closed"
    let refused = try await desk.onState("skip", Desk.run, Desk.firstWait, "--note", note)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--accept-orphans"))
    #expect(try await desk.stepStates()[Desk.firstWait] == "waiting")
    #expect(
      try await desk.onState(
        "skip", Desk.run, Desk.firstWait, "--note", note, "--accept-orphans"
      ).status == 0)
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == "update-certificate/lyon/sepm-lyo-01")
    let skip = try await desk.events().first { $0["type"]?.string == "step-skipped" }
    #expect(skip?["note"]?.string == note)
    #expect(skip?["by"]?.string == "tester")
    #expect(skip?["acceptsOrphans"]?.bool == true)
    try await desk.expectIntact()
  }

  @Test("What makes no sense as the run stands is refused with the way out")
  func refusals() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let wrong = try await desk.onState("approve", Desk.run, "back-up-server/lyon/sepm-lyo-02")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("Did you mean `\(Desk.backUp)`?"))
    let early = try await desk.onState("approve", Desk.run, Desk.switchToHTTP)
    #expect(early.status == 2)
    #expect(early.errors.contains("not started"))
    #expect(try await desk.onState("unpause", Desk.run).status == 2)
    #expect(try await desk.onState("resolve", Desk.run, Desk.backUp, "--done").status == 2)
    #expect(try await desk.onState("approve", "no-run", Desk.backUp).status == 2)
    #expect(try await desk.openGate() == Desk.backUp)
  }
}
