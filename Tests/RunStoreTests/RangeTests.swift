import Foundation
import GRDB
import RotationEngine
import Testing

@testable import RunStore

@Suite("Numbers in a state file")
struct RangeTests {
  let directory: TemporaryDirectory
  let world = TestWorld()

  /// Two runs with events, leases and requests.
  init() throws {
    directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    for plan in ["emea", "apac"] {
      let journal = try file.start(
        newRun(plan: plan, sites: [plan], world: .simulated(Simulation(seed: 7))),
        holder: world.holder())
      try journal.append(plain: 3)
      try file.post(
        .pause, step: nil, word: OperatorWord(by: "anna", note: nil), to: journal.run,
        at: world.clock.now)
      let mistake = try file.post(
        .abort, step: nil, word: OperatorWord(by: "anna", note: nil), to: journal.run,
        at: world.clock.now)
      try file.withdraw(mistake, from: journal.run, by: world.holder())
    }
    file.close()
  }

  /// Reads and writes everything; what cannot be is an error, and no error but ours.
  private func useEverything(_ comment: Comment) {
    func attempt(_ body: () throws -> Void) {
      do {
        try body()
      } catch let error {
        #expect(error is StateError || error is JournalError, comment)
      }
    }
    for access in [StateFile.Access.reading, .writing] {
      attempt {
        let file = try StateFile(directory: directory.state, access: access)
        defer { file.close() }
        attempt { _ = try file.runs() }
        for run in ["emea-1", "apac-1"] {
          attempt { _ = try file.run(run) }
          attempt { _ = try file.entry(of: run).lease.map { "\($0)" } }
          attempt { _ = try file.events(of: run).map { Instant(milliseconds: $0.at).description } }
          attempt { for request in try file.pendingRequests(of: run) { _ = "\(request.postedAt)" } }
          attempt { _ = try file.verify(run) }
          guard access == .writing else { continue }
          attempt { _ = try file.withdraw(1, from: run, by: world.holder(7)) }
          attempt { _ = try file.withdraw(2, from: run, by: world.holder(7)) }
          attempt { try file.resume(run, holder: world.holder(8)).append(plain: 1) }
        }
        if access == .writing {
          attempt {
            _ = try file.createRun(newRun(plan: "emea", sites: ["x"]), holder: world.holder())
          }
        }
      }
    }
  }

  @Test(
    "No number in any column stops the process",
    arguments: ["runs", "documents", "heads", "events", "leases", "run_sites", "requests", "state"])
  func columns(table: String) throws {
    let raw = try DatabaseQueue(path: directory.file)
    let columns = try raw.read { try $0.columns(in: table) }.filter { $0.type == "INTEGER" }
      .map(\.name)
    try raw.close()
    #expect(!columns.isEmpty)
    let row = table == "run_sites" ? "site" : "rowid"
    let original = try Data(contentsOf: URL(filePath: directory.file))
    for column in columns {
      for value in [Int64.min, -1, 1 << 32, .max] {
        let handle = try FileHandle(forWritingTo: URL(filePath: directory.file))
        try handle.write(contentsOf: original)
        try handle.truncate(atOffset: UInt64(original.count))
        try handle.close()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let raw = try DatabaseQueue(path: directory.file, configuration: configuration)
        // The value may be one that the schema does not take, as a bit that flips does not ask.
        try raw.inDatabase { database in
          try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
          try database.execute(
            sql: """
              UPDATE \(table) SET \(column) = ? WHERE \(row) = (SELECT max(\(row)) FROM \(table))
              """, arguments: [value])
        }
        try raw.close()
        useEverything("\(table).\(column) = \(value)")
      }
    }
  }

  @Test("A format that no file has is damage", arguments: [Int32.min, -1, 0])
  func formats(version: Int32) throws {
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase { try $0.execute(sql: "PRAGMA user_version = \(version)") }
    try raw.close()
    for access in [StateFile.Access.reading, .writing, .creating] {
      let error = stateError { _ = try StateFile(directory: directory.state, access: access) }
      #expect(error?.kind == .corrupt)
      #expect(error?.message.contains("the format \(version)") == true)
    }
  }

  @Test("No event has a number that the key has no room for")
  func sequences() throws {
    let file = try StateFile(directory: directory.state, access: .reading)
    for first in [4, 0xFFFF_FFFF, 1 << 32, (1 << 32) + 1, 1 << 33, .max] {
      #expect(try file.events(of: "emea-1", from: first).isEmpty, "\(first)")
    }
    for first in [1, 0, -1, .min] {
      #expect(try file.events(of: "emea-1", from: first).map(\.sequence) == [1, 2, 3])
    }
  }
}
