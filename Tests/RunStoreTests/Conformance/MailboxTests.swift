import RotationEngine
import Testing

@testable import RunStore

@Suite("Every store: the mailbox of a run")
struct MailboxTests {
  let world = TestWorld()

  @Test(
    "Requests arrive whole and in order, from this process and from others",
    arguments: StoreKind.all)
  func arrival(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    #expect(try await journal.requests().isEmpty)
    let word = OperatorWord(by: "berta", note: "done at the console")
    var expected: [OperatorRequest] = []
    for (index, verb) in OperatorRequest.Verb.allCases.enumerated() {
      let poster = index % 2 == 0 ? store : other
      let step = index % 3 == 0 ? nil : "break-replication/berlin+paris"
      let id = try await poster.post(
        verb, step: step, word: word, to: "emea-1", at: world.clock.now)
      expected.append(OperatorRequest(id: id, verb: verb, step: step, word: word))
      #expect(try await journal.requests() == expected)
    }
    #expect(
      try await other.pendingRequests(of: "emea-1")
        == expected.map { PostedRequest($0, postedAt: world.clock.now, isTaken: true) })
  }

  @Test("An append answers requests together with its events, or neither", arguments: StoreKind.all)
  func answering(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    let word = OperatorWord(by: "berta", note: nil)
    let first = try await other.post(
      .pause, step: nil, word: word, to: "emea-1", at: world.clock.now)
    let second = try await other.post(
      .unpause, step: nil, word: word, to: "emea-1", at: world.clock.now)
    #expect(try await journal.requests().map(\.id) == [first, second])
    try await journal.append([encoded(1), encoded(2)], answering: [first])
    #expect(try await journal.requests().map(\.id) == [second])
    #expect(try await other.pendingRequests(of: "emea-1").map(\.request.id) == [second])
    #expect(
      await journalError { try await journal.append([encoded(9)], answering: [second]) } != nil)
    #expect(try await other.pendingRequests(of: "emea-1").map(\.request.id) == [second])
  }

  @Test(
    "An acceptance of orphans arrives with the request that it was given with, and with no other",
    arguments: StoreKind.all)
  func acceptance(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    let words = [false, true, false].map {
      OperatorWord(by: "berta", note: "why", acceptsOrphans: $0)
    }
    for word in words {
      try await other.post(.skip, step: "x", word: word, to: "emea-1", at: world.clock.now)
    }
    #expect(try await journal.requests().map(\.word) == words)
    #expect(try await other.pendingRequests(of: "emea-1").map(\.request.word) == words)
  }

  @Test("A request outlives the executor it was meant for", arguments: StoreKind.all)
  func outlives(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    try await other.post(
      .approve, step: "x", word: OperatorWord(by: "berta", note: nil), to: "emea-1",
      at: world.clock.now)
    try await journal.release()
    #expect(
      try await other.goOn("emea-1", holder: world.holder(2)).requests().map(\.verb) == [.approve])
  }

  @Test("A run does not get another one's requests", arguments: StoreKind.all)
  func separate(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let first = try await store.begin(holder: world.holder())
    let second = try await store.begin(newRun(plan: "b", sites: []), holder: world.holder())
    try await other.post(
      .pause, step: nil, word: OperatorWord(by: "berta", note: nil), to: "b-1", at: world.clock.now)
    #expect(try await first.requests().isEmpty)
    #expect(try await second.requests().count == 1)
  }

  @Test("A finished run takes no requests", arguments: StoreKind.all)
  func finished(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    try await journal.end("run-aborted")
    let error = await stateError {
      try await other.post(
        .pause, step: nil, word: OperatorWord(by: "berta", note: nil), to: "emea-1",
        at: world.clock.now)
    }
    #expect(error?.kind == .ended)
  }

  @Test(
    "Posting while an executor appends without pause loses and delays nothing",
    arguments: StoreKind.all)
  func concurrent(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let (store, other) = (opened.store, opened.other)
    let journal = try await store.begin(holder: world.holder())
    let poster = other
    let now = world.clock.now
    try await withThrowingTaskGroup { group in
      group.addTask {
        for number in 0..<20 {
          try await poster.post(
            .approve, step: "s\(number)", word: OperatorWord(by: "berta", note: nil), to: "emea-1",
            at: now)
        }
      }
      group.addTask {
        var answered = 0
        while answered < 20 {
          let requests = try await journal.requests().map(\.id)
          try await journal.append([encoded(journal.count + 1)], answering: requests)
          answered += requests.count
        }
      }
      try await group.waitForAll()
    }
    #expect(try await poster.pendingRequests(of: "emea-1").isEmpty)
    #expect(
      try await poster.verify("emea-1") == .intact(events: journal.count, head: journal.headHash))
  }
}
