import GRDB
import RotationEngine
import Testing

@testable import RunStore

@Suite("The journal in a state file")
struct FileJournalTests {
  let directory: TemporaryDirectory
  let file: StateFile
  let world = TestWorld()

  init() throws {
    directory = try TemporaryDirectory()
    file = try StateFile(directory: directory.state, access: .creating)
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
  func slowReader() async throws {
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 3_000, together: true)
    let reader = try StateFile(directory: directory.state, access: .reading)
    var seen = 0
    try await reader.readEvents(of: journal.run) { event in
      seen += 1
      if event.sequence == 1_500 { try journal.append(plain: 10, together: true) }
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
}
