import Foundation
import GRDB
import RotationEngine
import TestSupport
import Testing

@testable import RunStore

@Suite("Opening a state file")
struct OpeningTests {
  let directory: TemporaryDirectory
  let world = TestWorld()

  init() throws { directory = try TemporaryDirectory() }

  @Test("A new directory and its file belong to their owner alone, whatever the umask")
  func modes() throws {
    let nested = directory.path + "/deep/er/.waltz"
    let file = try StateFile(directory: nested, access: .creating)
    _ = try file.start(holder: world.holder())
    #expect(try directory.mode(of: nested) == 0o700)
    #expect(try directory.mode(of: nested + "/state.db") == 0o600)
    #expect(try directory.names(in: nested) == ["heads", "state.db"])
  }

  @Test("The connection is as durable as the documentation says")
  func pragmas() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    let values = try file.queue.inDatabase { database in
      try ["journal_mode", "synchronous", "foreign_keys"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)")
      }
    }
    #expect(values == ["delete", "3", "1"])
    #expect(file.formatVersion == StateFormat.version)
  }

  @Test("Without a file only creating makes one")
  func missing() throws {
    for access in [StateFile.Access.reading, .writing] {
      let error = stateError { _ = try StateFile(directory: directory.state, access: access) }
      #expect(error?.kind == .missing)
      #expect(error?.message.contains("waltz run") == true)
    }
    #expect(!FileManager.default.fileExists(atPath: directory.state))
  }

  @Test("A draft that a crash left is replaced")
  func draft() throws {
    try directory.makeState()
    try Data("half".utf8).write(to: URL(fileURLWithPath: directory.file + ".new"))
    try Data("old".utf8).write(to: URL(fileURLWithPath: directory.file + ".new-journal"))
    let file = try StateFile(directory: directory.state, access: .creating)
    #expect(try file.runs().isEmpty)
    #expect(try directory.names(in: directory.state) == ["state.db"])
  }

  @Test("Another program's database is refused by name and left as it is")
  func foreign() throws {
    try directory.makeState()
    let other = try DatabaseQueue(path: directory.file)
    try other.write { try $0.execute(sql: "CREATE TABLE t (x); PRAGMA application_id = 77") }
    try other.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: directory.file))
    for access in [StateFile.Access.reading, .writing, .creating] {
      let error = stateError { _ = try StateFile(directory: directory.state, access: access) }
      #expect(error?.kind == .foreign)
      #expect(error?.message.contains(directory.file) == true)
      #expect(error?.message.contains("77") == true)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: directory.file)) == before)
  }

  @Test("A directory in place of the file, or a file in place of the directory, is named")
  func wrongKinds() throws {
    try FileManager.default.createDirectory(
      atPath: directory.file, withIntermediateDirectories: true)
    #expect(
      stateError { _ = try StateFile(directory: directory.state, access: .creating) }?.kind
        == .notADatabase)
    let plain = directory.path + "/plain"
    try Data("x".utf8).write(to: URL(fileURLWithPath: plain))
    #expect(
      stateError { _ = try StateFile(directory: plain, access: .creating) }?.kind
        == .permissionDenied)
  }

  @Test("An empty file and random bytes are no state", arguments: 0..<20)
  func garbage(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let count = seed == 0 ? 0 : Int.random(in: 1...9_000, using: &generator)
    let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    try directory.makeState()
    try Data(bytes).write(to: URL(fileURLWithPath: directory.file))
    for access in [StateFile.Access.reading, .creating] {
      let error = stateError { _ = try StateFile(directory: directory.state, access: access) }
      #expect(error?.kind == .notADatabase, "seed \(seed)")
    }
  }

  @Test("A file cut off anywhere is refused or still whole, never used damaged", arguments: 1..<16)
  func truncated(sixteenths: Int) throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    try file.start(holder: world.holder()).append(plain: 200)
    file.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: directory.file))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: directory.file))
    try handle.truncate(atOffset: UInt64(whole.count * sixteenths / 16))
    try handle.close()
    let error = stateError { _ = try StateFile(directory: directory.state, access: .writing) }
    #expect(error?.kind == .corrupt || error?.kind == .notADatabase)
    #expect(error?.message.contains("backup") == true)
  }

  @Test("A newer format is read but not written")
  func newer() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 2)
    file.close()
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase { try $0.execute(sql: "PRAGMA user_version = 9") }
    try raw.close()
    let error = stateError { _ = try StateFile(directory: directory.state, access: .writing) }
    #expect(error?.kind == .newerFormat)
    #expect(error?.message.contains("format 9") == true)
    let reading = try StateFile(directory: directory.state, access: .reading)
    #expect(reading.formatVersion == 9)
    #expect(try reading.runs().map(\.eventCount) == [2])
    #expect(try reading.events(of: "emea-1").count == 2)
  }

  @Test("A column that a newer format took away is explained as such")
  func newerWithoutColumns() throws {
    try StateFile(directory: directory.state, access: .creating).close()
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase {
      try $0.execute(
        sql: "ALTER TABLE heads RENAME COLUMN last_type TO last_kind; PRAGMA user_version = 9")
    }
    try raw.close()
    let reading = try StateFile(directory: directory.state, access: .reading)
    #expect(stateError { _ = try reading.runs() }?.kind == .newerFormat)
  }

  @Test("Reading changes nothing and refuses to write")
  func reading() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    _ = try file.start(holder: world.holder())
    file.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: directory.file))
    let reading = try StateFile(directory: directory.state, access: .reading)
    _ = try reading.runs()
    _ = try reading.verify("emea-1")
    #expect(
      stateError { _ = try reading.createRun(newRun(plan: "b"), holder: world.holder()) }?.kind
        == .readOnly)
    reading.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: directory.file)) == before)
  }

  @Test("A copy is read, but written only when it is adopted")
  func copies() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    try file.start(holder: world.holder()).release()
    #expect(file.standing == .current)
    file.close()
    let copy = try directory.copyState(as: "copy")
    #expect(try StateFile(directory: copy, access: .reading).standing == .copy)
    #expect(
      stateError { _ = try StateFile(directory: copy, access: .writing) }?.kind == .copied)
    let adopted = try StateFile(directory: copy, access: .writing, isToBeAdopted: true)
    _ = try adopted.adopt(OperatorWord(by: "anna", note: nil), at: world.clock.now)
    adopted.close()
    let opened = try StateFile(directory: copy, access: .writing)
    #expect(opened.standing == .current)
    _ = try opened.resume("emea-1", holder: world.holder())
    #expect(try StateFile(directory: directory.state, access: .writing).standing == .current)
  }

  @Test("A directory that was moved is no copy")
  func moved() throws {
    try StateFile(directory: directory.state, access: .creating).close()
    let other = directory.path + "/elsewhere"
    try FileManager.default.moveItem(atPath: directory.state, toPath: other)
    #expect(try StateFile(directory: other, access: .writing).standing == .current)
  }

  @Test("A directory and a file without write permission are named", .enabled(if: geteuid() != 0))
  func permissions() throws {
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(holder: world.holder())
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory.state)
    defer {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o700], ofItemAtPath: directory.state)
    }
    let error = journalError { try journal.append(plain: 1) }
    #expect(error?.kind == .storage)
    #expect(error?.message.contains(directory.file) == true)
    #expect(try StateFile(directory: directory.state, access: .reading).runs().count == 1)
    let inside = directory.state + "/inside"
    #expect(
      stateError { _ = try StateFile(directory: inside, access: .creating) }?.kind
        == .permissionDenied)
  }
}
