import PlanText
internal import PlanText

/// Lines that do not line up with what is around them.
extension YAMLFailure {
  /// Something in a block mapping that is no key of it.
  func unexpectedInMapping() -> Diagnostic {
    guard isFirstOnLine else { return afterValue() }
    let column = at - text.lineStart(of: at)
    switch text.byte(at: at) {
    case ":": return keylessColon()
    case "]", "}": return strayBracket(at)
    case "-" where text.isListItem(at) && column == contextAt - text.lineStart(of: contextAt):
      return mixed(
        "A list item stands among the keys of a mapping.", first: "the mapping starts here")
    default: return misaligned()
    }
  }

  /// Something in a block sequence that is no item of it.
  func unexpectedInList() -> Diagnostic {
    guard isFirstOnLine else { return afterValue() }
    if at - text.lineStart(of: at) == contextAt - text.lineStart(of: contextAt) {
      return mixed("A key stands among the items of a list.", first: "the list starts here")
    }
    return misaligned()
  }

  private var isFirstOnLine: Bool { text.skipBlanks(from: text.lineStart(of: at)) == at }

  private func mixed(_ detail: String, first: String) -> Diagnostic {
    let end = max(text.contentEnd(ofLine: at), at + 1)
    let firstEnd = max(text.contentEnd(ofLine: contextAt), contextAt + 1)
    return Diagnostic(
      .listAndKeys, at: text.span(at, end), detail,
      help:
        "What belongs to a key is below it and indented deeper. A list holds only items with `- `, "
        + "a mapping only keys.",
      related: [Diagnostic.Related(first, at: text.span(contextAt, firstEnd))])
  }

  /// A list item on the line of its key.
  func listItemInLine() -> Diagnostic {
    let end = max(text.contentEnd(ofLine: at), at + 1)
    return Diagnostic(
      .listAndKeys, at: text.span(at, end),
      "A list cannot start on the line of \(text.isDocumentMarker(text.lineStart(of: at), "-") ? "`---`" : "its key").",
      help:
        "Put `\(text.excerpt(at..<end))` on the next line, indented, or write the list in brackets. If text was meant, put it in single quotes."
    )
  }

  /// A line whose indentation fits nothing above it.
  func misaligned() -> Diagnostic {
    let line = text.lineStart(of: at)
    let column = at - line
    if let previous = text.previousContentLine(before: line) {
      // A text that stands beside this line is what fits nothing: it was meant as a key and its value.
      let start = text.entryStart(ofLine: previous)
      if start - previous == column, text.valueColon(from: start) == nil {
        return missingColon(after: start)
      }
    }
    let levels = text.levels(above: line, upTo: column)
    let end = text.labelEnd(from: at)
    let label = text.excerpt(at..<end)
    let deeper = levels.last { $0.column > column }
    let shallower = levels.last { $0.column <= column }
    if deeper == nil, let shallower, shallower.column < column,
      let colon = text.valueColon(from: shallower.offset)
    {
      return tooDeep(at..<end, under: shallower.offset..<colon)
    }
    let near = deeper ?? shallower
    var ways: [String] = []
    for level in [deeper, shallower] {
      guard let level, level.column != column else { continue }
      let name = text.excerpt(level.offset..<text.labelEnd(from: level.offset))
      ways.append("\(spaces(level.column)) to stand beside `\(name)`")
    }
    let related = near.map { level in
      let levelEnd = text.labelEnd(from: level.offset)
      return Diagnostic.Related(
        "this one is indented by \(spaces(level.column))", at: text.span(level.offset, levelEnd))
    }
    return Diagnostic(
      .indentation, at: text.span(at, end),
      "`\(label)` is indented by \(spaces(column)), which does not match any of the entries above "
        + "it.",
      help: ways.isEmpty
        ? "Indent all entries of a mapping or list by the same number of spaces."
        : "Indent it by \(ways.joined(separator: ", or by ")).",
      related: related.map { [$0] } ?? [])
  }

  private func spaces(_ count: Int) -> String {
    switch count {
    case 0: "no space"
    case 1: "1 space"
    default: "\(count) spaces"
    }
  }

  /// Something after the value that a document consists of.
  func afterDocument() -> Diagnostic {
    let line = text.lineStart(of: at)
    if text.byte(at: at) == ":", !isFirstOnLine {
      return text.missingSpace(
        start: text.skipBlanks(from: line), colon: at, end: text.contentEnd(ofLine: line))
    }
    if isFirstOnLine, let previous = text.previousContentLine(before: line) {
      if text.byte(at: previous) == "%" {
        return Diagnostic(
          .directive, at: text.span(previous, text.contentEnd(ofLine: previous)),
          "After a line that starts with `%`, the document must start with `---`.",
          help: "Remove the line, or put `---` on the line below it.")
      }
      let first = text.skipBlanks(from: previous)
      let isScalar = lastScalar.map { Int($0.start) <= first && Int($0.end) > first } ?? false
      if isScalar { return missingColon(after: first) }
      return text.byte(at: at) == "]" || text.byte(at: at) == "}"
        ? strayBracket(at) : misaligned()
    }
    return afterValue()
  }
}
