#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension WorkingFolder {
  /// The bytes of an ordinary file, at most `limit` of them; `-` is standard input.
  ///
  /// A file over the limit comes back with one byte more than the limit, so that who reads it can say so.
  /// A pipe or a device is refused, since it may keep who reads it waiting for ever, and a repository can
  /// not hold one. What the caller's shell has opened is read as it is: `/dev/stdin`, and `/dev/fd/63` as
  /// `<(…)` becomes. Nothing is opened that ``checkLinks(_:of:)`` refuses.
  package func read(_ path: String, limit: Int) throws(WorkspaceError) -> [UInt8] {
    if path == "-" { return try Self.read(0, named: path, limit: limit) }
    try checkLinks([path])
    // A pipe that nobody writes to would block even the opening.
    let descriptor = open(system(path), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be read") }
    defer { close(descriptor) }
    return try Self.read(descriptor, named: path, limit: limit)
  }

  private static func read(
    _ descriptor: Int32, named path: String, limit: Int
  ) throws(WorkspaceError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be read") }
    let kind = FileKind(status)
    if kind == .folder {
      throw WorkspaceError(.environment, "\(path) is a folder, not a file.")
    }
    if path != "-", kind != .file {
      guard StandardInput.isOpenedByCaller(path) || path == "/dev/null" else {
        let found = kind == .pipe ? "a pipe" : "a device"
        throw WorkspaceError(.environment, "\(path) is \(found), not a file.")
      }
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    }
    let size = kind == .file ? Int(status.st_size) : 0
    let file = OpenFile(descriptor: descriptor)
    guard let bytes = file.bytes(atMost: limit + 1, expecting: size) else {
      throw failure(path, "cannot be read")
    }
    return bytes
  }
}
