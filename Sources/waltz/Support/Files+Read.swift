#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Files {
  /// The bytes of an ordinary file, at most `limit` of them; `-` is standard input.
  ///
  /// A file over the limit comes back with one byte more than the limit, so that who reads it can say so.
  /// A pipe or a device is refused, since it may keep who reads it waiting for ever, and a repository can
  /// not hold one. What the caller's shell has opened is read as it is: `/dev/stdin`, and `/dev/fd/63` as
  /// `<(…)` becomes.
  static func read(_ path: String, limit: Int) throws -> [UInt8] {
    if path == "-" { return try read(0, named: path, limit: limit) }
    // A pipe that nobody writes to would block even the opening.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "can not be read") }
    defer { close(descriptor) }
    return try read(descriptor, named: path, limit: limit)
  }

  private static func read(_ descriptor: Int32, named path: String, limit: Int) throws -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "can not be read") }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw CommandError(.environment, "\(path) is a folder, not a file.")
    }
    if path != "-", status.st_mode & S_IFMT != S_IFREG {
      guard isOpenedByCaller(path) || path == "/dev/null" else {
        let kind = status.st_mode & S_IFMT == S_IFIFO ? "a pipe" : "a device"
        throw CommandError(.environment, "\(path) is \(kind), not a file.")
      }
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
    }
    let size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    guard let bytes = bytes(of: descriptor, atMost: limit + 1, expecting: size) else {
      throw failure(path, "can not be read")
    }
    return bytes
  }

  /// What can be read of a descriptor up to a bound; nil where reading fails, which `errno` says more about.
  ///
  /// * `size`: How much is probably there; it may have grown since it was measured.
  static func bytes(of descriptor: Int32, atMost limit: Int, expecting size: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var capacity = min(max(size, 0) + 1, limit)
    var hasFailed = false
    while bytes.count < limit {
      // One more than is expected, so that the end is seen with the last of it.
      let room = min(max(capacity - bytes.count, 4_096), limit - bytes.count)
      let before = bytes.count
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          let result = systemRead(descriptor, buffer.baseAddress, room)
          hasFailed = result < 0
          count = max(result, 0)
        })
      if hasFailed { return nil }
      if bytes.count == before { break }
      capacity = max(capacity, min(bytes.count * 2, limit))
    }
    return bytes
  }
}

/// Reads once more where a signal came between.
private func systemRead(
  _ descriptor: Int32, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> Int {
  while true {
    let result = read(descriptor, buffer, count)
    if result >= 0 || errno != EINTR { return result }
  }
}
