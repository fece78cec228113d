import Foundation
import GRDB
import RotationEngine
import TestSupport
import Testing

@testable import RunStore

@Suite("Tampering with a record")
struct TamperTests {
  let directory: TemporaryDirectory

  /// A simulated run of 40 events, released; every column of its rows has a value.
  init() throws {
    directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(
      newRun(world: .simulated(Simulation(seed: 7, scenario: Array("faults".utf8)))),
      holder: TestWorld().holder())
    try journal.append(plain: 39)
    try journal.append([attached()], answering: [])
    try journal.release()
    file.close()
  }

  /// The last event, which refers to an attachment.
  private func attached() -> EncodedEvent {
    let attachment = RotationEngine.Attachment(Array("settings".utf8))
    let plain = encoded(40)
    let reference = "\"attachment\":\"\(attachment.digest)\"}"
    return EncodedEvent(
      sequence: 40, at: plain.at, type: plain.type, step: plain.step, attempt: plain.attempt,
      bytes: Array(plain.bytes.dropLast()) + Array(",\(reference)".utf8), attachments: [attachment])
  }

  /// Changes a copy with the hands of somebody who knows SQLite, then verifies it.
  func verify(after change: (Database) throws -> Void, name: String = "copy") throws -> Verification
  {
    let copy = try directory.copyState(as: name)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let raw = try DatabaseQueue(path: copy + "/state.db", configuration: configuration)
    let run: String = try raw.inDatabase { database in
      try change(database)
      return try String.fetchOne(database, sql: "SELECT id FROM runs") ?? ""
    }
    try raw.close()
    let file = try StateFile(directory: copy, access: .reading)
    defer { file.close() }
    return try file.verify(run)
  }

  @Test("An untouched copy is intact")
  func untouched() throws {
    guard case .intact(let events, _) = try verify(after: { _ in }) else {
      Issue.record("the copy counts as altered")
      return
    }
    #expect(events == 40)
  }

  @Test(
    "A changed value is found, whatever its column",
    arguments: ["runs", "documents", "heads", "events", "run_sites", "attachments"])
  func columns(table: String) throws {
    let file = try DatabaseQueue(path: directory.file)
    let columns = try file.read { try $0.columns(in: table).map(\.name) }
    try file.close()
    #expect(!columns.isEmpty)
    // `held` says who may run now, which is no part of the record.
    for column in columns where column != "held" {
      for value in [
        "CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 1 WHEN 'text' THEN \(column) || 'x' "
          + "ELSE CAST(substr(\(column), 1, length(\(column)) - 1) "
          + "|| iif(substr(\(column), -1) = x'00', x'01', x'00') AS BLOB) END"
      ] {
        let row = "rowid = (SELECT rowid FROM \(table) LIMIT 1 OFFSET 0)"
        let condition =
          switch table {
          case "run_sites": "site = 'paris'"
          case "events": "id = (SELECT max(id) - 20 FROM events)"
          default: row
          }
        let result = try verify(
          after: { database in
            if table == "events", column == "id" {
              try database.execute(sql: "UPDATE events SET id = id + 100 WHERE \(condition)")
            } else {
              try database.execute(
                sql: "UPDATE \(table) SET \(column) = \(value) WHERE \(condition)")
            }
            #expect(database.changesCount == 1)
          }, name: "\(table)-\(column)")
        guard case .altered(let alteration) = result else {
          Issue.record("a change of \(table).\(column) was not found")
          continue
        }
        if table == "events" { #expect(alteration.sequence == 20, "\(column)") }
      }
    }
  }

  @Test("A value that is taken away is found, in columns that may be empty")
  func nulls() throws {
    for (table, column) in [
      ("documents", "seed"), ("documents", "scenario"),
      ("heads", "last_type"), ("heads", "last_at"), ("events", "step"), ("events", "attempt"),
    ] {
      let result = try verify(
        after: { try $0.execute(sql: "UPDATE \(table) SET \(column) = NULL") },
        name: "\(table)-\(column)")
      guard case .altered = result else {
        Issue.record("the lost \(table).\(column) was not found")
        continue
      }
    }
  }

  @Test("A byte of an event that changes is found at that event", arguments: 0..<25)
  func bytes(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let sequence = Int.random(in: 1...40, using: &generator)
    let result = try verify { database in
      let id = StateFormat.key(run: 1, sequence: sequence)
      var bytes = Array(
        try Data.fetchOne(database, sql: "SELECT bytes FROM events WHERE id = ?", arguments: [id])
          ?? Data())
      let place = Int.random(in: bytes.indices, using: &generator)
      bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
      try database.execute(
        sql: "UPDATE events SET bytes = ? WHERE id = ?", arguments: [Data(bytes), id])
    }
    guard case .altered(let alteration) = result else {
      Issue.record("seed \(seed): not found")
      return
    }
    #expect(alteration.sequence == sequence, "seed \(seed)")
  }

  @Test("A row that is taken out is missing at its place", arguments: [1, 2, 20, 39])
  func deleted(sequence: Int) throws {
    let result = try verify {
      try $0.execute(
        sql: "DELETE FROM events WHERE id = ?",
        arguments: [StateFormat.key(run: 1, sequence: sequence)])
    }
    #expect(altered(result) == .missing)
    #expect(place(result) == sequence)
  }

  @Test("A cut tail is found", arguments: [1, 5, 40])
  func tail(count: Int) throws {
    let result = try verify {
      try $0.execute(
        sql: "DELETE FROM events WHERE id > ?",
        arguments: [StateFormat.key(run: 1, sequence: 40 - count)])
    }
    #expect(altered(result) == .truncated)
    #expect(place(result) == 41 - count)
  }

  @Test("Two events that change places are found at the first")
  func order() throws {
    let result = try verify {
      try $0.execute(
        sql: """
          UPDATE events SET id = -1 WHERE id & 0xFFFFFFFF = 10;
          UPDATE events SET id = (1 << 32) + 10 WHERE id = (1 << 32) + 11;
          UPDATE events SET id = (1 << 32) + 11 WHERE id = -1;
          """)
    }
    #expect(altered(result) == .order)
    #expect(place(result) == 10)
  }

  @Test("A row that is put in at the end is found, even with a hash that fits")
  func inserted() throws {
    let result = try verify { database in
      let hash =
        try Data.fetchOne(database, sql: "SELECT hash FROM events ORDER BY id DESC LIMIT 1")
        ?? Data()
      var chain = HashChain(hash: Array(hash))
      let event = encoded(41)
      chain.append(event.bytes)
      try database.execute(
        sql: """
          INSERT INTO events (id, at, type, step, attempt, bytes, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          StateFormat.key(run: 1, sequence: 41), event.at, event.type, event.step, event.attempt,
          Data(event.bytes), Data(chain.hash),
        ])
    }
    #expect(altered(result) == .inserted)
    #expect(place(result) == 41)
  }

  @Test(
    "An event in a place that no event has is found",
    arguments: [0, 1 << 32, (2 << 32) + 1, (99 << 32) + 3, -5, Int64.max] as [Int64])
  func strayEvents(id: Int64) throws {
    let result = try verify {
      try $0.execute(
        sql: """
          INSERT INTO events (id, at, type, step, attempt, bytes, hash)
          SELECT ?, at, type, step, attempt, bytes, hash FROM events ORDER BY id LIMIT 1
          """, arguments: [id])
    }
    #expect(altered(result) == .file)
    #expect(words(result).contains("which no run has"), "\(words(result))")
  }

  @Test(
    "A row that a run has in each of these tables is missed",
    arguments: ["heads", "documents", "leases"])
  func lostRows(table: String) throws {
    let result = try verify { try $0.execute(sql: "DELETE FROM \(table)") }
    #expect(altered(result) == .file)
    #expect(words(result).contains("of run emea-1 in `\(table)` is missing"), "\(words(result))")
  }

  @Test("A run that is gone leaves rows behind that are named")
  func lostRun() throws {
    let result = try verify(after: { try $0.execute(sql: "DELETE FROM runs") })
    #expect(altered(result) == .file)
    #expect(words(result).contains("belongs to no run"))
  }

  @Test(
    "What is not of the format is found",
    arguments: [
      "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
      "CREATE TABLE more (x)", "CREATE VIEW more AS SELECT 1",
      "CREATE INDEX more ON events (at)", "DROP INDEX one_run_a_site",
      "DROP VIEW journal", "ALTER TABLE requests DROP COLUMN taken",
      "ALTER TABLE heads ADD COLUMN more INTEGER",
      "PRAGMA user_version = 5", "PRAGMA user_version = 2",
    ])
  func schema(change: String) throws {
    let result = try verify { try $0.execute(sql: change) }
    #expect(altered(result) == .file)
    #expect(words(result).contains("of format"), "\(words(result))")
  }

  @Test("Statistics that somebody had SQLite gather alter nothing")
  func statistics() throws {
    #expect(try verify { try $0.execute(sql: "ANALYZE; VACUUM") }.isIntact)
  }

  @Test("A site that an unfinished run does not hold is found")
  func held() throws {
    let result = try verify {
      try $0.execute(sql: "UPDATE run_sites SET held = 0 WHERE site = 'paris'")
    }
    #expect(words(result).contains("holds site paris"), "\(words(result))")
  }

  @Test(
    "A value that no row can have is found, also where it is no part of the chain",
    arguments: [
      "UPDATE leases SET pid = -1", "UPDATE leases SET epoch = 0",
      "UPDATE leases SET expires = 9223372036854775807",
      "INSERT INTO requests (run, verb, by, posted) VALUES (1, 'pause', 'x', -9223372036854775807)",
    ])
  func impossible(change: String) throws {
    let result = try verify { try $0.execute(sql: change) }
    #expect(words(result).contains("a value that it cannot have"), "\(words(result))")
  }

  private func words(_ result: Verification) -> String {
    if case .altered(let alteration) = result { alteration.message } else { "nothing was found" }
  }

  @Test("A graph that is exchanged together with nothing else is named")
  func graph() throws {
    let result = try verify { try $0.execute(sql: "UPDATE documents SET graph = x'7b7d'") }
    #expect(altered(result) == .graph)
  }

  private func altered(_ result: Verification) -> Alteration.Kind? {
    if case .altered(let alteration) = result { alteration.kind } else { nil }
  }

  private func place(_ result: Verification) -> Int? {
    if case .altered(let alteration) = result { alteration.sequence } else { nil }
  }
}
