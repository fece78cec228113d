/// The durable events of a stay that a reader has not taken yet. None is lost: those beyond a bound are read
/// again from where they are kept, when the reader goes on.
package struct EventBacklog: Sendable {
  /// What is to be written next.
  package enum Next: Sendable, Equatable {
    /// These lines.
    case lines(Printout)

    /// The stored events with these sequence numbers; ``EventBacklog/passOver(through:)`` follows.
    case stored(ClosedRange<Int>)
  }

  private let limit: Int
  private var lines: Printout = ""
  /// The first event that is neither shown nor among the lines.
  private var next: Int
  private var last: Int

  /// A backlog with nothing in it.
  ///
  /// - Parameters:
  ///   - last: The last event that is not to be shown.
  ///   - limit: How many bytes wait for the reader.
  package init(after last: Int, limit: Int = 1 << 20) {
    self.limit = limit
    self.last = last
    next = last + 1
  }

  /// Adds the next event that is durable.
  ///
  /// - Parameters:
  ///   - sequence: Its number.
  ///   - bytes: Its bytes; asked for only if there is room.
  package mutating func add(_ sequence: Int, _ bytes: () -> [UInt8]) {
    last = sequence
    guard sequence == next, lines.bytes.count < limit else { return }
    lines.append(jsonLine: bytes())
    next = sequence + 1
  }

  /// What is to be written next; nil where that is nothing. The reader counts as having lines.
  package mutating func take() -> Next? {
    guard lines.isEmpty else {
      defer { lines = "" }
      return .lines(lines)
    }
    return next <= last ? .stored(next...last) : nil
  }

  /// The reader has the stored events up to this one, or never will.
  package mutating func passOver(through sequence: Int) {
    next = max(next, sequence + 1)
  }
}
