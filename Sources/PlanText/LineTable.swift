/// A place as people count it.
public struct SourcePosition: Hashable, Sendable {
  /// From 1.
  public let line: Int

  /// From 1, in Unicode scalars.
  public let column: Int

  /// From 0, in bytes.
  public let offset: Int

  /// A place.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }
}

/// Where the lines of a source start; made when the first place of the source is shown.
///
/// A line ends with LF, CR LF or CR. A byte order mark at the start takes no column.
public struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]

  /// How many scalars begin before each block of bytes, so that a place in a line of megabytes is found
  /// as quickly as one in a short line.
  private let scalars: [UInt32]

  private static let block = 256

  /// Scans the source once.
  public init(_ source: SourceText) {
    bytes = source.bytes
    var starts = [0]
    var index = 0
    let count = source.bytes.count
    source.bytes.withUnsafeBufferPointer { bytes in
      while index < count {
        let byte = bytes[index]
        index += 1
        if byte == "\n" {
          starts.append(index)
        } else if byte == "\r" {
          if index < count, bytes[index] == "\n" { index += 1 }
          starts.append(index)
        }
      }
    }
    self.starts = starts
    scalars = source.bytes.withUnsafeBufferPointer { bytes in
      var scalars: [UInt32] = []
      scalars.reserveCapacity(bytes.count / Self.block + 1)
      var count: UInt32 = 0
      for start in stride(from: 0, through: bytes.count, by: Self.block) {
        scalars.append(count)
        for byte in bytes[start..<min(start + Self.block, bytes.count)] {
          // A continuation byte belongs to the scalar before it.
          count += byte.isContinuation ? 0 : 1
        }
      }
      return scalars
    }
  }

  /// How many scalars begin before `offset`.
  private func scalarCount(before offset: Int) -> Int {
    let block = offset / Self.block
    var count = Int(scalars[block])
    for byte in bytes[(block * Self.block)..<offset] where !byte.isContinuation { count += 1 }
    return count
  }

  /// The place of the byte at `offset`; an offset past the end is the end.
  public func position(at offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = contentStart(ofLine: low)
    var column = 1
    if offset > start { column += scalarCount(before: offset) - scalarCount(before: start) }
    // An offset inside a scalar is that scalar's column.
    if offset < bytes.count, bytes[offset].isContinuation, column > 1 { column -= 1 }
    return SourcePosition(line: low + 1, column: column, offset: offset)
  }

  /// The bytes of a line, from 1, without its end and without a byte order mark.
  public func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    let start = contentStart(ofLine: number - 1)
    var end = number < starts.count ? starts[number] : bytes.count
    while end > start, bytes[end - 1].isBreak { end -= 1 }
    return bytes[start..<end]
  }

  private func contentStart(ofLine index: Int) -> Int {
    if index == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    return starts[index]
  }
}
