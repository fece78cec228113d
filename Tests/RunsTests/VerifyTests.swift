import Foundation
import GRDB
import RotationEngine
import RunStore
import Testing

@testable import Runs

@Suite("What verify says of a run and its world")
struct VerifyTests {
  /// A run at its end, and the lines of its estate's log.
  private func finished() async throws -> (office: Office, log: String, lines: [String]) {
    let office = try Office()
    let outcome = try await office.simulate(Samples.oneServer())
    try #require(outcome.end == .succeeded)
    let log = "\(office.state)/estates/\(Samples.run).log"
    let text = String(decoding: try Data(contentsOf: URL(filePath: log)), as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    try #require(lines.count > 5)
    return (office, log, lines)
  }

  private func write(_ lines: [String], to log: String) throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: log))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: log)
  }

  /// Expects that the world of the only run counts as altered.
  private func expectAltered(
    _ office: Office, _ words: String, _ comment: Comment? = nil
  ) async throws {
    guard case .altered(let alteration) = try await office.desk.verify(nil).found else {
      Issue.record("Nothing was found. \(comment?.description ?? "")")
      return
    }
    #expect(alteration.kind == .world, comment)
    #expect(alteration.message.contains(words), "\(alteration.message)")
  }

  @Test("A log that nobody touched is intact, and so is one that is being written")
  func intact() async throws {
    let (office, log, lines) = try await finished()
    try await office.expectIntact()
    try write(lines + ["{\"at\":\"20"], to: log)
    let handle = try FileHandle(forWritingTo: URL(filePath: log))
    try handle.truncate(atOffset: try handle.seekToEnd() - 1)
    try await office.expectIntact()
  }

  @Test("A log that was cut, emptied or taken away is found")
  func lost() async throws {
    let (office, log, lines) = try await finished()
    try write(Array(lines.dropLast()), to: log)
    try await expectAltered(office, "does not have what `")
    try write(Array(lines.prefix(3)) + lines.dropFirst(4), to: log)
    try await expectAltered(office, "does not have what `")
    try write([lines[0]], to: log)
    try await expectAltered(office, "is empty")
    try FileManager.default.removeItem(atPath: log)
    try await expectAltered(office, "is missing")
  }

  @Test("A line that is no entry, or a header of another world, is found")
  func damaged() async throws {
    let (office, log, lines) = try await finished()
    var changed = lines
    changed[2] = "not an entry"
    try write(changed, to: log)
    try await expectAltered(office, "Line 3 of the estate's log is damaged")
    changed = lines
    changed[0] = changed[0].replacing("\"seed\":0", with: "\"seed\":1")
    try write(changed, to: log)
    try await expectAltered(office, "was written for the seed 1, not 0")
  }

  @Test("An effect that no event announced is found")
  func unintended() async throws {
    let (office, log, lines) = try await finished()
    let last = try #require(lines.last)
    for (what, line) in [
      ("another attempt", last.replacing("\"attempt\":1,", with: "\"attempt\":7,")),
      (
        "another effect",
        last.replacing(/"effect":"[^"]*"/, with: "\"effect\":\"restart-services\"")
      ),
      ("another target", last.replacing(/"target":"[^"]*"/, with: "\"target\":\"rome\"")),
      ("another step", last.replacing(/"step":"[^"]*"/, with: "\"step\":\"x\"")),
    ] {
      try #require(line != last, "\(what)")
      try write(lines + [line], to: log)
      try await expectAltered(office, "which no event announced", "\(what)")
    }
    let early = last.replacing(/"at":"[^"]*"/, with: "\"at\":\"2020-01-01T00:00:00.000Z\"")
    try write([lines[0], early] + lines.dropFirst(), to: log)
    try await expectAltered(office, "which no event announced")
    try write(lines + [early], to: log)
    try await expectAltered(office, "before the line above it")
  }

  @Test("A log that cannot be read is no altered one")
  func unreadable() async throws {
    let (office, log, _) = try await finished()
    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: false)
    await #expect(throws: (any Error).self) { try await office.desk.verify(nil) }
  }

  @Test("A run of which a part was taken away is said to be altered, by name and without")
  func lostRows() async throws {
    for table in ["heads", "documents", "leases"] {
      let (office, _, _) = try await finished()
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let raw = try DatabaseQueue(
        path: "\(office.state)/state.db", configuration: configuration)
      try await raw.write { try $0.execute(sql: "DELETE FROM \(table)") }
      try raw.close()
      for name in [nil, Samples.run] as [String?] {
        let (_, found) = try await office.desk.verify(name)
        #expect(
          found.words.contains("of run \(Samples.run) in `\(table)` is missing"), "\(found.words)")
      }
    }
  }
}
