public import PlanText

extension SyntaxTree {
  /// A value that an overlay put in place of another.
  public struct Replacement: Sendable {
    /// The value that counts.
    public let new: SourceSpan

    /// The one that it replaced.
    public let old: SourceSpan
  }

  /// A key that an overlay added to a mapping that was there.
  public struct Addition: Sendable {
    /// The key.
    public let key: Node

    /// The mapping as it was before.
    public let mapping: Node
  }

  /// Whether nodes of the tree come from several sources.
  public var isMerged: Bool { !otherSources.isEmpty }

  /// The tree with an overlay merged onto it.
  ///
  /// A mapping merges key by key, with new keys at its end; a list, a scalar and a mapping in place of
  /// something else replace; `null` or `~` removes a key. Every node keeps its own place. An empty value is
  /// an error: nobody can tell it from a value that was forgotten. Takes time linear in the two trees as
  /// they are written, or in what both have in common as their aliases are followed; a suggestion for a key
  /// that is not there costs as much as its mapping has keys, so there is a bounded number of them.
  ///
  /// * `skipping`: Keys of the overlay's root that say something about the overlay itself.
  public func merged(
    with overlay: SyntaxTree, skipping: [StaticString] = [], limits: SyntaxLimits = .standard
  ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
    guard let base = root, kind(of: base) == .mapping, let top = overlay.root,
      overlay.kind(of: top) == .mapping
    else { return (self, []) }
    var merger = OverlayMerger(self, overlay, skipping: skipping, limits: limits)
    return merger.merge(base.index, top.index)
  }
}

/// Merges one overlay onto a tree. Nodes are never changed, since an alias may share them: a mapping that
/// gets other entries is a new node.
private struct OverlayMerger {
  private struct Pair: Hashable {
    let base: Int32
    let overlay: Int32
  }

  private var tree: SyntaxTree
  private let skipping: [StaticString]
  private let limits: SyntaxLimits
  private let firstRecord: Int32
  private var diagnostics = DiagnosticList()
  private var done: [Pair: Int32] = [:]
  private var budget: Int

  /// What is left for suggestions, in all mappings together.
  private var suggestionBudget = NearNames.standardBudget

  init(
    _ base: SyntaxTree, _ overlay: SyntaxTree, skipping: [StaticString], limits: SyntaxLimits
  ) {
    tree = base
    self.skipping = skipping
    self.limits = limits
    budget = limits.expandedNodes
    firstRecord = Int32(truncatingIfNeeded: base.records.count)
    if tree.otherSources.last != overlay.source { tree.otherSources.append(overlay.source) }
    let origin = UInt16(truncatingIfNeeded: tree.otherSources.count)
    let firstChild = UInt32(truncatingIfNeeded: base.children.count)
    let firstByte = UInt32(truncatingIfNeeded: base.text.count)
    tree.text += overlay.text
    tree.children += overlay.children.map { $0 &+ firstRecord }
    tree.records += overlay.records.map { record in
      var record = record
      record.origin = origin
      record.first &+= record.kind == .scalar ? firstByte : firstChild
      return record
    }
  }

  mutating func merge(_ base: Int32, _ top: Int32) -> (SyntaxTree, [Diagnostic]) {
    tree.rootIndex = merged(base, firstRecord + top, isRoot: true)
    var counts: [Int32: Int] = [:]
    if budget < 0 || expanded(tree.rootIndex, &counts) > limits.expandedNodes {
      let place = span(firstRecord + top)
      diagnostics.append(
        Diagnostic(
          .tooManyNodes,
          at: SourceSpan(source: place.source, start: Int(place.start), end: Int(place.start) + 1),
          "With this overlay and every alias followed, the plan holds more than \(limits.expandedNodes) values.",
          help:
            "Aliases of values that hold aliases multiply. Write the values out, or repeat less."))
    }
    return (tree, diagnostics.all)
  }

  /// The node that comes of an overlay's node over one of the tree, or over nothing.
  private mutating func merged(_ base: Int32?, _ overlay: Int32, isRoot: Bool = false) -> Int32 {
    let over = tree.records[Int(overlay)]
    let under = base.flatMap { tree.records[Int($0)].kind == .mapping ? $0 : nil }
    if let base, over.kind != .mapping || under == nil {
      tree.replacements.append(.init(new: span(overlay), old: span(base)))
    }
    guard over.kind == .mapping else { return overlay }
    let pair = Pair(base: under ?? -1, overlay: overlay)
    if let known = done[pair] { return known }
    let result = mergedMapping(under, overlay, isRoot: isRoot)
    done[pair] = result
    return result
  }

  private mutating func mergedMapping(_ base: Int32?, _ overlay: Int32, isRoot: Bool) -> Int32 {
    var entries = base.map(self.entries) ?? []
    let changes = self.entries(of: overlay)
    let baseCount = entries.count
    var isChanged = base != nil
    var places: [String: Int] = [:]
    for (place, entry) in entries.enumerated() { places[text(entry.key), default: place] = place }
    var removed: Set<Int> = []
    var missing: [Int32] = []
    for change in changes {
      budget -= 1
      guard budget >= 0 else { break }
      if isRoot, skipping.contains(where: { tree.scalar(.init(index: change.key), is: $0) }) {
        continue
      }
      let name = text(change.key)
      let place = places[name]
      if tree.isNull(.init(index: change.value)) {
        isChanged = true
        if tree.records[Int(change.value)].count == 0 {
          diagnostics.append(omitted(name, at: span(change.key)))
        } else if let place {
          removed.insert(place)
        } else {
          missing.append(change.key)
        }
      } else if let place {
        let value = merged(entries[place].value, change.value)
        let isMerging =
          tree.records[Int(entries[place].value)].kind == .mapping
          && tree.records[Int(change.value)].kind == .mapping
        entries[place] = (isMerging ? entries[place].key : change.key, value)
      } else {
        let value = merged(nil, change.value)
        if let base {
          tree.additions.append(.init(key: .init(index: change.key), mapping: .init(index: base)))
        }
        if value != change.value { isChanged = true }
        entries.append((change.key, value))
      }
    }
    report(missing, from: entries[..<baseCount])
    guard isChanged else { return overlay }
    let first = tree.children.count
    for (place, entry) in entries.enumerated() where !removed.contains(place) {
      tree.children.append(entry.key)
      tree.children.append(entry.value)
    }
    var record = tree.records[Int(base ?? overlay)]
    record.first = UInt32(truncatingIfNeeded: first)
    record.count = UInt32(truncatingIfNeeded: tree.children.count - first)
    tree.records.append(record)
    return Int32(truncatingIfNeeded: tree.records.count - 1)
  }

  private func entries(of mapping: Int32) -> [(key: Int32, value: Int32)] {
    tree.entries(of: .init(index: mapping)).map { ($0.key.index, $0.value.index) }
  }

  private func text(_ node: Int32) -> String { tree.string(of: .init(index: node)) }

  private func span(_ node: Int32) -> SourceSpan { tree.span(of: .init(index: node)) }

  /// The nodes that a reader meets who follows every alias; as deep as the trees are, which are bounded.
  private func expanded(_ node: Int32, _ counts: inout [Int32: Int]) -> Int {
    let record = tree.records[Int(node)]
    guard record.kind != .scalar else { return SyntaxTree.weight(ofText: Int(record.count)) }
    if let known = counts[node] { return known }
    var sum = 1
    for child in tree.children[Int(record.first)..<Int(record.first + record.count)] {
      sum = min(sum + expanded(child, &counts), limits.expandedNodes + 1)
    }
    counts[node] = sum
    return sum
  }

  private func omitted(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .overlayWithoutValue, at: span,
      "The overlay gives no value for '\(shortened(name))'. Either the key should be removed, or "
        + "the value was forgotten.",
      help:
        "Write '\(shortened(name)): null' to remove the key, write a value to set it, or leave the "
        + "key out to keep what the plan says."
    )
  }

  /// Reports keys that were to be removed and are not there.
  private mutating func report(
    _ missing: [Int32], from entries: ArraySlice<(key: Int32, value: Int32)>
  ) {
    guard !missing.isEmpty else { return }
    var known = NearNames(entries.map { text($0.key) }, budget: suggestionBudget)
    for key in missing {
      let name = text(key)
      diagnostics.append(
        Diagnostic(
          .overlayRemovesNothing, at: span(key),
          "The overlay removes '\(shortened(name))', but there is no such key here.",
          help: known.nearest(to: name).map { "Did you mean '\(shortened($0))'?" }
            ?? "Remove the line, or correct the key."))
    }
    suggestionBudget = known.budget
  }
}
