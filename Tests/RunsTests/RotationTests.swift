import CanonicalJSON
import Foundation
import RotationEngine
import RotationGraph
import RunStore
import Synchronization
import Testing

@testable import Runs

@Suite("Whole rotations")
struct RotationTests {
  @Test("Every plan of the repository ends with no orphan", arguments: Samples.plans)
  func plan(_ path: String) async throws {
    let office = try Office()
    let (end, state) = try await office.simulate(Samples.text(path))
    #expect(end == .succeeded)
    let figures = try #require(state.figures)
    #expect(figures.orphans == 0 && figures.latentOrphans == 0)
    #expect((figures.verificationOff + figures.replicationBroken).allSatisfy { !$0.isOpen })
    #expect(state.steps.allSatisfy { $0.phase == .succeeded })
    try await office.expectIntact()
  }

  @Test(
    "The exercises of the README rest where it says",
    arguments: [
      ("one-server", "nobody-there", RestReason.operator), ("failover-pair", "in-doubt", .inDoubt),
      ("one-server", "held-wait", .operator),
    ])
  func exercises(_ plan: String, _ scenario: String, _ reason: RestReason) async throws {
    let office = try Office()
    let (end, _) = try await office.simulate(
      Samples.text("plans/\(plan).yaml"), scenario: Samples.scenario(scenario),
      until: scenario == "nobody-there" ? .waiting : .done)
    #expect(end == .resting(reason))
  }

  @Test(
    "The quickstart ends clean under scenarios that a rotation must bear",
    arguments: ["flaky-servers", "holiday", "replication-failure"])
  func borne(_ scenario: String) async throws {
    let office = try Office()
    let (end, state) = try await office.simulate(
      Samples.text("plans/quickstart.yaml"), scenario: Samples.scenario(scenario))
    #expect(end == .succeeded)
    let figures = try #require(state.figures)
    #expect(figures.orphans == 0 && figures.latentOrphans == 0)
    let events = try await office.events()
    switch scenario {
    case "flaky-servers":
      #expect(!events.steps("step-failed").isEmpty)
      #expect(
        events.contains { $0["type"]?.string == "wait-sampled" && $0["reason"]?.string != nil })
    case "holiday":
      let off = try #require(figures.verificationOff.first?.seconds)
      #expect(off > 13 * 86_400, "\(off)")
    default:
      let began = events.first { $0["type"]?.string == "step-started" && isVerification($0) }
      let ended = events.first { $0["type"]?.string == "step-succeeded" && isVerification($0) }
      let times = try [began, ended].map { event in
        try #require(event?["at"]?.string.flatMap { Instant($0) })
      }
      #expect(times[1] - times[0] > .seconds(3_600))
    }
  }

  @Test("After a failure each visit asks for a person, and what needs nobody goes on meanwhile")
  func failureBesideWaits() async throws {
    let office = try Office()
    let plan = try Samples.text("plans/quickstart.yaml")
      .replacing("    deadline: 14d\n", with: "    every: 12h\n    deadline: 14d\n")
    var outcome = try await office.simulate(
      plan, scenario: Samples.scenario("missed-restart"), until: .waiting)
    var visits = 0
    while outcome.state.counts.failed == 0, visits < 100 {
      outcome = try await office.visit()
      visits += 1
    }
    #expect(outcome.end == .resting(.operator))
    #expect(outcome.state.counts.waiting > 0, "berlin waits for its clients")
    let failedAt = try #require(outcome.state.lastAt)
    for _ in 0..<5 where outcome.end == .resting(.operator) { outcome = try await office.visit() }
    let now = try #require(outcome.state.lastAt)
    #expect(now > failedAt)
    while outcome.end == .resting(.operator), visits < 300 {
      outcome = try await office.visit()
      visits += 1
    }
    #expect(outcome.end == .failed, "berlin is done, and nothing but the failure is left")
  }

  private func isVerification(_ event: JSONValue) -> Bool {
    event["step"]?.string?.hasPrefix("verify-replication/") == true
  }

  @Test("The same plan, scenario and seed give the same events; another seed gives others")
  func sameSeed() async throws {
    var outputs: [[JSONValue]] = []
    for seed in [7, 7, 8] as [Int64] {
      let office = try Office()
      let outcome = try await office.simulate(
        Samples.oneServer(), scenario: Samples.scenario("flaky-servers"), seed: seed)
      #expect(outcome.end == .succeeded)
      outputs.append(try await office.events())
    }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0] != outputs[2])
  }

  @Test("Visits as of a timer end where one uninterrupted run ends")
  func visits() async throws {
    let whole = try await Office().simulate(Samples.unhurried())
    #expect(whole.end == .succeeded)
    let office = try Office()
    var ends = [try await office.simulate(Samples.unhurried(), until: .waiting).end]
    while ends.last == .resting(.clients), ends.count < 100 {
      ends.append(try await office.visit().end)
    }
    #expect(ends.last == .succeeded)
    #expect(ends.count > 10, "\(ends)")
    let state = try await office.now()
    #expect(state.steps.map(\.phase) == whole.state.steps.map(\.phase))
    #expect(state.figures?.orphans == 0)
    // Every stay resumes the same attempts: no wait begins anew.
    let started = try await office.events().steps("step-started")
    #expect(started.count == Set(started).count)
    try await office.expectIntact()
  }

  @Test("The scenario's crash is the caller's to carry out, right after its event")
  func crash() async throws {
    let office = try Office()
    let crashes = Mutex<[Int]>([])
    let seen = Mutex(0)
    let stay = try await office.start(
      Samples.oneServer(),
      scenario: """
        apiVersion: waltz/v1
        kind: EstateScenario
        metadata: { name: power-cut }
        crash: { atEvent: 20 }
        """)
    _ = try await stay.drive(until: .done) {
      crashes.withLock { crashes in crashes.append(seen.withLock { $0 }) }
    } observe: { event, _ in
      seen.withLock { $0 = event.sequence }
    }
    #expect(crashes.withLock { $0 } == [20])
  }

  @Test("A run in memory gives the same events as one in a file")
  func inMemory() async throws {
    let file = try Office()
    let memory = try Office(MemoryStore())
    for office in [file, memory] {
      #expect(try await office.simulate(Samples.oneServer()).end == .succeeded)
      try await office.expectIntact()
    }
    #expect(try await memory.events() == file.events())
  }

  @Test("A run that another executor ends while it is taken up has ended, and is no mistake")
  func endedMeanwhile() async throws {
    let store = StaleStore(MemoryStore())
    let office = try Office(store)
    let stay = try await office.start(Samples.oneServer())
    let unfinished = try await store.entry(of: Samples.run)
    #expect(try await stay.drive(until: .done).end == .succeeded)
    store.show(unfinished)
    guard case .ended(.succeeded, let archive) = try await office.desk.resume(nil) else {
      Issue.record("It was taken up.")
      return
    }
    #expect(archive.state.figures?.orphans == 0)
  }
}
