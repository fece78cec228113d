/// What a program printed on one of its streams: the beginning, the end, and how much there was in all.
struct CapturedOutput: Sendable, Equatable {
  /// How many bytes are kept, of the beginning and of the end.
  struct Bounds: Sendable, Equatable {
    var head: Int
    var tail: Int

    /// As much as a person reads, and more than evidence may have.
    static let standard = Bounds(head: 64 << 10, tail: 192 << 10)
  }

  /// The beginning.
  private(set) var head: [UInt8] = []

  /// Bytes in all, also those that are not kept.
  private(set) var total = 0

  private let bounds: Bounds

  /// What came after the beginning: the end is its last bytes.
  private var rest: [UInt8] = []

  /// Nothing yet.
  init(within bounds: Bounds = .standard) {
    self.bounds = bounds
  }

  /// The end, without what is in the beginning.
  var tail: ArraySlice<UInt8> { rest.suffix(bounds.tail) }

  /// Bytes between the beginning and the end that were not kept.
  var leftOut: Int { total - head.count - tail.count }

  /// Takes the next bytes.
  mutating func append(_ bytes: some Collection<UInt8>) {
    total += bytes.count
    let first = bytes.prefix(bounds.head - head.count)
    head.append(contentsOf: first)
    rest.append(contentsOf: bytes.dropFirst(first.count))
    // Only now and then, so that each byte is moved once at most.
    if rest.count >= 2 * bounds.tail + 4_096 { rest.removeFirst(rest.count - bounds.tail) }
  }
}
