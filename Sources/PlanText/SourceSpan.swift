/// A half-open range of bytes in one source.
public struct SourceSpan: Hashable, Sendable {
  /// The source that the offsets count in.
  public let source: SourceID

  /// The first byte, from 0.
  public let start: UInt32

  /// The byte after the last, never before `start`.
  public let end: UInt32

  /// A span over `start ..< end`.
  public init(source: SourceID, start: Int, end: Int) {
    self.source = source
    self.start = UInt32(clamping: start)
    self.end = Swift.max(UInt32(clamping: end), self.start)
  }

  /// The place of values that no source holds.
  public static let none = SourceSpan(source: .none, start: 0, end: 0)

  /// Whether the span points into a source.
  public var isKnown: Bool { source != .none }
}

/// A value together with the place that stated it.
///
/// Equality and hashing look at the value alone: two plans that differ in layout mean the same.
@dynamicMemberLookup
public struct Located<Value> {
  /// What was stated.
  public var value: Value

  /// Where; ``SourceSpan/none`` for defaults and for plans read back from a graph.
  public var span: SourceSpan

  /// A value stated at `span`.
  public init(_ value: Value, at span: SourceSpan = .none) {
    self.value = value
    self.span = span
  }

  /// Reads through to the value.
  public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
    value[keyPath: path]
  }

  /// The same place with another value.
  public func map<Other>(_ transform: (Value) throws -> Other) rethrows -> Located<Other> {
    Located<Other>(try transform(value), at: span)
  }
}

extension Located: Sendable where Value: Sendable {}

extension Located: Equatable where Value: Equatable {
  public static func == (left: Located, right: Located) -> Bool { left.value == right.value }
}

extension Located: Hashable where Value: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
