import Foundation
import RotationEngine
import Testing

@testable import RunStore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("A state directory that may not be the user's own")
struct TrustTests {
  let directory: TemporaryDirectory

  /// A state with one run, and a place outside of it.
  init() throws {
    directory = try TemporaryDirectory()
    let file = try StateFile(directory: directory.state, access: .creating)
    try file.start(holder: TestWorld().holder()).release()
    file.close()
    try FileManager.default.createDirectory(
      atPath: outside, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  }

  private var outside: String { directory.path + "/outside" }

  private static let accesses = [StateFile.Access.reading, .writing, .creating]

  /// Expects that nobody opens the state, whatever for.
  private func expectRefusal(
    _ words: String, of state: String? = nil, accesses: [StateFile.Access] = Self.accesses,
    _ comment: Comment? = nil
  ) {
    for access in accesses {
      let error = stateError {
        _ = try StateFile(directory: state ?? directory.state, access: access)
      }
      #expect(error?.kind == .untrusted, comment)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "opened")")
    }
  }

  private func expectOpening(_ state: String? = nil) throws {
    for access in Self.accesses {
      let file = try StateFile(directory: state ?? directory.state, access: access)
      #expect(try file.runs().count == 1)
      file.close()
    }
  }

  @Test("A link in the place of the directory is not followed, and the place behind it is named")
  func linkedDirectory() throws {
    let link = directory.path + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: directory.state)
    for name in [link, link + "/", link + "//"] {
      expectRefusal("--state \(try #require(real(directory.state)))", of: name)
    }
    // Whoever names a directory decides about its parents.
    let parent = directory.path + "/parent"
    try FileManager.default.createSymbolicLink(
      atPath: parent, withDestinationPath: directory.path)
    try expectOpening(parent + "/.waltz")
  }

  @Test("Nothing is made behind a link, whether something is there or not")
  func nothingBehindLinks() throws {
    for (link, target) in [("empty", outside), ("dangling", outside + "/new")] {
      let link = directory.path + "/" + link
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
      expectRefusal("is a link", of: link)
    }
    #expect(try directory.names(in: outside) == [])
  }

  @Test("A directory or a file that others can write to is named, with the command that mends it")
  func modes() throws {
    for mode in [0o777, 0o770, 0o707, 0o720, 0o1777] {
      #expect(chmod(directory.state, mode_t(mode)) == 0)
      expectRefusal("`chmod 700 \(directory.state)`", "\(mode)")
    }
    #expect(chmod(directory.state, 0o755) == 0)
    try expectOpening()
    for name in ["state.db", "state.db-journal"] {
      let path = directory.state + "/" + name
      if name != "state.db" { try Data().write(to: URL(filePath: path)) }
      for mode in [0o666, 0o620, 0o602] {
        #expect(chmod(path, mode_t(mode)) == 0)
        expectRefusal("`chmod go-rwx \(path)`", "\(mode)")
      }
      #expect(chmod(path, 0o600) == 0)
      try expectOpening()
    }
  }

  @Test("A link, a pipe or a socket in the place of a file is not opened")
  func strangeFiles() throws {
    for name in ["state.db", "state.db-journal", "state.db-wal", "state.db-shm"] {
      let path = directory.state + "/" + name
      let aside = outside + "/" + name
      if name == "state.db" { try FileManager.default.moveItem(atPath: path, toPath: aside) }
      for target in [aside, outside + "/new", "/dev/zero"] {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
        expectRefusal("`\(path)` is a link", "\(target)")
        #expect(unlink(path) == 0)
      }
      #expect(mkfifo(path, 0o600) == 0)
      expectRefusal("`\(path)` is a pipe", "\(name)")
      #expect(unlink(path) == 0)
      if name == "state.db" { try FileManager.default.moveItem(atPath: aside, toPath: path) }
      try expectOpening()
    }
    #expect(try directory.names(in: outside) == [])
  }

  @Test("A rollback journal that would have SQLite delete a file is not rolled back")
  func superJournals() throws {
    let victim = outside + "/precious-\u{E9}"
    try Data("a key\n".utf8).write(to: URL(filePath: victim))
    func word(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }
    let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
    let pages = UInt32(try Data(contentsOf: URL(filePath: directory.file)).count / 4_096)
    let header = magic + [0, 1, pages, 512, 4_096].flatMap(word)
    let path = Array(victim.utf8)
    let sum = path.reduce(UInt32(0)) { $0 &+ UInt32(bitPattern: Int32(Int8(bitPattern: $1))) }
    let journal =
      header + Array(repeating: 0, count: 512 - header.count) + word((1 << 30) / 4_096 + 1) + path
      + word(UInt32(path.count)) + word(sum) + magic
    let file = directory.file + "-journal"
    try Data(journal).write(to: URL(filePath: file))
    #expect(chmod(file, 0o600) == 0)
    expectRefusal(victim)
    // A journal as a crash leaves it is rolled back, also where it breaks off.
    for end in [512, journal.count - 1] {
      try Data(journal[..<end]).write(to: URL(filePath: file))
      try expectOpening()
    }
    #expect(FileManager.default.fileExists(atPath: victim))
  }

  @Test(
    "The superuser looks at the state of another user, and writes to none",
    .enabled(if: geteuid() == 0))
  func owners() throws {
    #expect(chown(directory.file, 4_711, 4_711) == 0)
    expectRefusal("uid 4711", accesses: [.writing, .creating])
    #expect(chown(directory.state, 4_711, 4_711) == 0)
    expectRefusal("uid 4711", accesses: [.writing, .creating])
    #expect(try StateFile(directory: directory.state, access: .reading).runs().count == 1)
  }

  private func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
