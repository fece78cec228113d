import RotationEngine
import Testing

@testable import RunStore

@Suite("Every store: runs and their names")
struct RunListTests {
  let world = TestWorld()

  /// Makes a run and ends it with `type`; nil leaves it going.
  func make(_ plan: String, ending type: String?, in store: any Store) async throws {
    let journal = try await store.begin(
      newRun(plan: plan, sites: [plan]), holder: world.holder())
    if let type { try await journal.end(type) }
  }

  @Test("Runs count up per plan and are listed with the newest first", arguments: StoreKind.all)
  func names(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    try await make("emea", ending: "run-succeeded", in: store)
    try await make("apac", ending: "run-aborted", in: store)
    try await make("emea", ending: "run-failed", in: store)
    try await make("emea-2", ending: nil, in: store)
    let runs = try await store.runs()
    #expect(runs.map(\.id) == ["emea-2-1", "emea-2", "apac-1", "emea-1"])
    #expect(runs.map(\.standing) == [.unfinished, .failed, .aborted, .succeeded])
    #expect(runs.map(\.eventCount) == [0, 1, 1, 1])
    #expect(runs[3].lastAt == Instant(milliseconds: 1_750_000_001_000))
    #expect(runs[0].lastType == nil)
  }

  @Test("A run keeps all it was made from", arguments: StoreKind.all)
  func record(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    var new = newRun(
      sites: ["b", "a", "é", "a"],
      world: .simulated(Simulation(seed: -3, scenario: Array("x: y\n".utf8))))
    new.graph = Array(new.graph) + [0x0A]
    let lease = try await store.createRun(new, holder: world.holder())
    let record = try await store.run(lease.run)
    new.sites = ["a", "b", "é"]
    #expect(record.contents == new)
    #expect(record.createdAt == world.clock.now)
    #expect(record.lineage.utf8.count == 32)
    let real = try await store.createRun(newRun(plan: "real"), holder: world.holder())
    #expect(try await store.run(real.run).contents.world == .real())
    for (number, kept) in [
      RecordedWorld.real(admitting: ["/srv/keys", "/mnt/a b\nc"]), .lab(folder: "/srv/lab"),
      .lab(folder: "/srv/lab", admitting: ["/srv/keys"]), .simulated(Simulation(seed: 0)),
    ].enumerated() {
      let lease = try await store.createRun(
        newRun(plan: "kept-\(number)", sites: ["site-\(number)"], world: kept),
        holder: world.holder())
      #expect(try await store.run(lease.run).contents.world == kept)
    }
    #expect(try await store.run(real.run).lineage != record.lineage)
  }

  @Test(
    "A run is found by its id, by the beginning of one, and without a name",
    arguments: StoreKind.all)
  func resolving(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    #expect(await stateError { _ = try await store.resolve(nil) }?.kind == .noSuchRun)
    try await make("emea", ending: "run-succeeded", in: store)
    #expect(try await store.resolve(nil) == "emea-1")
    try await make("emea", ending: "run-failed", in: store)
    #expect(try await store.resolve(nil) == "emea-2")
    try await make("emea-1", ending: nil, in: store)
    #expect(try await store.resolve("emea-1") == "emea-1")
    #expect(try await store.resolve("emea-1-") == "emea-1-1")
    let ambiguous = await stateError { _ = try await store.resolve(nil) }
    #expect(ambiguous?.kind == .ambiguousRun)
    #expect(ambiguous?.message.contains("emea-1-1 (not started), emea-2 (failed)") == true)
    #expect(
      await stateError { _ = try await store.resolve("emea") }?.kind == .ambiguousRun)
    #expect(
      await stateError { _ = try await store.resolve("apac") }?.kind == .noSuchRun)
    #expect(await stateError { _ = try await store.resolve("") }?.kind == .noSuchRun)
  }

  @Test("A run that is not there is named wherever it is asked for", arguments: StoreKind.all)
  func unknown(_ kind: StoreKind) async throws {
    let opened = try kind.open()
    defer { opened.end() }
    let store = opened.store
    let word = OperatorWord(by: "anna", note: nil)
    for body: () async throws -> Void in [
      { _ = try await store.run("x-1") }, { _ = try await store.entry(of: "x-1") },
      { _ = try await store.allEvents(of: "x-1") }, { _ = try await store.verify("x-1") },
      { _ = try await store.acquireLease(of: "x-1", holder: world.holder()) },
      { _ = try await store.post(.pause, step: nil, word: word, to: "x-1", at: world.clock.now) },
    ] {
      let error = await stateError(of: body)
      #expect(error?.kind == .noSuchRun)
      #expect(error?.message.contains("x-1") == true)
    }
  }
}
