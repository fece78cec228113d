/// One document as it was read: the name to show and the bytes as they came.
public struct SourceText: Sendable, Equatable {
  /// The name that diagnostics print: a path as the user gave it, or `<stdin>`.
  public let name: String

  /// The bytes as read, byte order mark and line ends included.
  public let bytes: [UInt8]

  /// Wraps bytes that were read from `name`.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Wraps the UTF-8 of `text`; for tests and examples.
  public init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }
}

/// Which source of an invocation a span points into.
public struct SourceID: Hashable, Sendable {
  /// The position of the source in its ``SourceMap``.
  public let index: UInt32

  /// Names the source at `index`.
  public init(index: UInt32) {
    self.index = index
  }

  /// No source: the value came from a stored graph or was made by the program.
  public static let none = SourceID(index: .max)
}

/// All sources of one invocation, so that a span finds its text when it is shown, and what of it is not.
public struct SourceMap: Sendable {
  /// The sources by index.
  public private(set) var sources: [SourceText] = []

  private var shown: [ShownSource] = []
  private let hiding: ShownSource.Hiding

  /// An empty map. Of sources that say nothing else is shown all but what `hiding` finds in them; without it,
  /// nothing.
  public init(hiding: @escaping ShownSource.Hiding = HiddenText.init(allOf:)) {
    self.hiding = hiding
  }

  /// Adds a source and names it.
  public mutating func add(_ source: SourceText) -> SourceID {
    add(ShownSource(source, hiding: hiding))
  }

  /// Adds a source that says what of it is hidden, and names it.
  @discardableResult
  package mutating func add(_ source: ShownSource) -> SourceID {
    sources.append(source.text)
    shown.append(source)
    return SourceID(index: UInt32(sources.count - 1))
  }

  /// What of the source that `id` names is not shown. Nil where there is none.
  public func hidden(of id: SourceID) -> HiddenText? {
    self[id] == nil ? nil : shown[Int(id.index)].hidden
  }

  /// The source that `id` names; nil for ``SourceID/none`` and for a foreign id.
  public subscript(_ id: SourceID) -> SourceText? {
    id.index < UInt32(sources.count) ? sources[Int(id.index)] : nil
  }
}
