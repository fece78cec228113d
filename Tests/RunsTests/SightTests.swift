import CanonicalJSON
import Foundation
import RotationEngine
import RunStore
import Testing

@testable import Runs

@Suite("A look at a run from outside")
struct SightTests {
  /// A desk of another process, which sees the one of the office dead or alive.
  private func desk(_ office: Office, after: Duration = .zero, seesOthersAlive: Bool) -> RunDesk {
    RunDesk(
      office.desk.store,
      holder: LeaseHolder(
        identity: ProcessIdentity(
          host: "bastion-1", bootID: "boot-1", pid: 200, startTime: 9, user: "other"),
        isAlive: { _ in seesOthersAlive }, uptime: { after },
        now: { Instant(milliseconds: 1_800_000_000_000) + after }),
      worldFolder: office.state)
  }

  @Test("Somebody at work, nobody, and somebody who went are told apart")
  func executors() async throws {
    let office = try Office()
    _ = try await office.start(Samples.oneServer())
    let working = try await desk(office, seesOthersAlive: true).look(at: nil)
    #expect(working.surroundings.executor == .atWork)
    let left = try await desk(office, after: .seconds(10_800), seesOthersAlive: false).look(at: nil)
    #expect(
      left.surroundings.executor
        == .gone(
          name: "tester on bastion-1, process 100",
          since: Instant(milliseconds: 1_800_000_000_000), lasting: .seconds(10_800)))
    _ = try await desk(office, after: .seconds(10_800), seesOthersAlive: false).resume(nil)

    let rested = try Office()
    try await rested.startAtGate()
    let sight = try await desk(rested, seesOthersAlive: false).look(at: nil)
    #expect(sight.surroundings.executor == .none && sight.surroundings.requests.isEmpty)
    #expect(try await rested.desk.lookAtAll().map(\.archive.id) == [Samples.run])
  }

  @Test("Nobody is missed at a run that has ended, even if its executor could not give it back")
  func ended() async throws {
    let store = MemoryStore()
    let office = try Office(store)
    try await office.startAtGate()
    _ = try await office.desk.post(.reject, step: Samples.backUp, note: nil, to: Samples.run)
    #expect(try await office.visit().end == .failed)
    _ = try store.acquireLease(of: Samples.run, holder: Office.holder(user: "tester"))
    let sight = try await desk(office, after: .seconds(60), seesOthersAlive: false).look(at: nil)
    #expect(sight.archive.state.status == .failed)
    #expect(sight.surroundings.executor == .none)
  }

  @Test("What was asked is seen until it is taken back, and is not done then")
  func withdrawal() async throws {
    let office = try Office()
    try await office.startAtGate()
    func post(_ verb: OperatorRequest.Verb, _ step: String? = nil) async throws {
      _ = try await office.desk.post(verb, step: step, note: "n", to: Samples.run)
    }
    #expect(
      await refusal { _ = try await office.desk.withdraw(nil, from: Samples.run) }?.message
        .contains("No request waits") == true)
    try await post(.abort)
    try await post(.approve, Samples.backUp)
    let requests = try await office.desk.look(at: nil).surroundings.requests
    #expect(requests.map(\.request.words) == ["abort", "approve \(Samples.backUp)"])
    let several = await refusal { _ = try await office.desk.withdraw(nil, from: Samples.run) }
    #expect(several?.kind == .refused)
    #expect(several?.message.contains("(abort)") == true)
    let taken = try await office.desk.withdraw(requests[0].request.id, from: Samples.run)
    #expect(taken.run == Samples.run && taken.request == requests[0])
    // The one that is left.
    #expect(try await office.desk.withdraw(nil, from: "one").request == requests[1])
    #expect(try await office.visit().end == .resting(.operator))
    #expect(try await office.openGate() == Samples.backUp)
    #expect(try await !office.events().contains { $0["type"]?.string == "run-aborted" })
  }

  @Test("A request that is asked twice names the first one and the way to take it back")
  func twice() async throws {
    let office = try Office()
    try await office.startAtGate()
    _ = try await office.desk.post(.abort, step: nil, note: nil, to: Samples.run)
    let again = await refusal {
      _ = try await office.desk.post(.abort, step: nil, note: nil, to: Samples.run)
    }
    let id = try await office.desk.look(at: nil).surroundings.requests[0].request.id
    for part in [
      "already", "tester", "waltz withdraw \(Samples.run) \(id)", "waltz resume",
    ] {
      #expect(again?.message.contains(part) == true, "\(part) in \(again?.message ?? "")")
    }
  }

  @Test("A note that was pasted with its command is none", arguments: ["TEXT", "…", "..."])
  func pastedNote(_ note: String) async throws {
    let office = try Office()
    try await office.startAtGate()
    let error = await refusal {
      _ = try await office.desk.post(.approve, step: Samples.backUp, note: note, to: Samples.run)
    }
    #expect(error?.kind == .refused && error?.message.contains("`\(note)`") == true)
    #expect(try await office.desk.store.pendingRequests(of: Samples.run).isEmpty)
  }

  @Test("The clients that a run lost are named after its end, as long as its world is there")
  func orphans() async throws {
    let office = try Office()
    let scenario = try Samples.scenario("premature-swap")
    let outcome = try await office.simulate(
      try Samples.text("plans/quickstart.yaml"), scenario: scenario)
    let figures = try #require(outcome.state.figures)
    let lost = (figures.orphans ?? 0) + (figures.latentOrphans ?? 0)
    try #require(lost > 0)
    let archive = try await office.desk.archive(of: nil)
    let named = try #require(office.desk.orphans(of: archive))
    #expect(named.count == min(lost, 50))
    let latent = named.filter(\.isLatent).count
    #expect(latent <= figures.latentOrphans ?? 0)
    try FileManager.default.removeItem(atPath: "\(office.state)/estates/\(archive.id).log")
    #expect(office.desk.orphans(of: archive) == nil)

    let clean = try Office()
    _ = try await clean.simulate(Samples.oneServer())
    let ended = try await clean.desk.archive(of: nil)
    #expect(clean.desk.orphans(of: ended) == nil)
  }
}
