internal import PrivateFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The calls to the operating system around a state file that SQLite does not make.
enum StateDirectory {
  /// Looks at a state file and at what SQLite opens beside it, without opening any of them.
  ///
  /// - Returns: The file, if it is there, and it and its directory are the user's own; nil where there is none.
  /// - Throws: ``StateError``
  static func find(
    _ name: String, in directory: String, for access: StateFile.Access
  ) throws(StateError) -> PrivateFolder.FileNumber? {
    do throws(PrivateFileTrouble) {
      let folder = try PrivateFolder(directory, for: access == .reading ? .looking : .changing)
      for companion in ["-wal", "-shm"] { _ = try folder.check(name + companion) }
      try RollbackJournal.check(name + "-journal", in: folder)
      return try folder.check(name)
    } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR): return nil
      case .system(let code): throw failure("cannot look at \(directory)/\(name)", code)
      case .untrusted(let message): throw StateError(.untrusted, message)
      }
    }
  }

  /// The number by which the file system knows a file; nil where there is none.
  static func inode(of path: String) -> Int64? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    return Int64(bitPattern: UInt64(facts.st_ino))
  }

  /// The size in bytes, and whether it is a regular file; nil with `errno` where it cannot be told.
  static func facts(of path: String) -> (size: Int, isFile: Bool, isDirectory: Bool, mode: UInt32)?
  {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    let kind = facts.st_mode & S_IFMT
    return (
      Int(facts.st_size), kind == S_IFREG, kind == S_IFDIR, UInt32(facts.st_mode) & 0o7777
    )
  }

  /// Makes the directory with mode 0700, and its parents with what the umask leaves.
  static func make(_ path: String) throws {
    if let facts = facts(of: path) {
      guard facts.isDirectory else {
        throw StateError(
          .permissionDenied,
          "\(path) is a file; the state needs a directory. Choose another --state.")
      }
      return
    }
    let parent = Self.parent(of: path)
    if facts(of: parent) == nil { try makeParents(parent) }
    if mkdir(path, 0o700) == 0 {
      // The umask can only take bits away, and may have taken ours.
      _ = chmod(path, 0o700)
      try synchronize(parent)
    } else if errno != EEXIST {
      throw failure("cannot make the directory \(path)", errno)
    }
  }

  private static func makeParents(_ path: String) throws {
    let parent = Self.parent(of: path)
    if parent != path, facts(of: parent) == nil { try makeParents(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw failure("cannot make the directory \(path)", errno)
    }
    try synchronize(parent)
  }

  static func parent(of path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == 0x2F { bytes.removeLast() }
    guard let slash = bytes.lastIndex(of: 0x2F) else { return "." }
    return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// Makes the entries of a directory durable.
  static func synchronize(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open the directory \(path)", errno) }
    defer { close(descriptor) }
    // Some network file systems cannot flush a directory and say so with EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw failure("cannot flush the directory \(path)", errno)
    }
  }

  /// Runs `body` while no other process does so for the same directory. The lock dies with the process.
  static func exclusively(in path: String, _ body: () throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open the directory \(path)", errno) }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw failure("cannot lock the directory \(path)", errno) }
    }
    try body()
  }

  /// Makes an empty file that only its owner may read and write.
  static func makeFile(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("cannot make the file \(path)", errno) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw failure("cannot protect \(path)", errno) }
  }

  static func remove(_ path: String) { unlink(path) }

  static func move(_ path: String, to target: String) throws {
    guard rename(path, target) == 0 else { throw failure("cannot make \(target)", errno) }
  }

  static func protect(_ path: String) { _ = chmod(path, 0o600) }

  /// Says what stands between a user and a path, by `errno`.
  static func failure(_ what: String, _ code: Int32) -> StateError {
    let reason = String(cString: strerror(code))
    switch code {
    case EACCES, EPERM:
      return StateError(
        .permissionDenied,
        "Waltz \(what): \(reason). Choose another directory with --state, or run as its owner.")
    case EROFS:
      return StateError(
        .readOnly, "Waltz \(what): \(reason). Choose a directory on a writable disk with --state.")
    case ENOSPC, EDQUOT:
      return StateError(.diskFull, "Waltz \(what): \(reason). Free some space and try again.")
    case ENOENT, ENOTDIR:
      return StateError(.missing, "Waltz \(what): \(reason). Check the path given with --state.")
    default:
      return StateError(.device, "Waltz \(what): \(reason).")
    }
  }
}
