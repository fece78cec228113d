internal import PlanText

/// The anchors of a document, by name; a name that is defined again means its last definition.
struct AnchorTable {
  typealias Index = Int

  struct Anchor {
    let node: Int32
    let place: Range<Int>
    /// Whether the anchored collection is still being read: an alias to it would never end.
    var isOpen: Bool
    /// Nodes as a reader meets them that follows every alias.
    var expanded = 1
    /// Collections on the deepest path down, itself included; 0 for scalars.
    var height = 0
  }

  private var anchors: [Anchor] = []
  private var byName: [String: Index] = [:]

  /// The names in the order of their first definition, for aliases that misspell them.
  var names = NearNames([String]())

  subscript(_ name: String) -> Anchor? { byName[name].map { anchors[$0] } }

  mutating func define(_ name: String, node: Int32, place: Range<Int>, isOpen: Bool) -> Index {
    anchors.append(Anchor(node: node, place: place, isOpen: isOpen))
    if byName.updateValue(anchors.count - 1, forKey: name) == nil { names.append(name) }
    return anchors.count - 1
  }

  mutating func close(_ index: Index, expanded: Int, height: Int) {
    anchors[index].isOpen = false
    anchors[index].expanded = expanded
    anchors[index].height = height
  }
}
