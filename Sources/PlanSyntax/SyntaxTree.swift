public import PlanText

/// One YAML document as nodes with their places: tables by index, no object a node.
///
/// Aliases are resolved: an alias is the node that its anchor names, so a node may be reached on several
/// paths. Tags are kept only where they are written. What a scalar means is for the reader's schema to
/// say; here it is text.
public struct SyntaxTree: Sendable {
  /// A node of a tree.
  public struct Node: Hashable, Sendable {
    let index: Int32
  }

  /// What a node is.
  public enum Kind: UInt8, Sendable {
    case scalar
    case sequence
    case mapping
  }

  /// How a scalar is written.
  public enum ScalarStyle: UInt8, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  /// A key and its value.
  public struct Entry: Sendable {
    /// The key; any node, as YAML allows.
    public let key: Node

    /// The value.
    public let value: Node
  }

  struct Record {
    var kind: Kind
    var style: ScalarStyle
    /// Where the node comes from: 0 for the tree's own source, else its position in `otherSources` from 1.
    /// Takes no room: it lies where the fields before and after it leave a gap.
    var origin: UInt16 = 0
    /// Bytes in the source.
    var start: UInt32
    var end: UInt32
    /// A scalar's bytes in `text`; a collection's nodes in `children` (keys and values in turn).
    var first: UInt32
    var count: UInt32
  }

  /// The source that the places count in, but for what an overlay brought.
  public let source: SourceID

  /// The sources of what overlays brought.
  var otherSources: [SourceID] = []

  /// What overlays put in place of other values.
  public internal(set) var replacements: [Replacement] = []

  /// The keys that overlays added to mappings of the plan, in the order in which they were added.
  public internal(set) var additions: [Addition] = []

  var records: [Record] = []
  var children: [Int32] = []
  var text: [UInt8] = []
  var rootIndex: Int32 = -1

  init(source: SourceID) {
    self.source = source
  }

  /// How many nodes are written, those included that an overlay has replaced.
  public var nodeCount: Int { records.count }

  /// The document's node; nil for a document without content.
  public var root: Node? { rootIndex >= 0 ? Node(index: rootIndex) : nil }

  /// What `node` is.
  public func kind(of node: Node) -> Kind { records[Int(node.index)].kind }

  /// Where `node` stands, its tag and anchor not included.
  public func span(of node: Node) -> SourceSpan {
    span(of: records[Int(node.index)])
  }

  func span(of record: Record) -> SourceSpan {
    let source = record.origin == 0 ? source : otherSources[Int(record.origin) - 1]
    return SourceSpan(source: source, start: Int(record.start), end: Int(record.end))
  }

  /// How a scalar is written.
  public func style(of node: Node) -> ScalarStyle { records[Int(node.index)].style }

  /// A scalar's bytes after unquoting and unfolding, valid UTF-8; empty for collections.
  public func utf8(of node: Node) -> ArraySlice<UInt8> {
    let record = records[Int(node.index)]
    guard record.kind == .scalar else { return [] }
    return text[Int(record.first)..<Int(record.first + record.count)]
  }

  /// A scalar's text after unquoting and unfolding; empty for collections.
  public func string(of node: Node) -> String {
    String(decoding: utf8(of: node), as: UTF8.self)
  }

  /// Whether a scalar's bytes are those of `text`.
  public func scalar(_ node: Node, is text: StaticString) -> Bool {
    let bytes = utf8(of: node)
    guard bytes.count == text.utf8CodeUnitCount else { return false }
    return bytes.elementsEqual(
      UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The number of items of a sequence or of entries of a mapping; 0 for scalars.
  public func count(of node: Node) -> Int {
    let record = records[Int(node.index)]
    switch record.kind {
    case .scalar: return 0
    case .sequence: return Int(record.count)
    case .mapping: return Int(record.count) / 2
    }
  }

  /// The items of a sequence; nothing for other nodes.
  public func items(of node: Node) -> some RandomAccessCollection<Node> {
    let record = records[Int(node.index)]
    let range =
      record.kind == .sequence ? Int(record.first)..<Int(record.first + record.count) : 0..<0
    return children[range].lazy.map { Node(index: $0) }
  }

  /// The entries of a mapping.
  public struct Entries: RandomAccessCollection {
    let nodes: ArraySlice<Int32>

    public var startIndex: Int { 0 }
    public var endIndex: Int { nodes.count / 2 }

    public subscript(position: Int) -> Entry {
      let key = nodes.startIndex + 2 * position
      return Entry(key: Node(index: nodes[key]), value: Node(index: nodes[key + 1]))
    }
  }

  /// The entries of a mapping in their order, duplicates included; nothing for other nodes.
  public func entries(of node: Node) -> Entries {
    let record = records[Int(node.index)]
    let first = record.kind == .mapping ? Int(record.first) : 0
    let count = record.kind == .mapping ? Int(record.count) : 0
    return Entries(nodes: children[first..<first + count])
  }

  /// Whether the node is a plain scalar without text, `~` or `null`: a value left out.
  public func isNull(_ node: Node) -> Bool {
    let record = records[Int(node.index)]
    guard record.kind == .scalar, record.style == .plain, record.count <= 4 else { return false }
    return record.count == 0 || scalar(node, is: "~") || scalar(node, is: "null")
  }
}
