import PlanText
internal import PlanText

/// Builds the tree of a document from events, and sees to the rules that hold between its nodes.
struct TreeBuilder {
  /// A C string of libyaml's, alive as long as its event.
  typealias Name = UnsafeMutablePointer<UInt8>

  /// A collection that is not closed yet.
  struct Frame {
    let record: Int
    /// Its first child in `pending`.
    let firstChild: Int
    let isFlow: Bool
    let anchor: AnchorTable.Index?
    /// Nodes in it as a reader meets them, itself included.
    var expanded = 1
    /// Collections on the deepest path down from it, itself included.
    var height = 1
  }

  let text: YAMLText
  let limits: SyntaxLimits
  var tree: SyntaxTree
  var frames: [Frame] = []
  var diagnostics = DiagnosticList()

  /// Set when the document breaks a limit; reading it must end.
  var refusal: Diagnostic?

  private var anchors = AnchorTable()
  private var pending: [Int32] = []
  private var lastEnd = 0
  private var lastOfFinished: SyntaxTree.Record?

  init(text: YAMLText, limits: SyntaxLimits) {
    self.text = text
    self.limits = limits
    tree = SyntaxTree(source: text.id)
  }

  /// Makes room for what a plan of `count` bytes holds as a rule.
  mutating func reserve(forBytes count: Int) {
    tree.records.reserveCapacity(count / 16)
    tree.children.reserveCapacity(count / 16)
    tree.text.reserveCapacity(count / 2)
  }

  /// Adds a scalar.
  mutating func scalar(
    _ value: UnsafeBufferPointer<UInt8>, style: SyntaxTree.ScalarStyle, start: Int, end: Int,
    anchor: Name?, tag: Name?
  ) {
    var start = start
    var end = end
    if style == .literal || style == .folded { end = contentEnd(before: end, after: start) }
    lastEnd = end
    let first = tree.text.count
    tree.text.append(contentsOf: value)
    let index = Int32(truncatingIfNeeded: tree.records.count)
    let weight = SyntaxTree.weight(ofText: value.count)
    if anchor != nil || tag != nil {
      let properties = text.properties(at: start, hasAnchor: anchor != nil, hasTag: tag != nil)
      start = min(properties.content, end)
      checkTag(tag, at: properties.tag, kind: .scalar)
      if let anchor {
        let anchor = define(
          anchor, at: properties.anchor ?? start..<end, node: index, isOpen: false)
        anchors.close(anchor, expanded: weight, height: 0)
      }
    }
    tree.records.append(
      SyntaxTree.Record(
        kind: .scalar, style: style, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end), first: UInt32(truncatingIfNeeded: first),
        count: UInt32(truncatingIfNeeded: value.count)))
    add(index, expanded: weight, height: 0, at: start..<end)
  }

  /// Starts a collection.
  mutating func open(
    _ kind: SyntaxTree.Kind, isFlow: Bool, start: Int, anchor: Name?, tag: Name?
  ) {
    var start = start
    let index = tree.records.count
    var anchorIndex: AnchorTable.Index?
    if anchor != nil || tag != nil {
      let properties = text.properties(at: start, hasAnchor: anchor != nil, hasTag: tag != nil)
      start = properties.content
      checkTag(tag, at: properties.tag, kind: kind)
      if let anchor {
        anchorIndex = define(
          anchor, at: properties.anchor ?? start..<start,
          node: Int32(truncatingIfNeeded: index), isOpen: true)
      }
    }
    lastEnd = start + (isFlow ? 1 : 0)
    tree.records.append(
      SyntaxTree.Record(
        kind: kind, style: .plain, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: start), first: 0, count: 0))
    frames.append(
      Frame(record: index, firstChild: pending.count, isFlow: isFlow, anchor: anchorIndex))
    if frames.count > limits.depth, refusal == nil {
      refusal = tooDeep(at: start..<start + 1)
    }
  }

  /// Ends the innermost collection; a block collection ends where its last child does.
  mutating func close(end: Int) {
    guard let frame = frames.popLast() else { return }
    if frame.isFlow { lastEnd = end }
    let first = tree.children.count
    tree.children.append(contentsOf: pending[frame.firstChild...])
    pending.removeLast(pending.count - frame.firstChild)
    tree.records[frame.record].first = UInt32(truncatingIfNeeded: first)
    tree.records[frame.record].count = UInt32(truncatingIfNeeded: tree.children.count - first)
    let start = Int(tree.records[frame.record].start)
    tree.records[frame.record].end = UInt32(truncatingIfNeeded: max(lastEnd, start))
    if tree.records[frame.record].kind == .mapping {
      checkKeys(of: SyntaxTree.Node(index: Int32(truncatingIfNeeded: frame.record)), frame)
    }
    if let anchor = frame.anchor {
      anchors.close(anchor, expanded: frame.expanded, height: frame.height)
    }
    add(
      Int32(truncatingIfNeeded: frame.record), expanded: frame.expanded, height: frame.height,
      at: start..<lastEnd)
  }

  /// Adds the node that an anchor names.
  mutating func alias(_ name: Name?, start: Int, end: Int) {
    lastEnd = end
    let name = name.map { String(cString: $0) } ?? ""
    if let anchor = anchors[name] {
      if anchor.isOpen {
        diagnostics.append(recursive(name, at: start..<end, anchor: anchor.place))
      } else if frames.count + anchor.height > limits.depth {
        refusal = refusal ?? tooDeep(at: start..<end, alias: name, anchor: anchor.place)
        return
      } else {
        add(
          anchor.node, expanded: anchor.expanded, height: anchor.height, at: start..<end,
          alias: (name, anchor.place))
        return
      }
    } else {
      diagnostics.append(
        unknownAnchor(name, at: start..<end, near: anchors.names.nearest(to: name)))
    }
    // An empty value keeps the tree whole; the diagnostic stands for it.
    let index = Int32(truncatingIfNeeded: tree.records.count)
    tree.records.append(
      SyntaxTree.Record(
        kind: .scalar, style: .plain, start: UInt32(truncatingIfNeeded: start),
        end: UInt32(truncatingIfNeeded: end), first: 0, count: 0))
    add(index, expanded: 1, height: 0, at: start..<end)
  }

  /// Ends the document and hands over its tree; nil for a document without content.
  mutating func finish() -> SyntaxTree? {
    let result = tree
    lastOfFinished = lastScalar
    tree = SyntaxTree(source: text.id)
    frames.removeAll()
    pending.removeAll()
    anchors = AnchorTable()
    guard let root = result.root else { return nil }
    let record = result.records[Int(root.index)]
    let isEmpty =
      record.kind == .scalar && record.style == .plain && record.count == 0
      && record.start == record.end
    if isEmpty { return nil }
    if let diagnostic = scalarRoot(result, root) { diagnostics.append(diagnostic) }
    return result
  }

  /// The opening bracket of the innermost flow collection that is not closed.
  var openBracket: Int? {
    guard let frame = frames.last, frame.isFlow else { return nil }
    return Int(tree.records[frame.record].start)
  }

  /// The scalar that was read last, in this document or at the end of the one before.
  var lastScalar: SyntaxTree.Record? {
    tree.records.last { $0.kind == .scalar } ?? lastOfFinished
  }

  /// Hands over what was found since the last call.
  mutating func takeDiagnostics() -> [Diagnostic] {
    guard !diagnostics.all.isEmpty else { return [] }
    defer { diagnostics = DiagnosticList() }
    return diagnostics.all
  }

  @inline(__always)
  private mutating func add(
    _ index: Int32, expanded: Int, height: Int, at place: Range<Int>,
    alias: (name: String, anchor: Range<Int>)? = nil
  ) {
    guard !frames.isEmpty else {
      tree.rootIndex = index
      return
    }
    pending.append(index)
    let last = frames.count - 1
    let (sum, overflow) = frames[last].expanded.addingReportingOverflow(expanded)
    frames[last].expanded = overflow ? .max : sum
    frames[last].height = max(frames[last].height, height + 1)
    if overflow || sum > limits.expandedNodes, refusal == nil {
      refusal = tooManyNodes(at: place, alias: alias)
    }
  }

  private mutating func define(
    _ name: Name, at place: Range<Int>, node: Int32, isOpen: Bool
  ) -> AnchorTable.Index {
    let name = String(cString: name)
    if let earlier = anchors[name] {
      diagnostics.append(redefined(name, at: place, earlier: earlier.place))
    }
    return anchors.define(name, node: node, place: place, isOpen: isOpen)
  }

  /// Block scalars end before the breaks that follow their last line.
  private func contentEnd(before end: Int, after start: Int) -> Int {
    var end = end
    while end > start, let byte = text.byte(at: end - 1),
      byte.isBlank || byte.isBreak
    {
      end -= 1
    }
    return end
  }
}
