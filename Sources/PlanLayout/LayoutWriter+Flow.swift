import PlanSyntax
import PlanText

extension LayoutWriter {
  /// Writes a flow collection: on its line where it fits and holds no comment, else as a block.
  mutating func flow(_ node: LayoutTree.Node, indent: Int, isOnLine: Bool, joins: Bool) {
    let event = node.event
    let inner = indent + Self.step
    let goesOn = isOnLine && lines.isOpen
    if !hasComment(before: node.end) || node.children.isEmpty {
      var line = InlineText(room: Self.width - (goesOn ? lines.width + 1 : inner))
      if !canBreak(node) { line.room = .max }
      if appendContent(of: node, to: &line) {
        if goesOn { lines.write(" ") } else { lines.begin(indent: max(inner, 0)) }
        lines.write(line.bytes)
        lines.opens = false
        position = node.end
        return
      }
    }
    let hasBrackets = source[Int(event.content)] == "[" || source[Int(event.content)] == "{"
    position = Int(event.content) + (hasBrackets ? 1 : 0)
    // In a block that was flow no comment's column says where it belongs: its place does.
    entries(of: node, indent: inner, joins: joins, column: Int.max - 1)
    flush(before: hasBrackets ? node.end - 1 : node.end, indent: inner)
    position = node.end
  }

  /// Whether the entries can stand on lines of their own: a lone dash would begin a list there.
  private func canBreak(_ node: LayoutTree.Node) -> Bool {
    guard !node.children.isEmpty else { return false }
    return node.children.indices.allSatisfy { number in
      let event = tree[tree.child(number - node.children.lowerBound, of: node)].event
      return event.kind != .scalar || event.style != .plain
        || !source[Int(event.content)..<Int(event.end)].elementsEqual(["-"])
    }
  }

  /// Appends a node on one line; false where it has several or does not fit.
  private func append(_ node: LayoutTree.Node, to line: inout InlineText) -> Bool {
    let event = node.event
    for place in [event.anchor, event.tag].filter({ !$0.isEmpty })
      .sorted(by: { $0.lowerBound < $1.lowerBound })
    {
      line.write(source[Int(place.lowerBound)..<Int(place.upperBound)])
      if event.content < event.end || event.kind != .scalar { line.write(" ") }
    }
    return appendContent(of: node, to: &line)
  }

  private func appendContent(of node: LayoutTree.Node, to line: inout InlineText) -> Bool {
    let event = node.event
    switch event.kind {
    case .sequenceStart:
      line.write("[")
      for number in 0..<node.children.count {
        if number > 0 { line.write(", ") }
        guard append(tree[tree.child(number, of: node)], to: &line) else { return false }
      }
      line.write("]")
    case .mappingStart where node.children.isEmpty: line.write("{}")
    case .mappingStart:
      line.write("{ ")
      for number in stride(from: 0, to: node.children.count, by: 2) {
        if number > 0 { line.write(", ") }
        let key = tree[tree.child(number, of: node)]
        guard isSimple(key.event), append(key, to: &line) else { return false }
        line.write(key.event.kind == .alias ? " : " : ": ")
        let content = tree[tree.child(number + 1, of: node)]
        if content.event.isOmitted {
          if number + 2 == node.children.count { line.removeLast() }
        } else if !append(content, to: &line) {
          return false
        }
      }
      line.write(" }")
    default:
      let text = source[Int(event.content)..<Int(event.end)]
      guard !text.contains(where: { $0.isBreak }) else { return false }
      line.write(text)
    }
    return line.room >= 0
  }
}

/// A collection on one line while it is tried.
private struct InlineText {
  private(set) var bytes: [UInt8] = []

  /// The columns that are left.
  var room: Int

  init(room: Int) {
    self.room = room
  }

  mutating func write(_ text: some Collection<UInt8>) {
    bytes.append(contentsOf: text)
    room -= text.count { !$0.isContinuation }
  }

  mutating func write(_ text: StaticString) {
    write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func removeLast() {
    bytes.removeLast()
    room += 1
  }
}
