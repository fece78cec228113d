internal import PlanText

/// The line tables of the sources that diagnostics point into, each made once.
struct LineTables {
  private let sources: SourceMap
  private var tables: [LineTable?]
  private let concealed: [SourceSpan]

  init(_ sources: SourceMap, for diagnostics: [Diagnostic]) {
    self.sources = sources
    tables = Array(repeating: nil, count: sources.sources.count)
    concealed = diagnostics.flatMap(\.concealed)
    for diagnostic in diagnostics {
      prepare(diagnostic.span.source)
      for related in diagnostic.related { prepare(related.span.source) }
    }
  }

  private mutating func prepare(_ id: SourceID) {
    guard let source = sources[id], tables[Int(id.index)] == nil else { return }
    tables[Int(id.index)] = LineTable(source)
  }

  /// The table of a source; nil for a source that is not known.
  subscript(_ id: SourceID) -> LineTable? {
    sources[id] == nil ? nil : tables[Int(id.index)]
  }

  /// The bytes of a source that are not shown, whichever diagnostic said so.
  func concealedBytes(of id: SourceID) -> [Range<Int>] {
    concealed.filter { $0.source == id }.map { Int($0.start)..<Int($0.end) }
  }

  /// The name to show; nil for a source that is not known.
  func name(of id: SourceID) -> String? { sources[id]?.name }

  /// The places where a span starts and ends; nil for a source that is not known.
  func positions(of span: SourceSpan) -> (start: SourcePosition, end: SourcePosition)? {
    guard let table = self[span.source] else { return nil }
    return (table.position(at: Int(span.start)), table.position(at: Int(span.end)))
  }
}
