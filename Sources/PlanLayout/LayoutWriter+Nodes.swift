import PlanSyntax
import PlanText

extension LayoutWriter {
  /// Writes a node behind what introduces it (`key:`, `-`), or below it.
  ///
  /// * `indent`: The indentation of what introduces it.
  /// * `isCompact`: Whether a block collection may start on the same line, as behind `-`.
  /// * `column`: The column in the source of what introduces it; comments that are indented deeper belong
  ///   to the node.
  mutating func value(_ index: LayoutTree.Index, indent: Int, isCompact: Bool, column: Int) {
    let node = tree[index]
    let event = node.event
    let inner = indent + Self.step
    if event.isOmitted {
      lines.opens = false
      position = max(position, Int(event.end))
      flushInner(before: significant(), from: column.advanced(by: 1), indent: inner)
      return
    }
    // Behind a comment nothing goes on in the same line.
    var isOnLine = indent >= 0
    func pass(to place: Int) {
      guard hasComment(before: place) else { return }
      flush(before: place, indent: inner)
      isOnLine = false
    }
    pass(to: Int(event.start))
    var isPlain = true
    if event.hasProperties {
      start(isOnLine, indent: inner)
      writeProperties(of: event)
      isOnLine = true
      isPlain = false
      pass(to: Int(event.content))
    }
    switch event.kind {
    case .mappingStart, .sequenceStart:
      let joins = isCompact && isOnLine && isPlain
      if event.isFlow {
        flow(node, indent: indent, isOnLine: isOnLine, joins: joins)
      } else {
        position = Int(event.content)
        let own = self.column(of: Int(event.content))
        entries(of: node, indent: inner, joins: joins, column: own)
        flushInner(before: significant(), from: max(own, column + 1), indent: inner)
      }
    case .scalar where event.style == .literal || event.style == .folded:
      start(isOnLine, indent: inner)
      block(event, indent: max(indent, 0), parent: column)
    case .scalar where isPlain || event.content < event.end:
      start(isOnLine, indent: inner)
      scalar(event, indent: max(indent, 0) + Self.step)
    case .alias:
      start(isOnLine, indent: inner)
      lines.write(source[Int(event.content)..<Int(event.end)])
      end(at: event)
    default:
      end(at: event)
    }
  }

  /// Goes on behind a blank, or on a line of its own.
  private mutating func start(_ isOnLine: Bool, indent: Int) {
    if isOnLine, lines.isOpen {
      lines.write(" ")
    } else {
      lines.begin(indent: indent)
    }
  }

  private mutating func end(at event: SyntaxEvent) {
    lines.opens = false
    position = Int(event.end)
  }

  /// Anchor and tag, in the order of the source.
  private mutating func writeProperties(of event: SyntaxEvent) {
    let places = [event.anchor, event.tag].filter { !$0.isEmpty }
    for (number, place) in places.sorted(by: { $0.lowerBound < $1.lowerBound }).enumerated() {
      if number > 0 { lines.write(" ") }
      lines.write(source[Int(place.lowerBound)..<Int(place.upperBound)])
      position = Int(place.upperBound)
    }
  }

  // MARK: Collections

  /// Writes the entries of a collection, each on its line; the first one behind what introduces it where
  /// it `joins`.
  mutating func entries(of node: LayoutTree.Node, indent: Int, joins: Bool, column: Int) {
    let isFlow = node.event.isFlow
    let isMapping = node.event.kind == .mappingStart
    for number in stride(from: 0, to: node.children.count, by: isMapping ? 2 : 1) {
      let place = significant(inFlow: isFlow)
      if number == 0, joins, !hasComment(before: place) {
        lines.write(" ")
      } else {
        flush(before: place, indent: indent)
        lines.begin(indent: indent, afterBlank: isAfterBlankLine(place))
      }
      position = place
      let child = tree.child(number, of: node)
      if isMapping {
        entry(child, tree.child(number + 1, of: node), at: place, indent: indent, column: column)
      } else {
        lines.write("-")
        lines.opens = true
        if !isFlow { position = place + 1 }
        value(child, indent: indent, isCompact: true, column: column)
      }
    }
  }

  private mutating func entry(
    _ key: LayoutTree.Index, _ content: LayoutTree.Index, at place: Int, indent: Int, column: Int
  ) {
    let event = tree[key].event
    let next = tree[content].event
    let isMarked = place < Int(event.start)
    if isMarked && hasComment(before: Int(next.start)) || !isSimple(event) {
      lines.write("?")
      if isMarked { position = place + 1 }
      value(key, indent: indent, isCompact: true, column: column)
      if next.isOmitted {
        position = max(position, Int(next.end))
        return
      }
      flush(before: Int(next.start), indent: indent)
      lines.begin(indent: indent)
      lines.write(":")
      position = Int(next.start)
      value(content, indent: indent, isCompact: true, column: column)
      return
    }
    if event.hasProperties {
      writeProperties(of: event)
      if event.content < event.end { lines.write(" ") }
    }
    lines.write(source[Int(event.content)..<Int(event.end)])
    position = Int(event.end)
    if event.kind == .alias { lines.write(" ") }
    lines.write(":")
    lines.opens = true
    value(content, indent: indent, isCompact: false, column: column)
  }

  /// Whether a key can stand before its colon without a mark: one line, not too long for YAML.
  func isSimple(_ event: SyntaxEvent) -> Bool {
    guard event.kind == .alias || event.kind == .scalar, event.end - event.start <= 1000 else {
      return false
    }
    return !source[Int(event.start)..<Int(event.end)].contains { $0.isBreak }
  }

  // MARK: Scalars

  /// A plain or quoted scalar; the lines after its first are indented, which YAML does not count.
  private mutating func scalar(_ event: SyntaxEvent, indent: Int) {
    let text = source[Int(event.content)..<Int(event.end)]
    for (number, line) in text.textLines.enumerated() {
      let trimmed = line.trimmed(keepingEscape: event.style == .doubleQuoted)
      if number == 0 {
        lines.write(trimmed)
      } else {
        lines.begin(indent: trimmed.isEmpty ? 0 : indent)
        lines.write(trimmed)
      }
    }
    end(at: event)
  }

  /// A literal or folded block: its lines as they are, behind the indentation of their new place.
  private mutating func block(_ event: SyntaxEvent, indent: Int, parent: Int) {
    let content = Int(event.content)
    let text = source[content..<Int(event.end)]
    var rows = text.textLines
    let header = rows.removeFirst()
    let marks = header.dropFirst().prefix { $0 == "+" || $0 == "-" || ("1"..."9").contains($0) }
    let digit = marks.first { ("1"..."9").contains($0) }
    // At the end of a file without a last break the text has none either.
    let isEnded = endsWithBreak(event)
    let isKept = marks.contains("+") && isEnded
    let isStripped = marks.contains("-") || !isEnded
    lines.write(header.prefix(1))
    if digit != nil { lines.write("2") }
    if isKept { lines.write("+") } else if isStripped { lines.write("-") }
    flush(before: header.endIndex, indent: indent)

    let depth =
      digit.map { max(parent, 0) + Int($0 - "0") }
      ?? rows.first { $0.contains { $0 != " " } }.map { $0.prefix { $0 == " " }.count } ?? .max
    if rows.last?.isEmpty == true { rows.removeLast() }
    var shown = rows.map { $0.dropFirst(min(depth, $0.prefix { $0 == " " }.count)) }
    if !isKept { while shown.last?.isEmpty == true { shown.removeLast() } }
    for row in shown { lines.beginVerbatim(indent: indent + Self.step, row) }
    end(at: event)
    // Empty lines behind a block that keeps them would be its own.
    lines.opens = isKept
  }

  /// Whether the text block has a break behind its last line that counts: at the end of the file it may
  /// have none.
  private func endsWithBreak(_ event: SyntaxEvent) -> Bool {
    guard Int(event.end) == source.count, let last = source.last else { return true }
    return last == "\n" || last == "\r"
  }
}

extension ArraySlice<UInt8> {
  /// The lines without their ends; one more than there are breaks.
  fileprivate var textLines: [ArraySlice<UInt8>] {
    var result: [ArraySlice<UInt8>] = []
    var start = startIndex
    var index = startIndex
    while index < endIndex {
      guard self[index].isBreak else {
        index += 1
        continue
      }
      result.append(self[start..<index])
      index += self[index] == "\r" && index + 1 < endIndex && self[index + 1] == "\n" ? 2 : 1
      start = index
    }
    result.append(self[start..<endIndex])
    return result
  }

  /// Without blanks at either end; a blank behind a backslash may be escaped and stays.
  fileprivate func trimmed(keepingEscape: Bool) -> ArraySlice<UInt8> {
    var slice = drop { $0.isBlank }
    while let last = slice.last, last.isBlank {
      let before = slice.dropLast()
      if keepingEscape, before.reversed().prefix(while: { $0 == "\\" }).count % 2 == 1 { break }
      slice = before
    }
    return slice
  }
}
