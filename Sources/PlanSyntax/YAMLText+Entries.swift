import PlanText
internal import PlanText

/// Reading lines as an author sees them: keys, list items, comments.
extension YAMLText {
  /// Where an entry or a list stands: its column, from 0, and its first byte.
  struct Level {
    let column: Int
    let offset: Int
  }

  /// The span of the one character at `offset`; empty at the end.
  func scalarSpan(_ offset: Int) -> SourceSpan {
    var end = min(offset + 1, bytes.count)
    while end < bytes.count, bytes[end].isContinuation { end += 1 }
    return span(offset, end)
  }

  /// The end of what stands at `offset` without a blank, a comma or a bracket.
  func wordEnd(from offset: Int) -> Int {
    var index = offset
    while let byte = byte(at: index), byte != " ", byte != "\t", byte != ",", byte != "]",
      byte != "}", breakLength(at: index) == 0
    {
      index += 1
    }
    return index
  }

  /// The end of a line's text from `offset` on: without a comment and the blanks before it.
  func contentEnd(ofLine offset: Int) -> Int {
    let lineEnd = lineEnd(of: offset)
    var end = lineEnd
    var index = offset
    while index < lineEnd {
      if bytes[index] == "#",
        index == offset || bytes[index - 1].isBlank
      {
        end = index
        break
      }
      index += 1
    }
    return max(offset, blanksStart(before: end))
  }

  /// The first of the blanks that end before `offset`.
  func blanksStart(before offset: Int) -> Int {
    var index = min(offset, bytes.count)
    while index > start, bytes[index - 1].isBlank { index -= 1 }
    return index
  }

  /// Whether `- ` stands at `offset`.
  func isListItem(_ offset: Int) -> Bool {
    guard byte(at: offset) == "-" else { return false }
    guard let next = byte(at: offset + 1) else { return true }
    return next == " " || next == "\t" || breakLength(at: offset + 1) > 0
  }

  /// The first byte of a line's entry: after the indentation and the marks of list items.
  func entryStart(ofLine line: Int) -> Int {
    var index = skipBlanks(from: line)
    while isListItem(index), breakLength(at: index + 1) == 0, index + 1 < bytes.count {
      index = skipBlanks(from: index + 1)
    }
    return index
  }

  /// The colon that ends the key at `offset`, on its line: one that a blank or the line's end follows.
  func valueColon(from offset: Int) -> Int? {
    let end = contentEnd(ofLine: offset)
    var index = offset
    if let quote = byte(at: offset), quote == "\"" || quote == "'" {
      index += 1
      while index < end, bytes[index] != quote { index += bytes[index] == "\\" ? 2 : 1 }
    }
    while index < end {
      if bytes[index] == ":" {
        guard let next = byte(at: index + 1) else { return index }
        if next == " " || next == "\t" || breakLength(at: index + 1) > 0 { return index }
      }
      index += 1
    }
    return nil
  }

  /// The end of the key, list mark or word at `offset`.
  func labelEnd(from offset: Int) -> Int {
    if isListItem(offset) { return max(contentEnd(ofLine: offset), offset + 1) }
    return valueColon(from: offset) ?? max(contentEnd(ofLine: offset), offset + 1)
  }

  /// The nearest line above that is neither blank nor a comment; its first byte.
  func previousContentLine(before line: Int) -> Int? {
    var at = previousLine(before: line)
    while let line = at {
      let content = skipBlanks(from: line)
      if content < lineEnd(of: line), bytes[content] != "#" { return line }
      at = previousLine(before: line)
    }
    return nil
  }

  /// The entries and list items that enclose the place above `line`, from the innermost out, until one
  /// that is not deeper than `column`.
  func levels(above line: Int, upTo column: Int) -> [Level] {
    var levels: [Level] = []
    var at = previousContentLine(before: line)
    while let line = at, !isDocumentMarker(line, "-") {
      var own: [Level] = []
      var index = skipBlanks(from: line)
      own.append(Level(column: index - line, offset: index))
      while isListItem(index), case let next = skipBlanks(from: index + 1),
        next < lineEnd(of: index)
      {
        own.append(Level(column: next - line, offset: next))
        index = next
      }
      for level in own.reversed() where level.column < (levels.last?.column ?? .max) {
        levels.append(level)
        if level.column <= column { return levels }
      }
      at = previousContentLine(before: line)
    }
    return levels
  }

  /// The text between the quote at `offset` and the next one like it on the line.
  func quotedText(from offset: Int) -> String? {
    guard let quote = byte(at: offset) else { return nil }
    let end = lineEnd(of: offset)
    var index = offset + 1
    while index < end, bytes[index] != quote { index += 1 }
    return index < end ? string(offset + 1..<index) : nil
  }

  /// How to write the value at `offset` if it was meant as text.
  func quotingHelp(from offset: Int) -> String {
    let end = contentEnd(ofLine: offset)
    let written = string(offset..<end)
    let isSimple = !written.isEmpty && !written.contains("'") && !written.contains("\"")
    return isSimple
      ? "If text was meant, put it in single quotes: `'\(shortened(written))'`."
      : "If text was meant, put it in quotes."
  }

  /// The first line that starts with `%`.
  func firstDirective() -> Int? {
    var line: Int? = start
    while let at = line {
      if byte(at: at) == "%" { return at }
      line = nextLine(after: at)
    }
    return nil
  }
}
