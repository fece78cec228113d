import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Executors and other processes", .timeLimit(.minutes(10)))
struct ExecutorTests {
  /// A run that goes on for good: it waits at a gate that nobody closes.
  private func running(_ desk: Desk) async throws -> LiveRun {
    let scenario = try desk.write(Scenarios.nobody(), as: "nobody.yaml")
    let run = try LiveRun(desk, "run", Repository.oneServer, "--simulate", "--scenario", scenario)
    try #require(await run.next("gate-opened", of: Desk.backUp) != nil)
    return run
  }

  @Test("A variable names nobody: who pauses a run is who the system says it is")
  func words() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    let claims = ["USER": "ciso", "LOGNAME": "ciso", "SUDO_USER": "ciso"]
    let paused = try await desk.onState("pause", Desk.run, environment: claims)
    #expect(paused.status == 0, "\(paused.errors)")
    let resumed = try await desk.onState("resume", "--until", "waiting", environment: claims)
    #expect(resumed.status == 12, "\(resumed.errors)")
    let words = try await desk.events().filter { $0["by"] != nil }
    #expect(words.contains { $0["type"]?.string == "run-paused" })
    for event in words {
      let by = try #require(event["by"]?.string)
      #expect(by.contains("uid \(getuid())") && !by.contains("ciso"), "\(by)")
    }
    let status = try await desk.onState("status")
    #expect(!status.output.contains("ciso") && status.output.contains("uid \(getuid())"))
  }

  @Test("A second executor is refused with 15 and the name of the first")
  func secondExecutor() async throws {
    let desk = try Desk()
    let run = try await running(desk)
    let second = try await desk.onState("resume")
    #expect(second.status == 15)
    #expect(second.errors.contains("uid \(getuid())"), "\(second.errors)")
    #expect(second.errors.contains("\(run.identifier)"), "\(second.errors)")
    let other = try await desk.simulate(Repository.oneServer)
    #expect(other.status == 15)
    #expect(other.errors.contains(Desk.run))
    run.send(15)
    #expect(await run.status() == 12)
    #expect(try await desk.visit().status == 11)
  }

  @Test("SIGINT ends a run resumable with 12")
  func interrupted() async throws {
    let desk = try Desk()
    let run = try await running(desk)
    run.send(2)
    #expect(await run.status() == 12)
    #expect(try await desk.onState("approve", Desk.run, Desk.backUp).status == 0)
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == Desk.switchToHTTP)
    try await desk.expectIntact()
  }

  @Test("SIGKILL leaves a run that the next executor takes up at once")
  func killed() async throws {
    let desk = try Desk()
    let run = try await running(desk)
    run.send(9)
    #expect(await run.status() == 137)
    #expect(try await desk.visit().status == 11)
    try await desk.expectIntact()
  }

  @Test("A run is paused and unpaused from other processes")
  func paused() async throws {
    let desk = try Desk()
    let run = try await running(desk)
    #expect(try await desk.onState("pause", Desk.run, "--note", "freeze").status == 0)
    let event = await run.next("run-paused")
    #expect(event?["note"]?.string == "freeze")
    #expect(await run.status() == 12)
    #expect(try await desk.status()["status"]?.string == "paused")
    #expect(try await desk.visit().status == 12)
    #expect(try await desk.onState("approve", Desk.run, Desk.backUp).status == 0)
    #expect(try await desk.onState("unpause", Desk.run).status == 0)
    #expect(try await desk.visit().status == 11)
    #expect(try await desk.openGate() == Desk.switchToHTTP)
  }

  @Test("A pause that no executor took up is not ended but withdrawn, and the answer says how")
  func requested() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    #expect(try await desk.onState("pause", Desk.run).status == 0)
    let refused = try await desk.onState("unpause", Desk.run)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("`waltz withdraw \(Desk.run) 1 --state "), "\(refused.errors)")
    #expect(try await desk.onState("withdraw", Desk.run, "1").status == 0)
    let none = try await desk.onState("unpause", Desk.run)
    #expect(none.status == 2 && !none.errors.contains("withdraw"), "\(none.errors)")
  }

  @Test("A run that has changed nothing is aborted with 16")
  func abortedClosed() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    #expect(try await desk.onState("abort", Desk.run).status == 0)
    #expect(try await desk.visit().status == 16)
    #expect(try await desk.status()["status"]?.string == "aborted")
    // A timer that goes on calling learns the end again, and is not told that its call is wrong.
    for name in [[Desk.run], []] {
      let again = try await desk.waltz(["resume"] + name + ["--state", desk.state])
      #expect(again.status == 16)
      #expect(again.output.contains("aborted"), "\(again.output)")
    }
    // Its site is free again.
    #expect(try await desk.simulate(Repository.oneServer).status == 0)
  }

  @Test("A run whose verification is off is aborted with 17 and says so")
  func abortedOpen() async throws {
    let desk = try Desk()
    _ = try await desk.startAtGate()
    for gate in [Desk.backUp, Desk.switchToHTTP] {
      #expect(try await desk.onState("approve", Desk.run, gate).status == 0)
      _ = try await desk.visit()
    }
    #expect(try await desk.onState("abort", Desk.run).status == 0)
    let aborted = try await desk.visit()
    #expect(aborted.status == 17)
    #expect(aborted.output.contains("Clients of lyon do not check signatures"), "\(aborted.output)")
    let figures = try await desk.events().last
    #expect(figures?["type"]?.string == "run-aborted")
    let exposure = figures?["verificationOff"]?.array?.first
    #expect(exposure?["site"]?.string == "lyon" && exposure?["open"]?.bool == true)
  }

  @Test("The scenario's crash kills the executor, and resume ends where no crash would have")
  func crash() async throws {
    let desk = try Desk()
    let scenario = try desk.write(
      """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: power-cut }
      crash: { atEvent: 20 }
      """, as: "crash.yaml")
    #expect(try await desk.simulate(Repository.oneServer, "--scenario", scenario).status == 137)
    #expect(try await desk.onState("resume").status == 0)
    #expect(try await desk.status()["figures"]?["orphans"]?.integer == 0)
    try await desk.expectIntact()
  }
}
