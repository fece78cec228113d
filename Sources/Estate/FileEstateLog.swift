import PrivateFiles
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A log in a file of JSON Lines beside the journal.
///
/// A line is written with one `write` and synchronised before the append returns. A last line without its
/// end was torn by a crash before its effect was applied; it is cut when the log is opened, so only the one
/// executor of a run may open it. Who only looks reads ``lines(ofFileAt:)``.
package final class FileEstateLog: EstateLog {
  /// The file behind the log.
  private struct File {
    let descriptor: Int32

    /// Where the last whole line ends.
    var end: Int

    /// Whether something may follow it that is no line: an append failed, and so did cutting it.
    var hasLooseEnd = false
  }

  private let path: String
  private let found: [[UInt8]]
  // Protects the file against two appends at once.
  private let file: Mutex<File>

  /// Opens the log at `path`, or makes it, readable by its owner only.
  ///
  /// - Throws: ``EstateLogError``
  package init(path: String) throws {
    self.path = path
    guard let descriptor = try Self.openFile(path, O_RDWR | O_APPEND | O_CREAT) else {
      throw Self.failure("cannot be opened", path: path)
    }
    do throws(EstateLogError) {
      let bytes = try Self.read(descriptor, path: path)
      let end = Self.end(of: bytes)
      if end < bytes.count {
        guard Self.cut(descriptor, at: end) else {
          throw Self.failure("ends in a torn line that cannot be removed", path: path)
        }
      }
      found = Self.lines(in: bytes[..<end])
      // An empty file may be one whose maker died before its folders knew of it.
      if bytes.isEmpty { Self.synchroniseFolders(of: path) }
      file = Mutex(File(descriptor: descriptor, end: end))
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    close(file.withLock { $0.descriptor })
  }

  package func lines() throws -> [[UInt8]] { found }

  /// What an append that fails has written is cut again: the effect is not done, and the next append, once
  /// there is room on the disk, begins a line of its own.
  package func append(_ line: [UInt8]) throws {
    let bytes = line + [UInt8(ascii: "\n")]
    try file.withLock { file throws(EstateLogError) in
      guard !file.hasLooseEnd || Self.cut(file.descriptor, at: file.end) else {
        throw Self.failure("ends in a torn line that cannot be removed", path: path)
      }
      do throws(EstateLogError) {
        try write(bytes, to: file.descriptor)
        file.end += bytes.count
        file.hasLooseEnd = false
      } catch {
        file.hasLooseEnd = !Self.cut(file.descriptor, at: file.end)
        throw error
      }
    }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(EstateLogError) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Self.writeBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure("cannot be written", path: path) }
      written += count
    }
    guard Self.synchronise(descriptor) else {
      throw Self.failure("cannot be flushed to disk", path: path)
    }
  }

  /// Opens the log if it is a private file of the user; nil where there is none.
  private static func openFile(_ path: String, _ flags: Int32) throws(EstateLogError) -> Int32? {
    do throws(PrivateFileTrouble) {
      return try openPrivateFile(path, flags)
    } catch {
      switch error {
      case .untrusted(let message): throw EstateLogError(message)
      case .system(let code):
        errno = code
        throw failure("cannot be opened", path: path)
      }
    }
  }

  private static func cut(_ descriptor: Int32, at end: Int) -> Bool {
    ftruncate(descriptor, off_t(end)) == 0 && synchronise(descriptor)
  }

  /// The whole lines of the log at `path`, for whoever only looks: nothing is made, cut or written, and a last
  /// line without its end, which an executor may be writing just now, is passed over.
  ///
  /// - Returns: The lines, oldest first; nil where there is no such file.
  /// - Throws: ``EstateLogError``
  package static func lines(ofFileAt path: String) throws(EstateLogError) -> [[UInt8]]? {
    guard let descriptor = try openFile(path, O_RDONLY) else { return nil }
    defer { close(descriptor) }
    let bytes = try read(descriptor, path: path)
    return lines(in: bytes[..<end(of: bytes)])
  }

  /// Where the last whole line ends.
  private static func end(of bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  private static func lines(in bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map(
      Array.init)
  }

  /// Above this nobody wrote it for a run: millions of entries.
  private static let largestSize = 1 << 30

  private static func read(
    _ descriptor: Int32, path: String
  ) throws(EstateLogError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = buffer.withUnsafeMutableBytes { readBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot be read", path: path) }
      if count == 0 { return bytes }
      guard bytes.count + count <= largestSize else {
        throw EstateLogError(
          "The estate's log \(path) has more than \(largestSize >> 20) MiB, which no run writes. Restore it from "
            + "a backup, or start a new run.")
      }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  private static func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int
  {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func writeBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func synchronise(_ descriptor: Int32) -> Bool {
    #if canImport(Darwin)
      fsync(descriptor) == 0
    #else
      fdatasync(descriptor) == 0
    #endif
  }

  /// A new file is only there for good when its folder says so, and a new folder when its own does; where
  /// that fails the first append does not, and nothing is lost that anyone relied on.
  private static func synchroniseFolders(of path: String) {
    let folder = folder(of: path)
    for folder in [folder, Self.folder(of: folder)] {
      let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      _ = fsync(descriptor)
      close(descriptor)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func failure(_ what: String, path: String) -> EstateLogError {
    let reason = String(cString: strerror(errno))
    return EstateLogError(
      "The estate's log \(path) \(what): \(reason). Check the permissions of its folder and the "
        + "free space on the disk, then run the command again.")
  }
}
