internal import PlanText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The state directory, or a folder in it, held open. What stands in it is opened from here, without following a
/// link, and only if it is an ordinary file in which nobody but its owner can write.
package final class PrivateFolder: Sendable {
  /// For what the folder is opened.
  package enum Use: Sendable {
    /// To look. The superuser may look at the state of another user.
    case looking

    /// To write: only as the owner, so that no file in it comes to belong to somebody else.
    case changing
  }

  /// A file as the file system knows it, whatever it is called.
  package struct FileNumber: Sendable, Equatable {
    /// The file system.
    package let device: UInt64

    /// The file in it.
    package let inode: UInt64
  }

  /// Where it was found.
  package let path: String

  private let descriptor: Int32
  private let use: Use

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - path: The folder; its parents may be links, it may not.
  ///   - use: For what.
  /// - Throws: ``PrivateFileTrouble``
  package convenience init(_ path: String, for use: Use) throws(PrivateFileTrouble) {
    try self.init(path, for: use, isNamedByUser: true)
  }

  /// Opens a folder that the user named, or that Waltz made in such a one, which decides what is said of a link.
  ///
  /// - Throws: ``PrivateFileTrouble``
  package init(
    _ path: String, for use: Use, isNamedByUser: Bool
  ) throws(PrivateFileTrouble) {
    // With a slash at its end the system would follow a link.
    let plain = Self.withoutSlashes(path)
    self.path = path
    self.use = use
    let found = open(plain, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard found >= 0 else {
      throw Self.refusal(ofFolder: plain, code: errno, isNamedByUser: isNamedByUser)
    }
    descriptor = found
    var facts = stat()
    guard fstat(found, &facts) == 0 else { throw .system(errno) }
    try Self.check(facts, path, for: use)
  }

  deinit { close(descriptor) }

  /// Opens an ordinary file of the folder.
  ///
  /// - Parameters:
  ///   - name: Its name in the folder.
  ///   - flags: As `open` takes them: the access, `O_APPEND`, `O_CREAT` and the like. A file that is made is its owner's
  ///     only.
  /// - Returns: The descriptor, for the caller to close; nil where there is no such file.
  /// - Throws: ``PrivateFileTrouble``
  package func openFile(_ name: String, _ flags: Int32) throws(PrivateFileTrouble) -> Int32? {
    // A pipe or a device is not even opened; one that was put there since is not waited for.
    _ = try check(name)
    let found = openat(
      descriptor, name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0o600)
    guard found >= 0 else {
      let code = errno
      if code == ENOENT, flags & O_CREAT == 0 { return nil }
      if code == ELOOP { throw Self.untrusted(link: within(name)) }
      throw .system(code)
    }
    do throws(PrivateFileTrouble) {
      var facts = stat()
      guard fstat(found, &facts) == 0 else { throw .system(errno) }
      try Self.check(facts, within(name), for: use)
    } catch {
      close(found)
      throw error
    }
    return found
  }

  /// Looks at a file of the folder without opening it: to close a file ends the locks that SQLite holds on it.
  ///
  /// - Parameter name: Its name in the folder.
  /// - Returns: The file; nil where there is none.
  /// - Throws: ``PrivateFileTrouble``
  package func check(_ name: String) throws(PrivateFileTrouble) -> FileNumber? {
    var facts = stat()
    guard fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw .system(errno)
    }
    // A folder is refused by whoever opens it as a file.
    if facts.st_mode & S_IFMT != S_IFDIR { try Self.check(facts, within(name), for: use) }
    return FileNumber(device: UInt64(truncatingIfNeeded: facts.st_dev), inode: UInt64(facts.st_ino))
  }

  /// Keeps every other process from locking the folder, until this value is gone.
  ///
  /// - Returns: Whether no other has it locked.
  /// - Throws: ``PrivateFileTrouble``
  package func lock() throws(PrivateFileTrouble) -> Bool {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return true }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(errno) }
    return false
  }

  /// Removes a file or a link of the folder, if it is there.
  package func remove(_ name: String) { unlinkat(descriptor, name, 0) }

  /// Puts one file of the folder in the place of another, durably.
  ///
  /// - Throws: ``PrivateFileTrouble``
  package func move(_ name: String, to other: String) throws(PrivateFileTrouble) {
    guard renameat(descriptor, name, descriptor, other) == 0 else { throw .system(errno) }
    // Some network file systems cannot flush a directory and say so with EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system(errno) }
  }

  private func within(_ name: String) -> String { "\(Self.withoutSlashes(path))/\(name)" }

  private static func withoutSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }
}

/// Opens an ordinary file of the state directory, or of a folder in it, by its path; see ``PrivateFolder``.
///
/// - Parameters:
///   - path: The file; the folder that it stands in must be private too.
///   - flags: As `open` takes them.
/// - Returns: The descriptor, for the caller to close; nil where there is no such file or no such folder.
/// - Throws: ``PrivateFileTrouble``
package func openPrivateFile(
  _ path: String, _ flags: Int32
) throws(PrivateFileTrouble) -> Int32? {
  let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
  let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
  do throws(PrivateFileTrouble) {
    return try PrivateFolder(
      folder, for: flags & O_ACCMODE == O_RDONLY ? .looking : .changing, isNamedByUser: false
    ).openFile(name, flags)
  } catch {
    if error == .system(ENOENT), flags & O_CREAT == 0 { return nil }
    throw error
  }
}

extension PrivateFolder {
  /// Holds what stands at a path against what Waltz makes.
  private static func check(
    _ facts: stat, _ path: String, for use: Use
  ) throws(PrivateFileTrouble) {
    let isFolder = facts.st_mode & S_IFMT == S_IFDIR
    if let kind = strangeKind(facts.st_mode) {
      if kind == "link" { throw untrusted(link: path) }
      throw .untrusted(
        "`\(path)` is a \(kind), not an ordinary file. Waltz did not make it, and does not open it. Look at "
          + "where the state directory came from, then remove it: `rm \(shellWord(path))`.")
    }
    let me = geteuid()
    guard facts.st_uid == me || (me == 0 && use == .looking) else {
      throw .untrusted(
        "`\(path)` belongs to another user (uid \(facts.st_uid)), not to the one that runs Waltz (uid \(me)). Run "
          + "Waltz as its owner, or choose a directory of your own with --state.")
    }
    guard facts.st_mode & 0o022 == 0 else {
      let mode = String(facts.st_mode & 0o7777, radix: 8)
      throw .untrusted(
        "Other users can write to `\(path)` (mode \(mode)), so its contents may not be from Waltz. If you "
          + "trust them: `chmod \(isFolder ? "700" : "go-rwx") \(shellWord(path))`.")
    }
  }

  /// What stands in the place of a file or a folder; nil where it is one.
  private static func strangeKind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG, S_IFDIR: nil
    case S_IFLNK: "link"
    case S_IFIFO: "pipe"
    case S_IFSOCK: "socket"
    default: "device"
    }
  }

  private static func untrusted(link path: String) -> PrivateFileTrouble {
    .untrusted(
      "`\(path)` is a link. Waltz makes no links in its state directory and follows none: it would write to "
        + "the file behind it. Look at where the state directory came from, then remove the link: "
        + "`rm \(shellWord(path))`.")
  }

  /// Why a folder could not be opened.
  private static func refusal(
    ofFolder path: String, code: Int32, isNamedByUser: Bool
  ) -> PrivateFileTrouble {
    var facts = stat()
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFLNK else { return .system(code) }
    guard isNamedByUser else { return untrusted(link: path) }
    guard let real = realpath(path, nil) else {
      return .untrusted(
        "`\(path)` is a link to a place that is not there. Waltz follows no link to its state directory, because "
          + "a repository may bring one. Remove it: `rm \(shellWord(path))`.")
    }
    defer { free(real) }
    return .untrusted(
      "`\(path)` is a link. Waltz follows no link to its state directory, because a repository may bring one. If "
        + "the directory behind it is the one you mean, name it: `--state \(shellWord(String(cString: real)))`."
    )
  }
}
