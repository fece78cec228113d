import Foundation
import RotationEngine
import Testing

@testable import RunStore

/// How an old copy gets into the place of the file.
enum Restoring: CaseIterable {
  /// `cp`, `sqlite3 .restore`, `rsync --inplace`: the same file, other bytes.
  case inPlace
  /// `rm`, then `cp` or `tar x`: another file, which often gets the number of the one before.
  case afterRemoval
  /// `rsync`, `mv`: another file beside it, then renamed.
  case byRename
}

@Suite("A state file that was put back to an older copy")
struct SetBackTests {
  let directory: TemporaryDirectory
  let world = TestWorld()
  let word = OperatorWord(by: "anna", note: "the disk broke")

  init() throws { directory = try TemporaryDirectory() }

  private var outside: String { directory.path + "/home" }

  private func open(
    _ access: StateFile.Access = .writing, isToBeAdopted: Bool = false, remembering: Bool = true
  ) throws -> StateFile {
    try StateFile(
      directory: directory.state, access: access, isToBeAdopted: isToBeAdopted,
      memoryFolder: remembering ? outside : nil)
  }

  /// Two runs with some events, and how the file was after the first five of them.
  private func history() throws -> Data {
    let file = try open(.creating)
    defer { file.close() }
    let journal = try file.start(holder: world.holder())
    try journal.append(plain: 5)
    let old = try Data(contentsOf: URL(filePath: directory.file))
    try journal.append(plain: 7)
    try journal.release()
    return old
  }

  private func restore(_ bytes: Data, _ way: Restoring = .inPlace) throws {
    switch way {
    case .inPlace:
      let handle = try FileHandle(forWritingTo: URL(filePath: directory.file))
      try handle.truncate(atOffset: 0)
      try handle.write(contentsOf: bytes)
      try handle.close()
    case .afterRemoval:
      try FileManager.default.removeItem(atPath: directory.file)
      try bytes.write(to: URL(filePath: directory.file))
    case .byRename:
      try bytes.write(to: URL(filePath: directory.file), options: .atomic)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory.file)
  }

  private let words = "emea-1 has 5 events here, and had 12"

  @Test("It is only read, whoever put it back, until it is adopted", arguments: Restoring.allCases)
  func refused(_ way: Restoring) throws {
    try restore(try history(), way)
    for access in [StateFile.Access.writing, .creating] {
      let error = stateError { _ = try open(access) }
      #expect(error?.kind == .setBack)
      for part in [words, "no run goes on by itself", "`waltz adopt`"] {
        #expect(error?.message.contains(part) == true, "\(part) in \(error?.message ?? "")")
      }
    }
    let reading = try open(.reading)
    #expect(reading.standing.losses.map(\.words) == [words])
    #expect(reading.warning?.contains(words) == true)
    #expect(try reading.entry(of: "emea-1").eventCount == 5)
    reading.close()

    let file = try open(isToBeAdopted: true)
    #expect(try file.adopt(word, at: world.clock.now) == ["emea-1"])
    file.close()
    let adopted = try open()
    #expect(adopted.standing == .current)
    let request = try #require(try adopted.pendingRequests(of: "emea-1").first?.request)
    #expect(request.verb == .adopt)
    #expect(request.word.note == "\(words): the disk broke")
    let journal = try adopted.resume("emea-1", holder: world.holder())
    try journal.append(plain: 1)
    #expect(try adopted.verify("emea-1") == .intact(events: 6, head: journal.headHash))
  }

  @Test("The whole directory put back is known by what is remembered outside of it")
  func wholeDirectory() throws {
    _ = try history()
    let old = try directory.copyState(as: "backup")
    let file = try open()
    try file.resume("emea-1", holder: world.holder(2)).append(plain: 3)
    file.close()
    try FileManager.default.removeItem(atPath: directory.state)
    try FileManager.default.moveItem(atPath: old, toPath: directory.state)
    #expect(
      try open(.reading).standing.losses.map(\.words) == ["emea-1 has 12 events here, and had 15"])
    // Without that a copy is known only by the file's number, and what it lost is not.
    #expect(try open(.reading, remembering: false).standing == .copy)
  }

  @Test("A run that is not there any more, and one that took another course, are named")
  func otherCourses() throws {
    let empty = try open(.creating)
    empty.close()
    let old = try Data(contentsOf: URL(filePath: directory.file))
    _ = try history()
    try restore(old)
    #expect(
      try open(.reading).standing.losses.map(\.words) == ["a run that had 12 events is not here"])
    // As if somebody had gone on with the old copy by a program that does not look.
    let file = try open(isToBeAdopted: true, remembering: false)
    let journal = try file.start(newRun(plan: "other"), holder: world.holder())
    try journal.append(plain: 20)
    file.close()
    #expect(
      try open(.reading).standing.losses.map(\.words)
        == ["other-1 has another course here from event 12 or before"])
  }

  @Test("The original of a copy that was adopted is not used again")
  func superseded() throws {
    _ = try history()
    let original = try Data(contentsOf: URL(filePath: directory.file))
    try restore(original, .byRename)
    let copy = try open(isToBeAdopted: true)
    #expect(copy.standing == .copy)
    _ = try copy.adopt(word, at: world.clock.now)
    copy.close()
    _ = try open().resume("emea-1", holder: world.holder(3))
    try restore(original)
    let error = stateError { _ = try open() }
    #expect(error?.kind == .setBack)
    #expect(error?.message.contains("a copy of it was adopted in its place") == true)
    let again = try open(isToBeAdopted: true)
    _ = try again.adopt(word, at: world.clock.now)
    again.close()
    #expect(try open().standing == .current)
  }

  @Test(
    "A memory that is behind, gone or damaged refuses nothing and stops nothing", arguments: 0..<40)
  func poorMemory(seed: UInt64) throws {
    _ = try history()
    var generator = SystemRandomNumberGenerator()
    for folder in [directory.state, outside] {
      let heads = folder + "/heads"
      for name in try directory.names(in: heads) {
        let path = "\(heads)/\(name)"
        if seed == 0 {
          try FileManager.default.removeItem(atPath: path)
        } else if seed == 1 {
          try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        } else {
          var bytes = try Data(contentsOf: URL(filePath: path))
          let index = Int.random(in: 0..<bytes.count, using: &generator)
          bytes[index] = seed % 2 == 0 ? 0xFF : 0
          try bytes.prefix(Int.random(in: index..<bytes.count, using: &generator) + 1)
            .write(to: URL(filePath: path))
          try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
      }
    }
    let file = try open()
    #expect(file.standing == .current)
    try file.resume("emea-1", holder: world.holder(2)).append(plain: 1)
    #expect(try file.entry(of: "emea-1").eventCount == 13)
  }

  @Test("A line that was torn while it was written is that before, that after, or none")
  func tornMemory() throws {
    let memory = HeadMemory(lineage: "a", folders: [directory.path + "/heads"])
    let path = directory.path + "/heads/a"
    let heads = [(12, "1"), (13, "e")].map {
      HeadMemory.Head(count: $0, hash: String(repeating: $1, count: 64))
    }
    let versions = try heads.map { head in
      memory.remember(head, of: 1)
      return try Data(contentsOf: URL(filePath: path))
    }
    var none = 0
    for cut in 0...versions[0].count {
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.write(contentsOf: versions[1].prefix(cut) + versions[0].dropFirst(cut))
      try handle.close()
      let found = try memory.recall().heads[1] ?? []
      #expect(found.allSatisfy(heads.contains), "cut at \(cut)")
      if found.isEmpty { none += 1 }
    }
    #expect(none > 60)
  }

  @Test("A link in the place of the memory is refused, and nothing is written behind it")
  func links() throws {
    _ = try history()
    try FileManager.default.removeItem(atPath: directory.state + "/heads")
    try FileManager.default.createDirectory(
      atPath: directory.path + "/elsewhere", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: directory.state + "/heads", withDestinationPath: directory.path + "/elsewhere")
    let error = stateError { _ = try open() }
    #expect(error?.kind == .untrusted)
    #expect(error?.message.contains("heads` is a link") == true)
    #expect(try directory.names(in: directory.path + "/elsewhere") == [])
  }
}
