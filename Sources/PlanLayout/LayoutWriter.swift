import PlanSyntax
import PlanText

/// Writes the nodes of a source anew, with its comments where they stood.
///
/// Goes through the source once, in its order: `position` is behind what was written last, and the
/// comments up to a place are put out before what stands there.
struct LayoutWriter {
  /// Up to this column a flow collection stays on its line.
  static let width = 120

  /// The indentation of every level.
  static let step = 2

  let source: [UInt8]
  let tree: LayoutTree
  let comments: [Comment]
  var lines: LineBuffer
  var position = 0

  private var nextComment = 0
  private var significantFrom = -1
  private var significantPlace = 0

  init(_ source: SourceText, _ tree: LayoutTree, _ comments: [Comment]) {
    self.source = source.bytes
    self.tree = tree
    self.comments = comments
    lines = LineBuffer(capacity: source.bytes.count + 1024)
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The whole source in its canonical layout.
  static func text(_ source: SourceText, _ tree: LayoutTree, _ comments: [Comment]) -> [UInt8] {
    var writer = LayoutWriter(source, tree, comments)
    for document in tree.documents { writer.write(document) }
    writer.flush(before: .max, indent: 0)
    return writer.lines.assembled(from: source.bytes)
  }

  private mutating func write(_ document: LayoutTree.Document) {
    if !document.start.isImplicit {
      let marker = Int(document.start.end) - 3
      writeDirectives(from: Int(document.start.start), to: marker)
      flush(before: marker, indent: 0)
      lines.begin(indent: 0, afterBlank: isAfterBlankLine(marker))
      lines.write("---")
      lines.opens = true
      position = marker + 3
    }
    let root = tree[document.root].event
    if !root.isOmitted {
      flush(before: Int(root.start), indent: 0)
      value(document.root, indent: -Self.step, isCompact: false, column: -1)
    }
    if !document.end.isImplicit {
      let end = Int(document.end.start)
      flush(before: end, indent: 0)
      lines.begin(indent: 0, afterBlank: isAfterBlankLine(end))
      lines.write("...")
      position = end + 3
    }
  }

  /// `%YAML 1.2`, as it is written.
  private mutating func writeDirectives(from start: Int, to end: Int) {
    var line = start
    while line < end {
      let lineEnd = source[line...].firstIndex { $0.isBreak } ?? source.count
      if source[line] == "%" {
        flush(before: line, indent: 0)
        lines.begin(indent: 0, afterBlank: isAfterBlankLine(line))
        var text = source[line..<lineEnd]
        if hasComment(before: lineEnd) {
          text = source[line..<Int(comments[nextComment].span.start)]
        }
        while let last = text.last, last.isBlank { text.removeLast() }
        lines.write(text)
      }
      line = source[lineEnd...].firstIndex { !$0.isBreak } ?? source.count
    }
  }

  // MARK: Comments

  /// Whether a comment stands before `limit` that is not written yet.
  func hasComment(before limit: Int) -> Bool {
    nextComment < comments.count && Int(comments[nextComment].span.start) < limit
  }

  /// Writes the comments up to a place: those behind something stay behind it, the others stand on lines
  /// of their own.
  mutating func flush(before limit: Int, indent: Int) {
    while hasComment(before: limit) { writeComment(indent: indent) }
  }

  /// Writes the comments up to a place that belong to what ends here: those behind it, and those that are
  /// indented as it is.
  mutating func flushInner(before limit: Int, from column: Int, indent: Int) {
    while hasComment(before: limit) {
      let comment = comments[nextComment]
      if comment.isAlone, self.column(of: Int(comment.span.start)) < column { return }
      writeComment(indent: indent)
    }
  }

  private mutating func writeComment(indent: Int) {
    let comment = comments[nextComment]
    nextComment += 1
    let start = Int(comment.span.start)
    var end = Int(comment.span.end)
    while end > start, source[end - 1].isBlank { end -= 1 }
    if !comment.isAlone, lines.isOpen {
      lines.attach(start..<end)
    } else {
      lines.begin(indent: max(indent, 0), afterBlank: isAfterBlankLine(start))
      lines.write(source[start..<end])
      lines.close()
    }
  }

  // MARK: Places in the source

  /// The first byte behind `position` that is neither blank nor comment nor, in a flow collection, a comma.
  mutating func significant(inFlow: Bool = false) -> Int {
    if significantFrom == position, !inFlow { return significantPlace }
    var index = position
    while index < source.count {
      let byte = source[index]
      if byte == "#" {
        while index < source.count, !source[index].isBreak { index += 1 }
      } else if byte.isBlank || byte.isBreak || inFlow && byte == "," {
        index += 1
      } else {
        break
      }
    }
    if !inFlow {
      significantFrom = position
      significantPlace = index
    }
    return index
  }

  /// The bytes before `offset` on its line, a byte order mark not counted.
  func column(of offset: Int) -> Int {
    let start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var index = offset
    while index > start, !source[index - 1].isBreak { index -= 1 }
    return offset - index
  }

  /// Whether the line before the one that starts with `offset` is empty.
  func isAfterBlankLine(_ offset: Int) -> Bool {
    var index = offset
    func skipBlanks() { while index > 0, source[index - 1].isBlank { index -= 1 } }
    func skipBreak() -> Bool {
      guard index > 0, source[index - 1].isBreak else { return false }
      index -= index > 1 && source[index - 1] == "\n" && source[index - 2] == "\r" ? 2 : 1
      return true
    }
    skipBlanks()
    guard skipBreak() else { return false }
    skipBlanks()
    return skipBreak()
  }
}
