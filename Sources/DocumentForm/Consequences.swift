public import PlanSyntax
public import PlanText

extension [Diagnostic] {
  /// The mistakes of form without those of values that syntax has refused already.
  ///
  /// An alias without an anchor, a value with a tag, a template for a name come out of the syntax as
  /// something else than was written; what the form says of that would be a second report of one mistake.
  public func withoutConsequences(of syntax: [Diagnostic], in tree: SyntaxTree) -> [Diagnostic] {
    guard !isEmpty, !tree.isMerged, let root = tree.root else { return self }
    var broken: [SourceSpan] = []
    // Each is looked for from the root, so a file of nothing but mistakes must not have all looked for. A
    // key that stands twice breaks no value.
    let mistakes = syntax.lazy.filter {
      $0.severity == .error && $0.span.source == tree.source && $0.entry != .duplicateKey
    }
    for mistake in mistakes.prefix(256) {
      broken += tree.brokenEntry(at: mistake.span.start, below: root)
    }
    guard !broken.isEmpty else { return self }
    return filter { diagnostic in
      !broken.contains { $0.start <= diagnostic.span.start && diagnostic.span.start < $0.end }
    }
  }
}

extension SyntaxTree {
  /// The key and the value, or the item, whose value is what was refused at `place`.
  fileprivate func brokenEntry(at place: UInt32, below root: Node) -> [SourceSpan] {
    var node = root
    var owner: [SourceSpan] = []
    while true {
      switch kind(of: node) {
      case .scalar: return owner
      case .sequence:
        guard let item = items(of: node).first(where: { span(of: $0).holds(place) }) else {
          return []
        }
        owner = [span(of: item)]
        node = item
      case .mapping:
        guard
          let entry = entries(of: node).first(where: {
            span(of: $0.key).holds(place) || span(of: $0.value).holds(place)
              || span(of: $0.key).end <= place && place < span(of: $0.value).start
          })
        else { return [] }
        if span(of: entry.key).holds(place) { return kind(of: entry.key) == .scalar ? [] : owner }
        owner = [span(of: entry.key), span(of: entry.value)]
        // What stands between a key and its value, such as a tag, belongs to the value.
        if place < span(of: entry.value).start { return owner }
        node = entry.value
      }
    }
  }
}

extension SourceSpan {
  fileprivate func holds(_ place: UInt32) -> Bool {
    start <= place && place < Swift.max(end, start + 1)
  }
}
