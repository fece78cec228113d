import PlanText
internal import PlanText

/// Colons that are missing, too many, or without their space.
extension YAMLFailure {
  /// A colon where no key can be.
  func unexpectedColon() -> Diagnostic {
    let line = text.lineStart(of: at)
    let key = min(text.entryStart(ofLine: line), at)
    if let earlier = text.valueColon(from: key), earlier < at {
      return colonInText(key: key, colon: earlier)
    }
    if at - key > 1000 {
      return Diagnostic(
        .keyIsNoText, at: text.span(key, at),
        "A key has at most 1,024 characters; this one has more.",
        help: "If text was meant, put it in single quotes.")
    }
    guard let previous = text.previousContentLine(before: line) else { return colonAlone() }
    let start = text.entryStart(ofLine: previous)
    if let colon = text.colonWithoutSpace(from: start) {
      return text.missingSpace(
        start: start, colon: colon, end: text.contentEnd(ofLine: previous))
    }
    if let colon = text.valueColon(from: start) {
      if text.skipBlanks(from: line) - line > text.skipBlanks(from: previous) - previous {
        return tooDeep(key..<at, under: start..<colon)
      }
      return colonAlone()
    }
    if let scalar = lastScalar, scalar.style != .plain, Int(scalar.end) > line {
      return keyOverLines(Int(scalar.start))
    }
    let isBracket = ["]", "}"].contains(text.byte(at: text.blanksStart(before: at) - 1))
    return isBracket ? keyOverLines(previous) : missingColon(after: start)
  }

  private func colonInText(key: Int, colon: Int) -> Diagnostic {
    let value = text.skipBlanks(from: colon + 1)
    let end = max(text.contentEnd(ofLine: key), value)
    let written = text.string(value..<end)
    let help =
      written.contains("'") || written.hasPrefix("\"")
      ? "Put the whole value in quotes, or the second key on a line of its own."
      : "If all of it is the value of `\(text.excerpt(key..<colon))`, put it in quotes: "
        + "`'\(shortened(written))'`. Otherwise put the second key on a line of its own."
    return Diagnostic(
      .colonInText, at: text.span(at, at + 1),
      "`\(text.excerpt(key..<colon))` already has its value on this line, and this colon would "
        + "make that value a key.",
      help: help)
  }

  private func colonAlone() -> Diagnostic {
    Diagnostic(
      .unreadable, at: text.span(at, at + 1),
      "This colon makes the text before it a key, and there cannot be a key here.",
      help: "If text was meant, put it in single quotes.")
  }

  /// A colon that nothing stands before.
  func keylessColon() -> Diagnostic {
    Diagnostic(
      .keyIsNoText, at: text.span(at, at + 1), "There is no key before this colon.",
      help: "Write the name of the key before the colon, or remove it.")
  }

  private func keyOverLines(_ start: Int) -> Diagnostic {
    Diagnostic(
      .keyIsNoText, at: text.span(start, at),
      "A key must be on one line, but the text before this colon takes several.",
      help: "Write the key on one line, or close the quote or bracket that was left open.")
  }

  /// A key on a line of its own under a key that already has its value.
  func tooDeep(_ place: Range<Int>, under above: Range<Int>) -> Diagnostic {
    if isDashWithoutSpace(above.lowerBound) { return missingSpace(afterDash: above.lowerBound) }
    let name = text.excerpt(above)
    let key = text.excerpt(place)
    return Diagnostic(
      .indentation, at: text.span(place.lowerBound, place.upperBound),
      "`\(key)` is indented deeper than `\(name)`, but `\(name)` already has its value on its own "
        + "line.",
      help:
        "Indent `\(key)` like `\(name)`, or remove the value of `\(name)` if entries should "
        + "follow.",
      related: [
        Diagnostic.Related(
          "`\(name)` already has a value", at: text.span(above.lowerBound, above.upperBound))
      ])
  }

  /// A text where a key must be.
  func missingColon(after start: Int) -> Diagnostic {
    let end = max(text.contentEnd(ofLine: start), start + 1)
    if let colon = text.colonWithoutSpace(from: start) {
      return text.missingSpace(start: start, colon: colon, end: end)
    }
    if isDashWithoutSpace(start) {
      return missingSpace(afterDash: start)
    }
    let word = text.wordEnd(from: start)
    let written = text.excerpt(start..<end)
    let help =
      word < end
      ? "If `\(text.excerpt(start..<word))` is the key, write `\(text.excerpt(start..<word)): \(text.excerpt(text.skipBlanks(from: word)..<end))`."
      : "Write `\(written):` and its value after a space or on the lines below."
    return Diagnostic(
      .missingColon, at: text.span(start, end),
      "`\(written)` stands where a key is expected, but there is no colon after it.",
      help: help)
  }

  /// A line that starts with `-{` or `-[`: libyaml reads a text or a key there and fails over what the
  /// brackets hold. Among items any text behind the dash is meant as one.
  func dashWithoutSpace() -> Diagnostic? {
    let start = text.entryStart(ofLine: text.lineStart(of: at))
    guard start <= at, isDashWithoutSpace(start) else { return nil }
    let isBracket = ["[", "{"].contains(text.byte(at: start + 1))
    let isAmongItems = start == at && problem == "did not find expected '-' indicator"
    return isBracket || isAmongItems ? missingSpace(afterDash: start) : nil
  }

  private func isDashWithoutSpace(_ start: Int) -> Bool {
    text.byte(at: start) == "-" && text.byte(at: start + 1) != "-" && !text.isListItem(start)
  }

  private func missingSpace(afterDash start: Int) -> Diagnostic {
    let end = max(text.contentEnd(ofLine: start), start + 1)
    return Diagnostic(
      .missingSpace, at: text.span(start, start + 1),
      "There is no space after this dash, so YAML reads `\(text.excerpt(start..<end))` as text and not as a list item.",
      help: "Write `- \(text.excerpt(start + 1..<end))`.")
  }
}
