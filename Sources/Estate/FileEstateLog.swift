import PlanText
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
/// A line is written with one `write` and synchronised before the append returns. Each executor takes the log over as
/// a file of its own, with the same lines, in the place of the one before: what an executor that lost the run
/// still writes goes to a file that has no name any more. Who only looks reads ``lines(ofFileAt:)``.
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

  private init(_ path: String, _ descriptor: Int32, holding bytes: ArraySlice<UInt8>) {
    self.path = path
    found = Self.lines(in: bytes)
    file = Mutex(File(descriptor: descriptor, end: bytes.count))
  }

  /// Takes the log at `path` over, or begins it, readable by its owner only. A last line without its end was torn by a
  /// crash before its effect was applied; it is left behind.
  ///
  /// - Parameters:
  ///   - path: The log's file.
  ///   - confirm: Throws where the run is not this executor's any more; called while no other can take the log over.
  /// - Returns: The log.
  /// - Throws: ``EstateLogError``, and what `confirm` throws
  package static func takeOver(
    _ path: String, confirm: () async throws -> Void = {}
  ) async throws -> FileEstateLog {
    let folder = try look(at: path) { () throws(PrivateFileTrouble) in
      try PrivateFolder(Self.folder(of: path), for: .changing, isNamedByUser: false)
    }
    try await lock(folder, for: path)
    try await confirm()
    let bytes = try contents(ofFileAt: path) ?? []
    return try replace(path, in: folder, with: bytes[..<end(of: bytes)])
  }

  /// Waits for the executor that takes over a log of the same folder now. One that stands still meanwhile would hold
  /// it for ever.
  private static func lock(_ folder: PrivateFolder, for path: String) async throws {
    for _ in 0..<200 {
      if try look(at: path, folder.lock) { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw EstateLogError(
      "The estate's log \(path) is being taken over by another process, which stands still. Find it with "
        + "`fuser \(shellWord(folder.path))`, let it go on or end it, then run the command again.")
  }

  /// Puts a file with these bytes in the place of the one at `path`.
  private static func replace(
    _ path: String, in folder: PrivateFolder, with bytes: ArraySlice<UInt8>
  ) throws(EstateLogError) -> FileEstateLog {
    let name = name(of: path)
    let draft = name + ".new"
    folder.remove(draft)
    let made = try look(at: path) { () throws(PrivateFileTrouble) in
      try folder.openFile(draft, O_RDWR | O_APPEND | O_CREAT | O_EXCL)
    }
    guard let made else { throw failure("cannot be written", path: path) }
    do throws(EstateLogError) {
      try write(bytes, to: made, path: path)
      try look(at: path) { () throws(PrivateFileTrouble) in try folder.move(draft, to: name) }
    } catch {
      close(made)
      folder.remove(draft)
      throw error
    }
    // A folder that was made just now is there for good when its own says so; where that fails, so does the
    // first commit of the journal beside it.
    if bytes.isEmpty { synchronise(folderAt: Self.folder(of: folder.path)) }
    return FileEstateLog(path, made, holding: bytes)
  }

  /// What `body` finds, or the words for why it cannot.
  private static func look<Result>(
    at path: String, _ body: () throws(PrivateFileTrouble) -> Result
  ) throws(EstateLogError) -> Result {
    do throws(PrivateFileTrouble) {
      return try body()
    } catch {
      switch error {
      case .untrusted(let message): throw EstateLogError(message)
      case .system(let code):
        errno = code
        throw failure("cannot be opened", path: path)
      }
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
        try Self.write(bytes[...], to: file.descriptor, path: path)
        file.end += bytes.count
        file.hasLooseEnd = false
      } catch {
        file.hasLooseEnd = !Self.cut(file.descriptor, at: file.end)
        throw error
      }
    }
  }

  private static func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: Int32, path: String
  ) throws(EstateLogError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("cannot be written", path: path) }
      rest = rest.dropFirst(count)
    }
    guard synchronise(descriptor) else { throw failure("cannot be flushed to disk", path: path) }
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
    try contents(ofFileAt: path).map { lines(in: $0[..<end(of: $0)]) }
  }

  private static func contents(ofFileAt path: String) throws(EstateLogError) -> [UInt8]? {
    let found = try look(at: path) { () throws(PrivateFileTrouble) in
      try openPrivateFile(path, O_RDONLY)
    }
    guard let found else { return nil }
    defer { close(found) }
    return try read(found, path: path)
  }

  /// Where the last whole line ends.
  private static func end(of bytes: [UInt8]) -> Int {
    bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  private static func lines(in bytes: ArraySlice<UInt8>) -> [[UInt8]] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map(
      Array.init)
  }

  /// Millions of entries: more than any run writes, and little enough to read.
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

  private static func synchronise(folderAt path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
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
