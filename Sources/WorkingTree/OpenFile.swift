#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is open, read and written to its end whatever signals come between.
struct OpenFile {
  let descriptor: Int32

  /// What can be read up to a bound; nil where reading fails, which `errno` says more about.
  ///
  /// * `size`: How much is probably there; it may have grown since it was measured.
  func bytes(atMost limit: Int, expecting size: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var capacity = min(max(size, 0) + 1, limit)
    var hasFailed = false
    while bytes.count < limit {
      // One more than is expected, so that the end is seen with the last of it.
      let room = min(max(capacity - bytes.count, 4_096), limit - bytes.count)
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        let result = systemRead(descriptor, buffer.baseAddress, room)
        hasFailed = result < 0
        count = max(result, 0)
      }
      if hasFailed { return nil }
      if chunk.isEmpty { break }
      // As a rule the first is the whole file, which is not copied.
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      capacity = max(capacity, min(bytes.count * 2, limit))
    }
    return bytes
  }

  /// Writes everything; false where that fails, which `errno` says more about.
  func write(_ bytes: [UInt8]) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
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

/// The call of the system, where a method has its name.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
