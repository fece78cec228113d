internal import PlanText

/// The line tables of the sources that diagnostics point into, each made once.
struct LineTables {
  private let sources: SourceMap
  private var tables: [LineTable?]
  private var hidden: [HiddenText?]

  /// What any of ``hidden`` hides: a message is looked through once, however many files there are.
  private var hiding = HiddenText(joining: [])

  init(_ sources: SourceMap, for diagnostics: [Diagnostic]) {
    self.sources = sources
    tables = Array(repeating: nil, count: sources.sources.count)
    hidden = Array(repeating: nil, count: sources.sources.count)
    for diagnostic in diagnostics {
      prepare(diagnostic.span.source)
      for related in diagnostic.related { prepare(related.span.source) }
      for edit in diagnostic.fixes.lazy.flatMap(\.edits) { prepare(edit.span.source) }
      if let suppression = diagnostic.suppression { prepare(suppression.span.source) }
    }
    for index in hidden.indices where tables[index] != nil {
      hidden[index] = sources.hidden(of: SourceID(index: UInt32(index)))
    }
    for span in diagnostics.lazy.flatMap(\.concealed) {
      guard let source = sources[span.source], tables[Int(span.source.index)] != nil else {
        continue
      }
      hidden[Int(span.source.index)]?
        .hide(source.bytes[(Int(span.start)..<Int(span.end)).clamped(to: source.bytes.indices)])
    }
    for index in hidden.indices { hidden[index]?.putInOrder() }
    hiding = HiddenText(joining: hidden.compactMap(\.self).filter { !$0.ranges.isEmpty })
  }

  private mutating func prepare(_ id: SourceID) {
    guard let source = sources[id], tables[Int(id.index)] == nil else { return }
    tables[Int(id.index)] = LineTable(source)
  }

  /// The table of a source; nil for a source that is not known.
  subscript(_ id: SourceID) -> LineTable? {
    sources[id] == nil ? nil : tables[Int(id.index)]
  }

  /// The bytes of a source that are not shown.
  func concealedBytes(of id: SourceID) -> [Range<Int>] {
    sources[id] == nil ? [] : hidden[Int(id.index)]?.ranges ?? []
  }

  /// The diagnostic with nothing in its words of what its sources hide.
  func masked(_ diagnostic: Diagnostic) -> Diagnostic {
    let isOfCommand = quotesCommand(diagnostic)
    func masked(_ text: String) -> String { hiding.masked(text, withArguments: isOfCommand) }
    var result = diagnostic.worded(
      masked(diagnostic.detail), help: diagnostic.help.map(masked),
      related: diagnostic.related.map { .init(masked($0.message), at: $0.span) })
    result.fixes = diagnostic.fixes.map { fix in
      Fix(
        masked(fix.title), fix.edits.map { .init($0.span, masked($0.replacement)) },
        isCertain: fix.isCertain)
    }
    result.suppression = diagnostic.suppression.map {
      .init(reason: masked($0.reason), at: $0.span)
    }
    return result
  }

  /// Whether a place of the diagnostic is on a line with arguments of a secret's command: what it quotes
  /// may be one of them.
  private func quotesCommand(_ diagnostic: Diagnostic) -> Bool {
    let spans = [diagnostic.span] + diagnostic.related.map(\.span)
    return spans.contains { span in
      guard let (start, end) = positions(of: span),
        let arguments = hidden[Int(span.source.index)]?.arguments, !arguments.isEmpty,
        let table = self[span.source]
      else { return false }
      let lines = table.line(start.line).startIndex..<table.line(end.line).endIndex + 1
      return !arguments.overlapping(lines).isEmpty
    }
  }

  /// The name to show; nil for a source that is not known.
  func name(of id: SourceID) -> String? { sources[id]?.name }

  /// The places where a span starts and ends; nil for a source that is not known.
  func positions(of span: SourceSpan) -> (start: SourcePosition, end: SourcePosition)? {
    guard let table = self[span.source] else { return nil }
    return (table.position(at: Int(span.start)), table.position(at: Int(span.end)))
  }

  /// The bytes of `range` with three asterisks in place of what its source hides.
  func shownBytes(_ range: Range<Int>, of id: SourceID) -> [UInt8] {
    guard let source = sources[id] else { return [] }
    var result: [UInt8] = []
    var at = range.lowerBound
    for hidden in concealedBytes(of: id).overlapping(range) {
      result += source.bytes[at..<max(at, hidden.lowerBound)]
      result += Array("***".utf8)
      at = min(hidden.upperBound, range.upperBound)
    }
    return result + source.bytes[at..<max(at, range.upperBound)]
  }
}

extension [Range<Int>] {
  /// Those of ascending ranges, apart from each other, that have a byte in common with `range`.
  func overlapping(_ range: Range<Int>) -> ArraySlice<Range<Int>> {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return self[low...].prefix { $0.lowerBound < range.upperBound }
  }
}
