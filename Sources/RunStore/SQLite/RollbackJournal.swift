internal import PrivateFiles

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// What is looked at of the rollback journal beside a state file before SQLite rolls it back.
///
/// The journal of a transaction over several databases ends with the path of a file that they share, its super-journal;
/// SQLite deletes that file when it has rolled back. Waltz has no such transactions, so only somebody who wants a file
/// deleted writes such a journal.
enum RollbackJournal {
  /// With what the path of a super-journal ends: its length, its check sum, and the magic number.
  private static let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
  private static let trailer = 16

  /// More than any system takes for a path.
  private static let longestPath = 1 << 16

  /// Throws where the journal of this name would have a file deleted.
  static func check(_ name: String, in folder: PrivateFolder) throws(PrivateFileTrouble) {
    guard let descriptor = try folder.openFile(name, O_RDONLY) else { return }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let end = bytes(of: descriptor, at: max(size - trailer - longestPath, 0))
    guard let path = superJournal(atEndOf: end) else { return }
    throw .untrusted(
      "`\(folder.path)/\(name)` would have SQLite delete another file, `\(path)`. Waltz never writes such a journal: "
        + "do not use this state directory, and find out where it came from.")
  }

  /// The path that a journal ends with, as SQLite reads it; nil where there is none.
  static func superJournal(atEndOf bytes: [UInt8]) -> String? {
    guard bytes.count > trailer, bytes.suffix(magic.count) == magic[...] else { return nil }
    let start = bytes.count - trailer
    let length = number(bytes[start..<(start + 4)])
    guard length > 0, length <= start else { return nil }
    let path = bytes[(start - Int(length))..<start]
    // SQLite adds up characters that have a sign on some machines and none on others.
    let sum = path.reduce(UInt32(0)) { $0 &+ UInt32($1) }
    let signed = path.reduce(UInt32(0)) { $0 &+ UInt32(bitPattern: Int32(Int8(bitPattern: $1))) }
    guard [sum, signed].contains(number(bytes[(start + 4)..<(start + 8)])) else { return nil }
    return String(decoding: path, as: UTF8.self)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func bytes(of descriptor: Int32, at start: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: trailer + longestPath)
    var count = 0
    while count < buffer.count {
      let got = buffer.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress?.advanced(by: count), $0.count - count, off_t(start + count))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { break }
      count += got
    }
    return Array(buffer[..<count])
  }
}
