#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Files {
  /// What becomes of a file that is there.
  enum Replacement {
    /// It has its old text or its new one, whatever happens: the file is somebody's work.
    case whole

    /// It is written in place where another file can not take its place, as a single file that a container
    /// was given: it can be made again.
    case inPlaceIfNeeded
  }

  /// Writes a file whole: beside its place first, then moved there. A link is followed; a device or a pipe
  /// is written to as it is. Whether a link may be followed, ``WorkingFolder/checkOutputs(_:admitting:)`` says.
  static func write(
    _ bytes: [UInt8], to named: String, _ replacement: Replacement = .whole
  ) throws {
    var status = stat()
    let isThere = stat(named, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      let descriptor = open(named, O_WRONLY | O_NOCTTY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure(named, "can not be written") }
      defer { close(descriptor) }
      return try write(bytes, to: descriptor, named: named)
    }
    let path = isThere ? resolved(named) : named
    // What is replaced keeps its mode; nobody else reads the new text either, not for a moment.
    let mode = isThere ? status.st_mode & 0o7777 : 0o644
    let isWrittenInPlace = isThere && replacement == .inPlaceIfNeeded
    guard let (draft, descriptor) = openDraft(beside: path, mode: mode & 0o777) else {
      guard isWrittenInPlace, [EACCES, EPERM, EROFS].contains(errno) else {
        throw failure(path, "can not be written")
      }
      return try writeInPlace(bytes, to: path)
    }
    do {
      try write(bytes, to: descriptor, named: path)
    } catch {
      close(descriptor)
      unlink(draft)
      throw error
    }
    // What the mask of the process took away.
    if isThere { fchmod(descriptor, mode) }
    guard fsync(descriptor) == 0, close(descriptor) == 0 else {
      let problem = failure(path, "can not be written")
      unlink(draft)
      throw problem
    }
    guard rename(draft, path) != 0 else { return }
    let problem = failure(path, "can not be written")
    // A file that is mounted, or one of somebody else in a folder like /tmp.
    let isHeld = [EBUSY, EXDEV, EACCES, EPERM].contains(errno)
    unlink(draft)
    guard isWrittenInPlace, isHeld else { throw problem }
    try writeInPlace(bytes, to: path)
  }

  /// Writes over an ordinary file; one that fails midway is not whole.
  private static func writeInPlace(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "can not be written") }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, named: path)
  }

  /// Makes a new file beside another one. Nothing that is there is opened, a link least of all: a repository
  /// may hold files of any name, put there by a stranger, so the name can not be told beforehand either.
  private static func openDraft(
    beside path: String, mode: mode_t
  ) -> (path: String, descriptor: Int32)? {
    for _ in 0..<100 {
      let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
      let draft = "\(path).\(suffix).new"
      let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      if descriptor >= 0 { return (draft, descriptor) }
      if errno != EEXIST { return nil }
    }
    return nil
  }

  /// Writes behind what a file holds.
  static func append(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "can not be written") }
    defer { close(descriptor) }
    try write(bytes, to: descriptor, named: path)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, named path: String) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path, "can not be written") }
      written += count
    }
  }
}

/// The call of the system, where a method has its name.
func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
