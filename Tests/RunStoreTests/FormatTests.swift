import Foundation
import GRDB
import RotationEngine
import Testing

@testable import RunStore

@Suite("State files of older formats")
struct FormatTests {
  /// A directory with the state file of a simulated run that an older version made.
  private func old(_ name: String) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Files/\(name).db").path
    try directory.makeState()
    try FileManager.default.copyItem(atPath: file, toPath: directory.file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory.file)
    return directory
  }

  @Test("A file of format 1 is read and verified as it stands")
  func readOld() throws {
    let directory = try old("format-1")
    let before = try Data(contentsOf: URL(filePath: directory.file))
    let file = try StateFile(directory: directory.state, access: .reading)
    #expect(file.formatVersion == 1)
    #expect(try file.runs().map(\.world) == ["simulated"])
    let record = try file.run("one-server-1")
    guard case .simulated(let simulation) = record.contents.world else {
      Issue.record("The run is \(record.contents.world).")
      return
    }
    #expect(simulation.seed == 3 && simulation.scenario?.isEmpty == false)
    let count = try file.events(of: "one-server-1").count
    guard case .intact(count, _) = try file.verify("one-server-1") else {
      Issue.record("The run does not verify.")
      return
    }
    #expect(try Data(contentsOf: URL(filePath: directory.file)) == before)
  }

  @Test("A flag that no run of format 1 has is found", arguments: ["", "not JSON", "[1]"])
  func flags(value: String) throws {
    let directory = try old("format-1")
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase {
      try $0.execute(sql: "UPDATE documents SET flags = ?", arguments: [value])
    }
    try raw.close()
    let file = try StateFile(directory: directory.state, access: .reading)
    #expect(try file.verify("one-server-1").words.contains("flags"))
  }

  @Test("A file of format 1 is migrated when it is opened to be written, and verifies as before")
  func migrated() throws {
    let directory = try old("format-1")
    let verified = try StateFile(directory: directory.state, access: .reading)
      .verify("one-server-1")
    let file = try StateFile(directory: directory.state, access: .writing, isToBeAdopted: true)
    #expect(file.formatVersion == StateFormat.version)
    #expect(
      try file.queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        == StateFormat.version)
    #expect(try file.verify("one-server-1") == verified)
    _ = try file.adopt(OperatorWord(by: "anna", note: nil), at: TestWorld().clock.now)
    file.close()
    let again = try StateFile(directory: directory.state, access: .writing)
    #expect(again.formatVersion == StateFormat.version)
    #expect(try again.run("one-server-1").formatVersion == 1)
    // A run of this version beside it.
    let journal = try again.start(
      newRun(world: .simulated(Simulation(seed: 1))), holder: TestWorld().holder())
    try journal.append(plain: 2)
    #expect(try again.verify("emea-1") == .intact(events: 2, head: journal.headHash))
    #expect(try again.verify("one-server-1") == verified)
  }

  @Test("Requests of a file from before there was an acceptance accept nothing")
  func requestsBeforeAcceptances() throws {
    let directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    let journal = try file.start(holder: TestWorld().holder())
    let now = TestWorld().clock.now
    let word = OperatorWord(by: "berta", note: "why")
    try file.post(.skip, step: "x", word: word, to: "emea-1", at: now)
    try journal.release()
    file.close()
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase {
      try $0.execute(
        sql: """
          ALTER TABLE requests DROP COLUMN accepts_orphans; \(withoutWithdrawals)
          PRAGMA user_version = 3
          """)
    }
    try raw.close()

    let reading = try StateFile(directory: directory.state, access: .reading)
    #expect(reading.formatVersion == 3)
    #expect(try reading.pendingRequests(of: "emea-1").map(\.request.word) == [word])
    reading.close()
    let migrated = try StateFile(directory: directory.state, access: .writing)
    let accepting = OperatorWord(by: "ada", note: "all gone", acceptsOrphans: true)
    try migrated.post(.skip, step: "y", word: accepting, to: "emea-1", at: now)
    #expect(try migrated.pendingRequests(of: "emea-1").map(\.request.word) == [word, accepting])
    #expect(migrated.formatVersion == StateFormat.version)
  }

  /// Takes a file back to before format 5.
  private let withoutWithdrawals = """
    DROP TABLE ledgers;
    ALTER TABLE leases DROP COLUMN expires_uptime;
    ALTER TABLE requests DROP COLUMN taken; ALTER TABLE requests DROP COLUMN withdrawn;
    ALTER TABLE requests DROP COLUMN withdrawn_by;
    """

  @Test("Requests of a file from before they could be withdrawn wait, and can be withdrawn since")
  func requestsBeforeWithdrawals() throws {
    let directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    let world = TestWorld()
    let journal = try file.start(holder: world.holder())
    let word = OperatorWord(by: "berta", note: "why")
    let request = try file.post(.skip, step: "x", word: word, to: "emea-1", at: world.clock.now)
    try journal.release()
    file.close()
    let raw = try DatabaseQueue(path: directory.file)
    try raw.inDatabase {
      try $0.execute(sql: "\(withoutWithdrawals) PRAGMA user_version = 4")
    }
    try raw.close()

    let reading = try StateFile(directory: directory.state, access: .reading)
    #expect(reading.formatVersion == 4)
    let waiting = try reading.pendingRequests(of: "emea-1")
    #expect(waiting.map(\.request.id) == [request])
    #expect(waiting.map(\.postedAt) == [world.clock.now] && !waiting[0].isTaken)
    reading.close()
    let migrated = try StateFile(directory: directory.state, access: .writing)
    #expect(migrated.formatVersion == StateFormat.version)
    #expect(try migrated.withdraw(request, from: "emea-1", by: world.holder()) == waiting[0])
    #expect(try migrated.pendingRequests(of: "emea-1").isEmpty)
  }

  @Test("The kind of a run's world is a fact that its chain covers")
  func worldIsCovered() throws {
    let directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    _ = try file.start(newRun(), holder: TestWorld().holder())
    try file.queue.inDatabase {
      try $0.execute(
        sql: """
          UPDATE runs SET world = 'lab', simulated = 1; UPDATE run_sites SET simulated = 1
          """)
    }
    guard case .altered(let alteration) = try file.verify("emea-1") else {
      Issue.record("Nobody noticed.")
      return
    }
    #expect(alteration.kind == .header)
  }
}
