import Foundation
import GRDB
import RotationEngine
import TestSupport
import Testing

@testable import RunStore

@Suite("State files after crashes and damage")
struct CrashRecoveryTests {
  let directory: TemporaryDirectory
  let world = TestWorld()

  init() throws { directory = try TemporaryDirectory() }

  @Test("A commit that a crash cut off in the middle of the file is undone at the next opening")
  func hotJournal() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 500)
    let before = try Data(contentsOf: URL(fileURLWithPath: directory.file))

    // A tiny cache makes SQLite write pages into the file long before the commit.
    let raw = try DatabaseQueue(path: directory.file)
    let copy = try raw.inDatabase { database in
      try database.execute(
        sql:
          "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; UPDATE events SET at = 0"
      )
      let copy = try directory.copyState(as: "crashed")
      try database.execute(sql: "ROLLBACK")
      return copy
    }
    #expect(try directory.names(in: copy) == ["heads", "state.db", "state.db-journal"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: copy + "/state.db")) != before)

    let recovered = try StateFile(directory: copy, access: .reading)
    #expect(try recovered.verify("emea-1") == .intact(events: 500, head: journal.headHash))
    #expect(try directory.names(in: copy) == ["heads", "state.db"])
  }

  @Test("Damage anywhere in the file is an error or a finding, never a crash", arguments: 0..<60)
  func damage(seed: UInt64) throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(
      newRun(world: .simulated(Simulation(seed: 1))), holder: world.holder())
    try journal.append(plain: 60)
    try file.post(
      .pause, step: nil, word: OperatorWord(by: "berta", note: nil), to: "emea-1",
      at: world.clock.now)
    file.close()

    var generator = SplitMix64(seed: seed)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: directory.file)))
    for _ in 0..<Int.random(in: 1...200, using: &generator) {
      bytes[Int.random(in: bytes.indices, using: &generator)] =
        UInt8.random(in: .min ... .max, using: &generator)
    }
    // In place, so that the file stays itself and is opened for writing as well.
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: directory.file))
    try handle.write(contentsOf: Data(bytes))
    try handle.close()

    for access in [StateFile.Access.reading, .writing] {
      do {
        let damaged = try StateFile(directory: directory.state, access: access)
        _ = try damaged.runs()
        _ = try damaged.run("emea-1")
        _ = try damaged.events(of: "emea-1")
        _ = try damaged.pendingRequests(of: "emea-1")
        _ = try damaged.verify("emea-1")
        world.clock.advance(61)
        if access == .writing {
          try damaged.resume("emea-1", holder: world.holder(2)).append(plain: 1)
        }
      } catch {
        #expect(error is StateError || error is JournalError, "seed \(seed): \(error)")
      }
    }
  }

  @Test("A value that the schema forbids is damage, not the end of the process")
  func forbiddenValues() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    try file.start(holder: world.holder()).append(plain: 3)
    file.close()
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase { database in
      try database.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_schema SET sql = replace(replace(sql, 'NOT NULL', ''), 'STRICT', '')
            WHERE name IN ('events', 'leases', 'heads');
          """)
    }
    try raw.close()
    let loose = try DatabaseQueue(path: directory.file)
    try loose.inDatabase {
      try $0.execute(sql: "UPDATE events SET type = NULL; UPDATE leases SET pid = 99999999999")
    }
    try loose.close()
    let reading = try StateFile(directory: directory.state, access: .reading)
    #expect(stateError { _ = try reading.events(of: "emea-1") }?.kind == .corrupt)
    #expect(stateError { _ = try reading.runs() }?.kind == .corrupt)
  }

  @Test(
    "The process that keeps a file locked is named, and that it stands still",
    .enabled(
      if: ["/proc/locks", "/usr/bin/python3"].allSatisfy {
        FileManager.default.fileExists(atPath: $0)
      }))
  func holder() async throws {
    try StateFile(directory: directory.state, access: .creating).close()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      "import fcntl, sys, time; f = open(sys.argv[1], 'r+b'); fcntl.lockf(f, fcntl.LOCK_EX); "
        + "print('locked', flush=True); time.sleep(600)", directory.file,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    defer { process.kill() }
    #expect(output.fileHandleForReading.readData(ofLength: 7) == Data("locked\n".utf8))
    let error = stateError {
      _ = try StateFile(directory: directory.state, access: .writing, patience: 3)
    }
    #expect(error?.kind == .locked)
    #expect(
      error?.message.contains("Process \(process.processIdentifier) keeps \(directory.file)")
        == true)
    #expect(error?.message.contains("kill -CONT") == false)
    kill(process.processIdentifier, SIGSTOP)
    let holder = LockHolder(ofFileAt: directory.file)
    #expect(holder?.pid == process.processIdentifier)
    for _ in 0..<100 where LockHolder(ofFileAt: directory.file)?.isStopped == false {
      try await Task.sleep(for: .milliseconds(20))
    }
    let message = StateError.locked(
      directory.file, by: LockHolder(ofFileAt: directory.file)
    ).message
    #expect(message.contains("`kill -CONT \(process.processIdentifier)`"), "\(message)")
  }

  @Test("A page that could not be read is no damage, and nobody is told to restore a backup")
  func failedReads() throws {
    for (answer, isDamage) in [
      ("Tree 5 page 7: unable to get the page. error code=10", false),
      (
        "*** in database main ***\nTree 4 page 9 cell 3: failed to get page 11. error code=266",
        false
      ),
      ("unable to get the page. error code=7", false),
      ("unable to get the page. error code=522", true),
      ("unable to get the page. error code=11", true),
      ("Tree 5 page 7 cell 1: Rowid 3 out of order", true), ("no answer", true),
    ] {
      let error = StateFile.error(ofCheck: answer, path: "x/state.db")
      #expect(error.kind == (isDamage ? .corrupt : .device), "\(answer)")
      #expect(error.message.contains("backup") == isDamage, "\(answer)")
      #expect(error.message.contains("try again") == !isDamage, "\(answer)")
    }
  }

  @Test("A file that another program keeps locked is given up after a while, and named")
  func locked() throws {
    try StateFile(directory: directory.state, access: .creating).close()
    let raw = try DatabaseQueue(path: directory.file)
    let file = try StateFile(directory: directory.state, access: .writing, patience: 3)
    try raw.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      for body: () throws -> Void in [
        { _ = try file.runs() }, { _ = try file.createRun(newRun(), holder: world.holder()) },
        { _ = try StateFile(directory: directory.state, access: .reading, patience: 3) },
      ] {
        let error = stateError(body)
        #expect(error?.kind == .locked)
        #expect(error?.message.contains(directory.file) == true)
      }
      try database.execute(sql: "ROLLBACK")
    }
    #expect(try file.runs().isEmpty)
  }

  @Test("Many processes that make the same state at once share one, and number their runs apart")
  func creation() async throws {
    let state = directory.state
    let names = try await withThrowingTaskGroup { group in
      for _ in 0..<8 {
        group.addTask { [world] in
          let file = try StateFile(directory: state, access: .creating)
          return try file.createRun(newRun(sites: []), holder: world.holder()).run
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(names.sorted() == (1...8).map { "emea-\($0)" })
    #expect(try directory.names(in: state) == ["heads", "state.db"])
  }
}
