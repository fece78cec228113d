#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension WorkingFolder {
  /// What becomes of a file that is there.
  package enum Replacement: Sendable {
    /// It has its old text or its new one, whatever happens: the file is somebody's work.
    case whole

    /// It is written in place where another file cannot take its place, as a single file that a container
    /// was given: it can be made again.
    case inPlaceIfNeeded
  }

  /// Writes a file whole: beside its place first, then moved there. A link is followed; a device or a pipe
  /// is written to as it is. Nothing is written where ``checkOutputs(_:)`` refuses it.
  package func write(
    _ bytes: [UInt8], to named: String, _ replacement: Replacement = .whole
  ) throws(WorkspaceError) {
    try checkOutputs([named])
    var status = stat()
    let isThere = stat(system(named), &status) == 0
    if isThere, FileKind(status) != .file {
      return try write(bytes, to: named, opened: O_WRONLY | O_NOCTTY)
    }
    let path = isThere ? resolved(named) : named
    // What is replaced keeps its mode; nobody else reads the new text either, not for a moment.
    let mode = isThere ? status.st_mode & 0o7777 : 0o644
    let isWrittenInPlace = isThere && replacement == .inPlaceIfNeeded
    guard let (draft, descriptor) = Self.openDraft(beside: system(path), mode: mode & 0o777) else {
      guard isWrittenInPlace, [EACCES, EPERM, EROFS].contains(errno) else {
        throw Self.failure(path, "cannot be written")
      }
      return try writeInPlace(bytes, to: path)
    }
    guard OpenFile(descriptor: descriptor).write(bytes) else {
      let problem = Self.failure(path, "cannot be written")
      close(descriptor)
      unlink(draft)
      throw problem
    }
    // What the mask of the process took away.
    if isThere { fchmod(descriptor, mode) }
    guard fsync(descriptor) == 0, close(descriptor) == 0 else {
      let problem = Self.failure(path, "cannot be written")
      unlink(draft)
      throw problem
    }
    guard rename(draft, system(path)) != 0 else { return }
    let problem = Self.failure(path, "cannot be written")
    // A file that is mounted, or one of somebody else in a folder like /tmp.
    let isHeld = [EBUSY, EXDEV, EACCES, EPERM].contains(errno)
    unlink(draft)
    guard isWrittenInPlace, isHeld else { throw problem }
    try writeInPlace(bytes, to: path)
  }

  /// Makes a folder where there is none; the one around it has to be there.
  package func makeFolder(_ path: String) throws(WorkspaceError) {
    try checkOutputs([path])
    guard mkdir(system(path), 0o755) != 0 else { return }
    let failure = Self.failure(path, "cannot be made")
    guard isFolder(path) else { throw failure }
  }

  /// Writes behind what a file holds; nothing where ``checkOutputs(_:)`` refuses it.
  package func append(_ bytes: [UInt8], to path: String) throws(WorkspaceError) {
    try checkOutputs([path])
    try write(bytes, to: path, opened: O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY)
  }

  /// Writes over an ordinary file; one that fails midway is not whole.
  private func writeInPlace(_ bytes: [UInt8], to path: String) throws(WorkspaceError) {
    try write(bytes, to: path, opened: O_WRONLY | O_TRUNC | O_NOFOLLOW | O_NOCTTY)
  }

  private func write(
    _ bytes: [UInt8], to path: String, opened flags: Int32
  ) throws(WorkspaceError) {
    let descriptor = open(system(path), flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be written") }
    defer { close(descriptor) }
    guard OpenFile(descriptor: descriptor).write(bytes) else {
      throw Self.failure(path, "cannot be written")
    }
  }

  /// Makes a new file beside another one. Nothing that is there is opened, a link least of all: a repository
  /// may hold files of any name, put there by a stranger, so the name cannot be told beforehand either.
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
}
