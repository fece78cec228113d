import CanonicalJSON
import PlanSyntax
import PlanText

extension JSONValue {
  /// An example as it stands in a document, as JSON; nil for one that is no YAML.
  ///
  /// Plain digits are a number, everything else is text, so that it is valid for the schema of its place.
  init?(example: String) {
    let source = SourceText(name: "example", text: example)
    let syntax = parseSyntax(source, id: SourceID(index: 0))
    guard !syntax.diagnostics.hasErrors, let tree = syntax.documents.first, let root = tree.root
    else { return nil }
    self.init(root, in: tree)
  }

  private init(_ node: SyntaxTree.Node, in tree: SyntaxTree) {
    switch tree.kind(of: node) {
    case .scalar:
      let text = tree.string(of: node)
      let number = tree.style(of: node) == .plain ? Int64(text) : nil
      self = number.map { .integer($0) } ?? .string(text)
    case .sequence: self = .array(tree.items(of: node).map { JSONValue($0, in: tree) })
    case .mapping:
      self = .object(
        tree.entries(of: node).map {
          Member(tree.string(of: $0.key), JSONValue($0.value, in: tree))
        })
    }
  }
}
