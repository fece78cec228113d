import PlanSyntax
import PlanText

/// A text in which the places that a test expects are marked with `«` and `»`.
struct MarkedText {
  let bytes: [UInt8]
  /// The byte ranges of the marks, in the order in which they open.
  let ranges: [Range<Int>]

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var ranges: [(start: Int, end: Int)] = []
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(ranges.count)
        ranges.append((bytes.count, bytes.count))
      case "»":
        if let last = open.popLast() { ranges[last].end = bytes.count }
      default: bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
      }
    }
    self.bytes = bytes
    self.ranges = ranges.map { $0.start..<$0.end }
  }
}

/// Reads `text` as the only source.
func parse(_ text: String, limits: SyntaxLimits = .standard) -> SyntaxResult {
  parse(Array(text.utf8), limits: limits)
}

/// Reads `bytes` as the only source.
func parse(_ bytes: [UInt8], limits: SyntaxLimits = .standard) -> SyntaxResult {
  parseSyntax(
    SourceText(name: "plan.yaml", bytes: bytes), id: SourceID(index: 0), limits: limits)
}

extension SourceSpan {
  var range: Range<Int> { Int(start)..<Int(end) }
}

/// A tree as one line: scalars with their style's mark, collections in brackets.
func outline(_ tree: SyntaxTree, _ node: SyntaxTree.Node? = nil) -> String {
  guard let node = node ?? tree.root else { return "nothing" }
  switch tree.kind(of: node) {
  case .scalar:
    let mark =
      switch tree.style(of: node) {
      case .plain: ""
      case .singleQuoted: "'"
      case .doubleQuoted: "\""
      case .literal: "|"
      case .folded: ">"
      }
    return mark + tree.string(of: node) + (mark == "'" || mark == "\"" ? mark : "")
  case .sequence:
    return "[" + tree.items(of: node).map { outline(tree, $0) }.joined(separator: ", ") + "]"
  case .mapping:
    return "{"
      + tree.entries(of: node).map { "\(outline(tree, $0.key)): \(outline(tree, $0.value))" }
      .joined(separator: ", ") + "}"
  }
}

/// Every node that is reached from the root, aliases followed, parents first.
func nodes(of tree: SyntaxTree) -> [SyntaxTree.Node] {
  var result: [SyntaxTree.Node] = []
  var waiting = tree.root.map { [$0] } ?? []
  while let node = waiting.popLast() {
    result.append(node)
    waiting.append(contentsOf: tree.items(of: node))
    for entry in tree.entries(of: node) { waiting += [entry.key, entry.value] }
  }
  return result
}
