internal import PrivateFiles
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What is remembered of a state file outside of it: for each run the last event that was ever committed. A copy that is
/// put back, by whatever program, is older than that.
///
/// It is one small text file in each of some folders, named after the file's lineage: in the state directory, which a
/// state file that is put back alone does not take with it, and in a folder of the user, which a state directory
/// does not take with it. It is written after each commit and not flushed: a memory that is behind only knows less.
final class HeadMemory: Sendable {
  /// The end of a run's journal.
  struct Head: Equatable {
    /// The number of events.
    let count: Int

    /// The hash of the last one, or of the run's facts, in hexadecimal.
    let hash: String
  }

  /// What was found.
  struct Contents: Equatable {
    /// By run number: one for each folder that knows the run, the latest first.
    var heads: [Int64: [Head]] = [:]

    /// Whether another copy took the place of the state file.
    var isSuperseded = false
  }

  /// The name of the folder, in each place that has one.
  static let folderName = "heads"

  private let name: String
  private let folders: [String]
  /// The files that were opened to write, once they are needed.
  private let files = Mutex<[Int32]?>(nil)

  /// The memory of a state file.
  ///
  /// - Parameters:
  ///   - lineage: The random bytes that the state file has, in hexadecimal.
  ///   - folders: Where it is kept; the folders are made where they are missing.
  init(lineage: String, folders: [String]) {
    name = lineage
    self.folders = folders
  }

  /// The memory of a state file that takes this one's place.
  func successor(lineage: String) -> HeadMemory { HeadMemory(lineage: lineage, folders: folders) }

  deinit {
    for file in files.withLock({ $0 }) ?? [] { close(file) }
  }

  /// What is remembered in the folders.
  ///
  /// - Throws: ``PrivateFileTrouble`` where a file in the state directory, the first of the folders, is not to be trusted
  func recall() throws(PrivateFileTrouble) -> Contents {
    var contents = Contents()
    for (index, folder) in folders.enumerated() {
      let bytes: [UInt8]
      do throws(PrivateFileTrouble) {
        guard let file = try openPrivateFile("\(folder)/\(name)", O_RDONLY) else { continue }
        defer { close(file) }
        bytes = Self.bytes(of: file)
      } catch {
        // Where only the user's own folder cannot be read, less is known.
        if index == 0, case .untrusted = error { throw error }
        continue
      }
      contents.take(bytes)
    }
    return contents
  }

  /// Remembers the end of a run's journal, which is durable.
  func remember(_ head: Head, of run: Int64) {
    write(MemoryLine.bytes(of: head), at: Int(run) * MemoryLine.size)
  }

  /// Remembers that another copy took the place of the state file.
  func supersede() { write(MemoryLine.superseded, at: 0) }

  private func write(_ slot: [UInt8], at offset: Int) {
    files.withLock { files in
      let open = files ?? folders.compactMap(file)
      files = open
      for file in open {
        _ = slot.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, off_t(offset)) }
      }
    }
  }

  /// The file in one folder, open to write; nil where there can be none.
  private func file(in folder: String) -> Int32? {
    Self.make(folder)
    let path = "\(folder)/\(name)"
    guard let file = (try? openPrivateFile(path, O_WRONLY | O_CREAT)) ?? nil else { return nil }
    if lseek(file, 0, SEEK_END) == 0 {
      _ = MemoryLine.header.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    }
    return file
  }

  private static func make(_ folder: String) {
    guard mkdir(folder, 0o700) != 0, errno == ENOENT else { return }
    let parent = StateDirectory.parent(of: folder)
    if parent != folder {
      make(parent)
      mkdir(folder, 0o700)
    }
  }

  /// More runs than any state file has.
  private static let largestSize = 1_000_000 * MemoryLine.size

  private static func bytes(of file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < largestSize {
      let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return bytes
  }
}

extension HeadMemory.Contents {
  /// Takes in a file. A line that is none, such as one that was never written, says nothing.
  fileprivate mutating func take(_ bytes: [UInt8]) {
    for (number, start) in stride(from: 0, to: bytes.count, by: MemoryLine.size).enumerated() {
      let line = bytes[start..<min(start + MemoryLine.size, bytes.count)]
      if number == 0 {
        isSuperseded = isSuperseded || line.elementsEqual(MemoryLine.superseded)
      } else if let head = MemoryLine.head(in: line) {
        heads[Int64(number), default: []].append(head)
        heads[Int64(number)]?.sort { $0.count > $1.count }
      }
    }
  }
}

/// A line of the file: all have one length, so that each can be written in its place. A line that was torn while it was
/// written does not have its check and says nothing.
private enum MemoryLine {
  /// Ten digits, 64 hexadecimal digits, eight that check both, spaces between them, and the line's end.
  static let size = 85

  static let header = line("waltz heads 1")

  static let superseded = line("waltz heads 1, superseded by a copy that was adopted")

  static func bytes(of head: HeadMemory.Head) -> [UInt8] {
    let count = String(head.count)
    let zeros = String(repeating: "0", count: max(10 - count.utf8.count, 0))
    let text = "\(zeros)\(count) \(head.hash)"
    let check = HashChain.digest(Array(text.utf8)).prefix(4)
    return line("\(text) \(HashChain.hexadecimal(Array(check)))")
  }

  static func head(in line: ArraySlice<UInt8>) -> HeadMemory.Head? {
    let fields = line.split(separator: UInt8(ascii: " "))
    guard fields.count == 3, let count = Int(String(decoding: fields[0], as: UTF8.self)),
      count >= 0
    else { return nil }
    let head = HeadMemory.Head(count: count, hash: String(decoding: fields[1], as: UTF8.self))
    return bytes(of: head).elementsEqual(line) ? head : nil
  }

  private static func line(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8.prefix(size - 1))
    return bytes + Array(repeating: UInt8(ascii: " "), count: size - 1 - bytes.count)
      + [UInt8(ascii: "\n")]
  }
}
