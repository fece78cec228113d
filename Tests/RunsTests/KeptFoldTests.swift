import CanonicalJSON
import Foundation
import GRDB
import RotationEngine
import RunStore
import Testing

@testable import Runs

@Suite("Folds that are kept beside the state")
struct KeptFoldTests {
  private func file(_ office: Office) -> String { "\(office.state)/folds/\(Samples.run).fold" }

  private func bytes(_ office: Office) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: file(office))))
  }

  private func write(_ bytes: [UInt8], _ office: Office) throws {
    try Data(bytes).write(to: URL(filePath: file(office)))
  }

  /// The same file with another state, as if it were one that was kept.
  private func forge(_ office: Office, _ old: String, _ new: String) throws {
    let text = String(decoding: try bytes(office), as: UTF8.self)
    let end = try #require(text.lastIndex(of: "\n"))
    let body = String(text[...end]).replacing(old, with: new)
    try #require(body + text[text.index(after: end)...] != text)
    try write(Array(body.utf8) + Array(Attachment.digest(of: Array(body.utf8)).utf8), office)
  }

  /// Makes an event unreadable, so that whoever folds it cannot go on.
  private func spoil(_ event: Int, _ office: Office) throws {
    let database = try DatabaseQueue(path: "\(office.state)/state.db")
    try database.write {
      try $0.execute(
        sql: "UPDATE events SET bytes = x'7b7d' WHERE id & 0xFFFFFFFF = ?", arguments: [event])
    }
    try database.close()
  }

  @Test("Who looks begins with what was kept, and reads no event before it")
  func quick() async throws {
    let office = try Office()
    try await office.startAtGate()
    let seen = try await office.desk.look(at: nil).archive
    let listed = try #require(try await office.desk.list().first)
    try spoil(2, office)
    let archive = try await office.desk.look(at: nil).archive
    #expect(archive.head == seen.head && archive.state.gates == seen.state.gates)
    #expect(try await office.desk.list().first?.gist == listed.gist)
    #expect(await refusal { _ = try await RunArchive(Samples.run, in: office.desk.store) } != nil)
    #expect(await refusal { _ = try await office.desk.resume(nil) }?.kind == .unreadable)
    guard case .altered(let alteration) = try await office.desk.verify(nil).found else {
      Issue.record("nothing was found")
      return
    }
    #expect(alteration.kind == .event && alteration.sequence == 2)
  }

  @Test("A list says of a run what a look at it says")
  func lists() async throws {
    let office = try Office()
    try await office.startAtGate()
    for isKept in [true, false] {
      if !isKept { try FileManager.default.removeItem(atPath: "\(office.state)/folds") }
      let listed = try #require(try await office.desk.list().first)
      let state = try await RunArchive(Samples.run, in: office.desk.store).state
      #expect(listed.gist == RunGist(state, at: try #require(state.lastAt)))
      #expect(listed.executor == .none && listed.entry.id == Samples.run)
    }
  }

  @Test("A file that was cut or changed anywhere is not taken")
  func damaged() async throws {
    let office = try Office()
    try await office.startAtGate()
    let whole = try bytes(office)
    #expect(office.desk.folds.fold(of: Samples.run) != nil)
    for length in stride(from: 0, to: whole.count, by: 211) {
      try write(Array(whole[..<length]), office)
      #expect(office.desk.folds.fold(of: Samples.run) == nil, "cut at \(length)")
    }
    for place in stride(from: 0, to: whole.count, by: 97) {
      var changed = whole
      changed[place] ^= 1
      try write(changed, office)
      #expect(office.desk.folds.fold(of: Samples.run) == nil, "changed at \(place)")
    }
    #expect(try await office.desk.look(at: nil).archive.state.gates.count == 1)
    try await office.expectIntact()
  }

  @Test("A fold of another journal is not taken")
  func another() async throws {
    let (office, other) = (try Office(), try Office())
    try await office.startAtGate()
    let expected = try await office.desk.look(at: nil).archive.head
    _ = try await other.simulate(Samples.oneServer())
    try write(try bytes(other), office)
    let archive = try await office.desk.look(at: nil).archive
    #expect(archive.head == expected && archive.state.status == .resting(.operator))
    #expect(try await office.desk.list().first?.gist.status == .resting(.operator))
    try await office.expectIntact()
  }

  @Test("A forged fold moves no executor, and verify names it")
  func forged() async throws {
    let office = try Office()
    try await office.startAtGate()
    try forge(office, "\"phase\":\"gate-open\"", "\"phase\":\"succeeded\"")
    guard case .altered(let alteration) = try await office.desk.verify(nil).found else {
      Issue.record("nothing was found")
      return
    }
    #expect(alteration.kind == .fold && alteration.message.contains("folds/"))
    guard case .stay(let stay) = try await office.desk.resume(nil) else {
      Issue.record("the run did not go on")
      return
    }
    #expect(stay.archive.state.gates.count == 1)
    #expect(try await stay.drive(until: .waiting).end == .resting(.operator))
    // The executor left one of its own.
    try await office.expectIntact()
  }

  @Test("Where nothing can be kept, nothing is missed")
  func closed() async throws {
    let office = try Office()
    try FileManager.default.createDirectory(
      atPath: office.state, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: "\(office.state)/folds"))
    try await office.startAtGate()
    #expect(try await office.desk.list().first?.gist.status == .resting(.operator))
    try await office.expectIntact()
  }

  @Test("A watch reads each event once, and comes to what the journal comes to")
  func watch() async throws {
    let office = try Office()
    try await office.startAtGate()
    var watch = try await RunWatch(nil, at: office.desk)
    var seen = watch.sight.archive.state.lastSequence
    for _ in 0..<3 {
      if let step = try await office.openGate() {
        _ = try await office.desk.post(.approve, step: step, note: nil, to: Samples.run)
        try await watch.look()
        #expect(watch.sight.surroundings.requests.count == 1)
        _ = try await office.visit()
      }
      var told: [Int] = []
      try await watch.look { event, _ in told.append(event.sequence) }
      let archive = try await RunArchive(Samples.run, in: office.desk.store)
      #expect(told == Array(seen + 1..<archive.state.lastSequence + 1))
      #expect(watch.sight.archive.head == archive.head)
      #expect(watch.sight.archive.state.counts == archive.state.counts)
      seen = archive.state.lastSequence
    }
    let last = try await watch.lastEvents(5)
    #expect(last.map(\.sequence) == Array(seen - 4...seen))
  }
}
