import PlanText
internal import PlanText

/// The bytes of a source with the way from libyaml's marks to byte offsets.
///
/// libyaml counts Unicode scalars and leaves a byte order mark out; the tree counts bytes. For ASCII the
/// two differ by the mark alone, else a table holds the offset of every 32nd scalar. Lives only inside
/// `withUnsafeBufferPointer`.
struct YAMLText {
  let bytes: UnsafeBufferPointer<UInt8>
  let id: SourceID

  /// The first byte after a byte order mark.
  let start: Int

  /// The offset of every `stride`th scalar from `start`; empty for ASCII.
  private let checkpoints: [UInt32]

  private static let stride = 32

  init(bytes: UnsafeBufferPointer<UInt8>, id: SourceID, isASCII: Bool) {
    self.bytes = bytes
    self.id = id
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    start = hasMark ? 3 : 0
    checkpoints = isASCII ? [] : Self.checkpoints(bytes, from: start)
  }

  private static func checkpoints(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> [UInt32]
  {
    var result: [UInt32] = []
    result.reserveCapacity((bytes.count - start) / stride + 1)
    var untilNext = 0
    for index in start..<bytes.count where !bytes[index].isContinuation {
      if untilNext == 0 {
        result.append(UInt32(truncatingIfNeeded: index))
        untilNext = stride
      }
      untilNext -= 1
    }
    return result
  }

  /// The byte offset of the scalar at `index`, counted from the scalar that stands at byte `origin`.
  ///
  /// A parser that started in the middle of the source counts from there.
  @inline(__always)
  func offset(ofScalar index: Int, from origin: Origin) -> Int {
    let index = index &+ origin.scalar
    return checkpoints.isEmpty ? min(start &+ index, bytes.count) : lookUp(index)
  }

  private func lookUp(_ index: Int) -> Int {
    let slot = index / Self.stride
    guard slot < checkpoints.count else { return bytes.count }
    var rest = index % Self.stride
    var offset = Int(checkpoints[slot])
    if slot + 1 < checkpoints.count, Int(checkpoints[slot + 1]) - offset == Self.stride {
      return offset + rest
    }
    while rest > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset].isContinuation { offset += 1 }
      rest -= 1
    }
    return offset
  }

  /// Where a parser started: the byte, and the number of scalars before it.
  struct Origin {
    let byte: Int
    let scalar: Int
  }

  /// The origin of a parser that starts at `byte`.
  func origin(at byte: Int) -> Origin {
    guard !checkpoints.isEmpty else { return Origin(byte: byte, scalar: byte - start) }
    // The last checkpoint at or before the byte, then scalar by scalar.
    var low = 0
    var high = checkpoints.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(checkpoints[middle]) <= byte { low = middle } else { high = middle }
    }
    var scalar = low * Self.stride
    for index in Int(checkpoints[low])..<max(byte, Int(checkpoints[low]))
    where !bytes[index].isContinuation {
      scalar += 1
    }
    return Origin(byte: byte, scalar: scalar)
  }

  /// A span of this source.
  func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(source: id, start: min(start, bytes.count), end: min(end, bytes.count))
  }
}
