public import PlanSyntax
import PlanText

// Spaces that YAML needs and people forget: without them a key or a list item is a piece of text.
extension DecodeContext {
  /// Reports that a mapping is expected at `node`; where the text there is a key without the space after its
  /// colon, that.
  ///
  /// * `table`: The keys that the mapping may have; nil where the user chooses them.
  @usableFromInline
  mutating func reportNoMapping(
    _ node: SyntaxTree.Node, expected noun: String, example: String?, among table: KeyTable?
  ) {
    guard let (key, value) = tree.missingSpace(in: node),
      table.map({ nearest(to: key, among: $0.keys.map(\.name)) != nil }) ?? true
    else { return reportMismatch(node, expected: noun, example: example) }
    // A text of several lines is on one here: the second line is a mistake of its own.
    let end = value.firstIndex(of: " ").flatMap { value[$0...].contains(":") ? $0 : nil }
    let first = String(value[..<(end ?? value.endIndex)])
    let span = tree.span(of: node)
    let colon = Int(span.start) + key.utf8.count
    var diagnostic = Diagnostic(
      .missingSpace, at: SourceSpan(source: span.source, start: colon, end: colon + 1),
      "There is no space after this colon, so YAML reads `\(clipped("\(key):\(first)"))` as one piece of "
        + "text and not as a key with a value.",
      help: "Write `\(clipped("\(key): \(first)"))`.")
    diagnostic.fixes = [
      Fix(
        "Put a space after the colon",
        [.init(SourceSpan(source: span.source, start: colon + 1, end: colon + 1), " ")],
        isCertain: false)
    ]
    report(diagnostic)
  }

  /// Reports that a list is expected at `node`; where what is there starts with a dash without the space
  /// after it, that.
  @usableFromInline
  mutating func reportNoList(_ node: SyntaxTree.Node, expected noun: String, example: String?) {
    guard let item = tree.dashWithoutSpace(in: node) else {
      return reportMismatch(node, expected: noun, example: example)
    }
    let span = tree.span(of: item)
    let isKey = tree.kind(of: node) == .mapping
    let text = clipped(tree.string(of: item)) + (isKey ? ": …" : "")
    report(
      Diagnostic(
        .missingSpace,
        at: SourceSpan(source: span.source, start: Int(span.start), end: Int(span.start) + 1),
        "There is no space after this dash, so YAML reads `\(text)` as text and not as a list item.",
        help: "Write `- \(text.dropFirst())`."))
  }
}
