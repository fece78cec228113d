import RotationEngine
import Testing

@testable import RunStore

@Suite("Every store: the journal of a run")
struct JournalTests {
  let world = TestWorld()

  @Test(
    "What was appended is read back, byte for byte, from any place on", arguments: StoreKind.all)
  func roundTrip(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    let events = (1...2_500).map {
      encoded($0, step: $0 % 3 == 0 ? nil : "step/é-\($0)", attempt: $0 % 3 == 0 ? nil : $0)
    }
    try await journal.append(Array(events[..<10]), answering: [])
    try await journal.append(Array(events[10...]), answering: [])
    #expect(try await store.allEvents(of: "emea-1") == events)
    #expect(
      try await store.events(of: "emea-1", from: 1_024, limit: .max) == Array(events[1_023...]))
    #expect(try await store.events(of: "emea-1", from: 7, limit: 3) == Array(events[6..<9]))
    #expect(try await store.events(of: "emea-1", from: 2_501, limit: .max).isEmpty)
    #expect(try await store.verify("emea-1") == .intact(events: 2_500, head: journal.headHash))
  }

  @Test("A hash that was kept tells where the journal was then", arguments: StoreKind.all)
  func keptHash(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    var kept = [journal.headHash]
    for _ in 0..<3 {
      try await journal.append(plain: 2)
      kept.append(journal.headHash)
    }
    for (index, hash) in kept.enumerated() {
      #expect(try await store.position(ofHead: hash.uppercased(), in: "emea-1") == index * 2)
      #expect(try await store.head(of: "emea-1", at: index * 2) == hash)
    }
    #expect(try await store.head(of: "emea-1", at: 7) == nil)
    #expect(try await store.head(of: "emea-1", at: -1) == nil)
    let other = String(repeating: "0", count: 64)
    #expect(try await store.position(ofHead: other, in: "emea-1") == nil)
  }

  @Test("The hash at each event is that of the chain over what was read", arguments: StoreKind.all)
  func hashes(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    var heads = [journal.headHash]
    for _ in 0..<3 {
      try await journal.append(plain: 1)
      heads.append(journal.headHash)
      #expect(try await store.entry(of: "emea-1").headHash == journal.headHash)
    }
    var chain = JournalChain(of: try await store.run("emea-1"))
    #expect(chain.head == heads[0])
    for event in try await store.allEvents(of: "emea-1") {
      chain.append(event)
      #expect(chain.head == heads[event.sequence])
    }
    for (sequence, head) in heads.enumerated() {
      #expect(try await store.head(of: "emea-1", at: sequence) == head)
      #expect(JournalChain(head: head)?.head == head)
    }
    for none in [-1, 4, 1 << 40] {
      #expect(try await store.head(of: "emea-1", at: none) == nil)
    }
    for text in ["", "ab", heads[0] + "0", String(heads[0].dropLast()) + "g"] {
      #expect(JournalChain(head: text) == nil)
    }
  }

  @Test("The engine's own events go through the encoder", arguments: StoreKind.all)
  func engineEvents(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    let event = RunEvent(sequence: 1, at: Instant(milliseconds: 0), kind: .runResumed(by: "anna"))
    try await journal.append([event], answering: [])
    #expect(try await store.allEvents(of: "emea-1") == [encode(event)])
  }

  @Test("Runs of one file do not see each other's events", arguments: StoreKind.all)
  func twoRuns(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let first = try await store.begin(holder: world.holder())
    let second = try await store.begin(
      newRun(plan: "apac", sites: ["tokyo"]), holder: world.holder())
    try await first.append(plain: 3)
    try await second.append(plain: 5)
    try await first.append(plain: 1)
    #expect(try await store.allEvents(of: "emea-1").map(\.sequence) == [1, 2, 3, 4])
    #expect(try await store.allEvents(of: "apac-1").map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(try await store.verify("emea-1") == .intact(events: 4, head: first.headHash))
  }

  @Test(
    "An event that does not follow the last one is refused, and so is all after it",
    arguments: StoreKind.all)
  func continuity(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    try await journal.append(plain: 1)
    #expect(
      await journalError { try await journal.append([encoded(3)], answering: []) }?.kind == .storage
    )
    #expect(
      await journalError { try await journal.append([encoded(2)], answering: []) }?.kind == .storage
    )
    #expect(try await store.allEvents(of: "emea-1").count == 1)
  }

  @Test("A run that has ended takes no more events and is not resumed", arguments: StoreKind.all)
  func ended(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let journal = try await store.begin(holder: world.holder())
    try await journal.end("run-succeeded")
    #expect(await journalError { try await journal.append(plain: 1) }?.kind == .storage)
    let error = await stateError {
      _ = try await store.acquireLease(of: "emea-1", holder: world.holder(101))
    }
    #expect(error?.kind == .ended)
  }
}
