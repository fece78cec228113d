import PlanLayout
import PlanSyntax
import PlanText
import Testing

/// What comes of a text.
func layout(_ text: String) -> LayoutOutcome {
  canonicalLayout(of: SourceText(name: "plan.yaml", text: text), id: SourceID(index: 0))
}

/// The layout of a text; nil where there is none.
func outcome(of text: String) -> String? {
  guard case .text(let bytes) = layout(text) else { return nil }
  return String(decoding: bytes, as: UTF8.self)
}

/// Expects a layout that laying out again does not change.
func expectLayout(
  _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let result = layout(text)
  guard case .text(let bytes) = result else {
    Issue.record("no layout: \(result)", sourceLocation: sourceLocation)
    return
  }
  let found = String(decoding: bytes, as: UTF8.self)
  #expect(found == expected, "\(found)", sourceLocation: sourceLocation)
  #expect(outcome(of: found) == found, sourceLocation: sourceLocation)
}

/// The comments of a text, without blanks at their ends.
func commentTexts(_ text: String) -> [String] {
  let source = SourceText(name: "plan.yaml", text: text)
  let id = SourceID(index: 0)
  return comments(in: source, id: id, of: parseSyntax(source, id: id).documents).map { comment in
    var bytes = source.bytes[Int(comment.span.start)..<Int(comment.span.end)]
    while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// What a text says, apart from how: kinds, scalars and their styles, aliases followed.
func shape(_ text: String) -> [String] {
  parseSyntax(SourceText(name: "plan.yaml", text: text), id: SourceID(index: 0)).documents.map {
    tree in
    tree.root.map { shape($0, tree) } ?? ""
  }
}

private func shape(_ node: SyntaxTree.Node, _ tree: SyntaxTree) -> String {
  switch tree.kind(of: node) {
  case .scalar: "\(tree.style(of: node)):\(tree.string(of: node).debugDescription)"
  case .sequence: "[" + tree.items(of: node).map { shape($0, tree) }.joined(separator: ",") + "]"
  case .mapping:
    "{"
      + tree.entries(of: node).map { "\(shape($0.key, tree))=\(shape($0.value, tree))" }
      .joined(separator: ",") + "}"
  }
}
