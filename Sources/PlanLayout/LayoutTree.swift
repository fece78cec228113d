import PlanSyntax

/// The nodes of a source as they are written, with what stands in what.
struct LayoutTree {
  typealias Index = Int

  /// One document.
  struct Document {
    let start: SyntaxEvent
    let root: Index
    let end: SyntaxEvent
  }

  struct Node {
    let event: SyntaxEvent
    /// Where it ends; of no use for a block collection, which ends where its last child does.
    var end: Int
    var children: Range<Int> = 0..<0
  }

  private(set) var nodes: [Node] = []
  private(set) var documents: [Document] = []
  private var childTable: [Int32] = []

  init(_ events: SyntaxEvents) {
    nodes.reserveCapacity(events.events.count)
    var open: [(node: Index, firstChild: Int)] = []
    var pending: [Int32] = []
    var start: SyntaxEvent?
    for event in events.events {
      switch event.kind {
      case .documentStart:
        start = event
        pending.removeAll(keepingCapacity: true)
      case .documentEnd:
        if let start, let root = pending.first {
          documents.append(Document(start: start, root: Int(root), end: event))
        }
      case .scalar, .alias:
        pending.append(Int32(truncatingIfNeeded: nodes.count))
        nodes.append(Node(event: event, end: Int(event.end)))
      case .sequenceStart, .mappingStart:
        open.append((nodes.count, pending.count))
        nodes.append(Node(event: event, end: Int(event.end)))
      case .collectionEnd:
        guard let (node, firstChild) = open.popLast() else { continue }
        let first = childTable.count
        childTable += pending[firstChild...]
        pending.removeLast(pending.count - firstChild)
        nodes[node].children = first..<childTable.count
        nodes[node].end = Int(event.end)
        pending.append(Int32(truncatingIfNeeded: node))
      }
    }
  }

  subscript(_ index: Index) -> Node { nodes[index] }

  /// A node's child: an item, or a key or value of the entries in turn.
  func child(_ position: Int, of node: Node) -> Index {
    Int(childTable[node.children.lowerBound + position])
  }
}
