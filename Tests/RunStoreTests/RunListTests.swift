import RotationEngine
import Testing

@testable import RunStore

@Suite("Runs and their names")
struct RunListTests {
  let directory: TemporaryDirectory
  let file: StateFile
  let world = TestWorld()

  init() throws {
    directory = try TemporaryDirectory()
    file = try StateFile(directory: directory.state, access: .creating)
  }

  /// Makes a run and ends it with `type`; nil leaves it going.
  func make(_ plan: String, ending type: String?) throws {
    let journal = try file.start(newRun(plan: plan, sites: [plan]), holder: world.holder())
    if let type {
      try journal.append([encoded(1, type: type, step: nil, attempt: nil)], answering: [])
    }
  }

  @Test("Runs count up per plan and are listed with the newest first")
  func names() throws {
    try make("emea", ending: "run-succeeded")
    try make("apac", ending: "run-aborted")
    try make("emea", ending: "run-failed")
    try make("emea-2", ending: nil)
    let runs = try file.runs()
    #expect(runs.map(\.id) == ["emea-2-1", "emea-2", "apac-1", "emea-1"])
    #expect(runs.map(\.standing) == [.unfinished, .failed, .aborted, .succeeded])
    #expect(runs.map(\.eventCount) == [0, 1, 1, 1])
    #expect(runs[3].lastAt == Instant(milliseconds: 1_750_000_001_000))
    #expect(runs[0].lastType == nil)
  }

  @Test("A run keeps all it was made from")
  func record() throws {
    var new = newRun(
      sites: ["b", "a", "é", "a"],
      world: .simulated(Simulation(seed: -3, scenario: Array("x: y\n".utf8))))
    new.graph = Array(new.graph) + [0x0A]
    let lease = try file.createRun(new, holder: world.holder())
    let record = try file.run(lease.run)
    new.sites = ["a", "b", "é"]
    #expect(record.contents == new)
    #expect(record.createdAt == world.clock.now)
    #expect(record.lineage.utf8.count == 32)
    let real = try file.createRun(newRun(plan: "real"), holder: world.holder())
    #expect(try file.run(real.run).contents.world == .real)
    #expect(try file.run(real.run).lineage != record.lineage)
  }

  @Test("A run is found by its id, by the beginning of one, and without a name")
  func resolving() throws {
    #expect(stateError { _ = try file.resolve(nil, scope: .any) }?.kind == .noSuchRun)
    try make("emea", ending: "run-succeeded")
    #expect(try file.resolve(nil, scope: .any) == "emea-1")
    let nothing = stateError { _ = try file.resolve(nil, scope: .unfinished) }
    #expect(nothing?.kind == .noSuchRun)
    #expect(nothing?.message.contains("emea-1") == true)
    try make("emea", ending: "run-failed")
    #expect(try file.resolve(nil, scope: .unfinished) == "emea-2")
    try make("emea-1", ending: nil)
    #expect(try file.resolve("emea-1", scope: .any) == "emea-1")
    #expect(try file.resolve("emea-1-", scope: .any) == "emea-1-1")
    let ambiguous = stateError { _ = try file.resolve(nil, scope: .any) }
    #expect(ambiguous?.kind == .ambiguousRun)
    #expect(ambiguous?.message.contains("emea-1-1 (not started), emea-2 (run-failed)") == true)
    #expect(stateError { _ = try file.resolve("emea", scope: .any) }?.kind == .ambiguousRun)
    #expect(stateError { _ = try file.resolve("apac", scope: .any) }?.kind == .noSuchRun)
    #expect(stateError { _ = try file.resolve("", scope: .any) }?.kind == .noSuchRun)
  }

  @Test("A run that is not there is named wherever it is asked for")
  func unknown() throws {
    let word = OperatorWord(by: "anna", note: nil)
    for body: () throws -> Void in [
      { _ = try file.run("x-1") }, { _ = try file.summary(of: "x-1") },
      { _ = try file.events(of: "x-1") }, { _ = try file.verify("x-1") },
      { _ = try file.acquireLease(of: "x-1", holder: world.holder()) },
      { _ = try file.post(.pause, step: nil, word: word, to: "x-1", at: world.clock.now) },
    ] {
      let error = stateError(body)
      #expect(error?.kind == .noSuchRun)
      #expect(error?.message.contains("x-1") == true)
    }
  }
}
