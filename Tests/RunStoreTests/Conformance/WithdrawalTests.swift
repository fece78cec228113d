import RotationEngine
import Testing

@testable import RunStore

@Suite("Every store: taking a request back")
struct WithdrawalTests {
  let world = TestWorld()

  private func post(
    _ verb: OperatorRequest.Verb = .approve, in store: any Store, to run: String = "emea-1"
  ) async throws -> Int64 {
    try await store.post(
      verb, step: "x", word: OperatorWord(by: "berta", note: nil), to: run, at: world.clock.now)
  }

  @Test(
    "What was taken back reaches no executor, and what stands beside it does",
    arguments: StoreKind.all)
  func taken(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    try await store.begin(holder: world.holder()).release()
    let first = try await post(in: other)
    world.clock.advance(60)
    let second = try await post(.skip, in: other)
    #expect(
      try await store.pendingRequests(of: "emea-1").map(\.postedAt)
        == [world.clock.now + .seconds(-60), world.clock.now])
    let withdrawn = try await other.withdraw(first, from: "emea-1", by: world.holder(2))
    #expect(withdrawn.request.id == first && withdrawn.request.verb == .approve)
    #expect(try await store.pendingRequests(of: "emea-1").map(\.request.id) == [second])
    let journal = try await store.goOn("emea-1", holder: world.holder(3))
    #expect(try await journal.requests().map(\.id) == [second])
    // What another process takes back while an executor looks elsewhere is not handed over either.
    try await journal.append([encoded(1)], answering: [second])
    #expect(try await journal.requests().isEmpty)
  }

  @Test(
    "Taken back twice, answered before, or never asked: each is said so", arguments: StoreKind.all)
  func closed(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(user: "carla"))
    let answered = try await post(in: other)
    _ = try await journal.requests()
    try await journal.append([encoded(1)], answering: [answered])
    try await journal.release()
    let asked = try await post(in: other)
    try await other.withdraw(asked, from: "emea-1", by: world.holder(2, user: "dora"))

    func error(_ request: Int64, from run: String = "emea-1") async -> StateError? {
      await stateError {
        try await other.withdraw(request, from: run, by: world.holder(2))
      }
    }
    let twice = await error(asked)
    #expect(twice?.kind == .requestClosed)
    #expect(twice?.message.contains("withdrawn already, by dora") == true)
    #expect(await error(answered)?.kind == .requestClosed)
    #expect(await error(answered)?.message.contains("taken up before") == true)
    #expect(await error(99)?.kind == .noSuchRequest)
    try await store.begin(newRun(plan: "b", sites: []), holder: world.holder()).release()
    #expect(await error(asked, from: "b-1")?.kind == .noSuchRequest)
    #expect(await error(asked, from: "no-1")?.kind == .noSuchRun)
  }

  @Test(
    "An executor that took a request up keeps it, until that executor is gone",
    arguments: StoreKind.all)
  func inHand(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(1))
    let request = try await post(.abort, in: other)
    #expect(try await store.pendingRequests(of: "emea-1").map(\.isTaken) == [false])
    #expect(try await journal.requests().map(\.id) == [request])
    #expect(try await store.pendingRequests(of: "emea-1").map(\.isTaken) == [true])
    let refused = await stateError {
      try await other.withdraw(request, from: "emea-1", by: world.holder(2))
    }
    #expect(refused?.kind == .requestClosed)
    #expect(refused?.message.contains("anna on bastion-1, process 1") == true)

    world.processes.kill(world.holder(1).identity)
    try await other.withdraw(request, from: "emea-1", by: world.holder(2))
    #expect(try await store.pendingRequests(of: "emea-1").isEmpty)
    // Should that executor come back all the same, it cannot answer what was taken back.
    #expect(
      await journalError { try await journal.append([encoded(1)], answering: [request]) }?.kind
        == .leaseLost)
    #expect(try await store.goOn("emea-1", holder: world.holder(3)).requests().isEmpty)
  }

  @Test(
    "A request that a dead executor had in hand goes to the next one", arguments: StoreKind.all)
  func handedOn(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder(1))
    let request = try await post(in: other)
    #expect(try await journal.requests().map(\.id) == [request])
    try await journal.release()
    #expect(try await store.pendingRequests(of: "emea-1").map(\.isTaken) == [false])
    let next = try await other.goOn("emea-1", holder: world.holder(2))
    #expect(try await next.requests().map(\.id) == [request])
    #expect(
      await stateError {
        try await store.withdraw(request, from: "emea-1", by: world.holder(3))
      }?.kind == .requestClosed)
  }
}
