import PlanSyntax
import PlanText

/// Where the errors of a document are, to be asked for parts of its tree.
///
/// The tree is walked and not compared by offsets: an alias stands elsewhere than where it is used, and what
/// an overlay brought stands in another file.
struct MistakePlaces {
  /// Source and offset in one number, ascending.
  private let starts: [UInt64]

  /// What is known of lists and mappings, since aliases share them.
  private var known: [SyntaxTree.Node: Bool] = [:]

  init(_ diagnostics: [Diagnostic]) {
    starts = diagnostics.filter { $0.severity == .error }.map { Self.place($0.span, $0.span.start) }
      .sorted()
  }

  /// Whether the key or anything below it has an error.
  mutating func touches(_ entry: SyntaxTree.Entry, in tree: SyntaxTree) -> Bool {
    touches(entry.key, in: tree) || touches(entry.value, in: tree)
  }

  /// Whether the value or anything below it has an error.
  mutating func touches(_ node: SyntaxTree.Node, in tree: SyntaxTree) -> Bool {
    let span = tree.span(of: node)
    guard tree.kind(of: node) != .scalar else {
      return hits(span, to: max(span.end, span.start + 1))
    }
    if let known = known[node] { return known }
    var isTouched = hits(span, to: span.start + 1)
    if tree.kind(of: node) == .mapping {
      for entry in tree.entries(of: node) where !isTouched {
        isTouched = touches(entry, in: tree)
      }
    } else {
      for item in tree.items(of: node) where !isTouched { isTouched = touches(item, in: tree) }
    }
    known[node] = isTouched
    return isTouched
  }

  private func hits(_ span: SourceSpan, to end: UInt32) -> Bool {
    let first = Self.place(span, span.start)
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < first { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] < Self.place(span, end)
  }

  private static func place(_ span: SourceSpan, _ offset: UInt32) -> UInt64 {
    UInt64(UInt32(truncatingIfNeeded: span.source.index)) << 32 | UInt64(offset)
  }
}
