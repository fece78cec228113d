import GRDB
import RotationEngine
import Testing

@testable import RunStore

@Suite("The journal of a run")
struct JournalTests {
  let directory: TemporaryDirectory
  let file: StateFile
  let world = TestWorld()

  init() throws {
    directory = try TemporaryDirectory()
    file = try StateFile(directory: directory.state, access: .creating)
  }

  @Test("What was appended is read back, byte for byte, from any place on")
  func roundTrip() throws {
    let journal = try file.start(holder: world.holder())
    let events = (1...2_500).map {
      encoded($0, step: $0 % 3 == 0 ? nil : "step/é-\($0)", attempt: $0 % 3 == 0 ? nil : $0)
    }
    try journal.append(Array(events[..<10]), answering: [])
    try journal.append(Array(events[10...]), answering: [])
    #expect(try file.events(of: journal.run) == events)
    #expect(try file.events(of: journal.run, from: 1_024) == Array(events[1_023...]))
    #expect(try file.events(of: journal.run, from: 7, limit: 3) == Array(events[6..<9]))
    #expect(try file.events(of: journal.run, from: 2_501).isEmpty)
    #expect(try file.verify(journal.run) == .intact(events: 2_500, head: journal.headHash))
  }

  @Test("The engine's own events go through the encoder")
  func engineEvents() throws {
    let journal = try file.start(holder: world.holder())
    let event = RunEvent(sequence: 1, at: Instant(milliseconds: 0), kind: .runResumed(by: "anna"))
    try journal.append([event], answering: [])
    #expect(try file.events(of: journal.run) == [encode(event)])
  }

  @Test("Runs of one file do not see each other's events")
  func twoRuns() throws {
    let first = try file.start(holder: world.holder())
    let second = try file.start(newRun(plan: "apac", sites: ["tokyo"]), holder: world.holder())
    try first.append(plain: 3)
    try second.append(plain: 5)
    try first.append(plain: 1)
    #expect(try file.events(of: "emea-1").map(\.sequence) == [1, 2, 3, 4])
    #expect(try file.events(of: "apac-1").map(\.sequence) == [1, 2, 3, 4, 5])
    #expect(try file.verify("emea-1") == .intact(events: 4, head: first.headHash))
  }

  @Test("A run that is opened again goes on where it stopped")
  func goesOn() throws {
    let first = try file.start(holder: world.holder())
    try first.append(plain: 3)
    try first.release()
    #expect(journalError { try first.append(plain: 1) }?.kind == .leaseLost)
    let again = try StateFile(directory: directory.state, access: .writing)
    let second = try again.resume("emea-1", holder: world.holder(101))
    #expect(second.count == 3)
    try second.append(plain: 2)
    #expect(try file.verify("emea-1") == .intact(events: 5, head: second.headHash))
  }

  @Test("An event that does not follow the last one is refused, and so is all after it")
  func continuity() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 1)
    #expect(journalError { try journal.append([encoded(3)], answering: []) }?.kind == .storage)
    #expect(journalError { try journal.append([encoded(2)], answering: []) }?.kind == .storage)
    #expect(try file.events(of: journal.run).count == 1)
  }

  @Test("A full disk stops the journal with nothing half-written; after a resume it goes on")
  func diskFull() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 5)
    let head = journal.headHash
    try file.queue.inDatabase { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
    }
    let large = (6...40).map { encoded($0, padding: 3_000) }
    let error = journalError { try journal.append(large, answering: []) }
    #expect(error?.kind == .storage)
    #expect(error?.message.contains("disk is full") == true)
    #expect(journalError { try journal.append(plain: 1) } == error)
    #expect(journalError { _ = try journal.requests() } == error)
    #expect(journalError { try journal.renewLease() } == error)
    #expect(try file.verify(journal.run) == .intact(events: 5, head: head))

    world.processes.kill(world.holder().identity)
    let again = try StateFile(directory: directory.state, access: .writing)
    let second = try again.resume("emea-1", holder: world.holder(101))
    try second.append(large, answering: [])
    #expect(try again.verify("emea-1") == .intact(events: 40, head: second.headHash))
  }

  @Test("A reader that stops in the middle of the events does not hold up an append")
  func slowReader() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 3_000)
    let reader = try StateFile(directory: directory.state, access: .reading)
    var seen = 0
    try reader.forEachEvent(of: journal.run) { event in
      seen += 1
      if event.sequence == 1_500 { try journal.append(plain: 10) }
      return true
    }
    #expect(seen == 3_010)
  }

  @Test("The head of a run that is changed from outside stops its journal")
  func changedHead() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 3)
    let raw = try DatabaseQueue(path: directory.file)
    try raw.write { try $0.execute(sql: "UPDATE heads SET count = 2") }
    let error = journalError { try journal.append(plain: 1) }
    #expect(error?.kind == .storage)
    #expect(error?.message.contains("waltz verify emea-1") == true)
  }

  @Test("A run that has ended takes no more events and is not resumed")
  func ended() throws {
    let journal = try file.start(holder: world.holder())
    try journal.append([encoded(1, type: "run-succeeded", step: nil, attempt: nil)], answering: [])
    #expect(journalError { try journal.append(plain: 1) }?.kind == .storage)
    let error = stateError { _ = try file.acquireLease(of: "emea-1", holder: world.holder(101)) }
    #expect(error?.kind == .ended)
  }
}
