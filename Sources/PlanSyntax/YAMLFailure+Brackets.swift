import PlanText
internal import PlanText

/// What goes wrong inside brackets and braces, and after them.
extension YAMLFailure {
  /// Something in a flow collection that does not belong there.
  func inBrackets() -> Diagnostic {
    let opening = openBracket ?? contextAt
    let isBrace = text.byte(at: opening) == "{"
    let found = text.byte(at: at)
    if found == nil || text.isDocumentMarker(at, "-") || text.isDocumentMarker(at, ".") {
      return unclosedBracket(opening, noticed: at)
    }
    if found == (isBrace ? "]" : "}") { return mismatch(opening) }
    let line = text.lineStart(of: at)
    let first = text.skipBlanks(from: line)
    let openingLine = text.lineStart(of: opening)
    if line > openingLine,
      first - line <= text.entryStart(ofLine: openingLine) - openingLine
    {
      return unclosedBracket(opening, noticed: first)
    }
    switch found {
    case ",": return strayComma(opening)
    case ":" where [",", "[", "{"].contains(text.byte(at: text.blanksStart(before: at) - 1)):
      return keylessColon()
    case "-" where text.isListItem(at): return dash(opening)
    default: return missingComma(opening, isBrace: isBrace)
    }
  }

  /// A colon in brackets without the space that makes it one.
  func colonInBrackets() -> Diagnostic {
    let next = text.excerpt(at + 1..<at + 2)
    return Diagnostic(
      .missingSpace, at: text.span(at, at + 1),
      "In brackets and braces a space must follow a colon; here `\(next)` follows.",
      help: "Write a space after the colon, or put the text in single quotes.")
  }

  private func dash(_ opening: Int) -> Diagnostic {
    Diagnostic(
      .listAndKeys, at: text.span(at, at + 1),
      "A list item with `- ` cannot be in brackets or braces.",
      help: "Separate the values in brackets with commas: `[a, b]`.",
      related: [
        Diagnostic.Related("in what is opened here", at: text.span(opening, opening + 1))
      ])
  }

  private func unclosedBracket(_ opening: Int, noticed: Int) -> Diagnostic {
    let mark = text.excerpt(opening..<opening + 1)
    let closing = mark == "{" ? "}" : "]"
    let isEnd = noticed >= text.bytes.count
    let isMarker = text.isDocumentMarker(noticed, "-") || text.isDocumentMarker(noticed, ".")
    let place =
      isEnd
      ? text.span(text.bytes.count, text.bytes.count)
      : text.span(noticed, max(text.wordEnd(from: noticed), noticed + 1))
    let what =
      isEnd
      ? "The file ends here"
      : isMarker ? "A document marker stands here" : "The next entry seems to start here"
    return Diagnostic(
      .unpairedBracket, at: place,
      "\(what), but a `\(mark)` before it is still open.",
      help: "Put a `\(closing)` where the value ends.",
      related: [
        Diagnostic.Related("this `\(mark)` is not closed", at: text.span(opening, opening + 1))
      ])
  }

  private func mismatch(_ opening: Int) -> Diagnostic {
    let open = text.excerpt(opening..<opening + 1)
    let close = text.excerpt(at..<at + 1)
    return Diagnostic(
      .unpairedBracket, at: text.span(at, at + 1),
      "This `\(close)` does not close the `\(open)` that is open here.",
      help: "Put a `\(open == "{" ? "}" : "]")` before it, or in its place.",
      related: [Diagnostic.Related("this `\(open)` is open", at: text.span(opening, opening + 1))])
  }

  /// A closing bracket that nothing opened.
  func strayBracket(_ place: Int) -> Diagnostic {
    let mark = text.excerpt(place..<place + 1)
    return Diagnostic(
      .unpairedBracket, at: text.span(place, place + 1),
      "There is no open `\(mark == "]" ? "[" : "{")` for this `\(mark)` to close.",
      help: "Remove it. If text was meant, put it in single quotes.")
  }

  private func strayComma(_ opening: Int) -> Diagnostic {
    Diagnostic(
      .comma, at: text.span(at, at + 1),
      "Nothing stands before this comma.",
      help: "Remove the comma, or write the value that is missing.",
      related: [
        Diagnostic.Related("in what is opened here", at: text.span(opening, opening + 1))
      ])
  }

  private func missingComma(_ opening: Int, isBrace: Bool) -> Diagnostic {
    let isColon = text.byte(at: at) == ":"
    let end = isColon ? at + 1 : max(text.wordEnd(from: at), at + 1)
    let next = text.excerpt(at..<end)
    return Diagnostic(
      .comma, at: text.span(at, end),
      isColon
        ? "A comma is missing before this colon, which would start the value of a second key."
        : "A comma is missing before `\(next)`.",
      help: isBrace
        ? "Separate the entries in braces with commas: `{ a: 1, b: 2 }`."
        : "Separate the values in brackets with commas: `[a, b]`.",
      related: [
        Diagnostic.Related("in what is opened here", at: text.span(opening, opening + 1))
      ])
  }

  /// Text on the line of a value that is already complete.
  func afterValue() -> Diagnostic {
    let byte = text.byte(at: at)
    if byte == "]" || byte == "}" { return strayBracket(at) }
    let before = text.byte(at: text.blanksStart(before: at) - 1)
    let isQuote = before == "\"" || before == "'"
    if isQuote, let scalar = lastScalar, Int(scalar.end) <= at,
      text.lineStart(of: Int(scalar.start)) != text.lineStart(of: Int(scalar.end))
    {
      return swallowedQuote(scalar)
    }
    let end = max(text.contentEnd(ofLine: at), at + 1)
    let rest = text.excerpt(at..<end)
    if byte == "&" || byte == "*" || byte == "!" {
      return Diagnostic(
        .anchorName, at: text.span(at, max(text.wordEnd(from: at), at + 1)),
        "A value has at most one anchor, and an alias has none, so `\(rest)` cannot follow here.",
        help: "Remove one of the two. If text was meant, put it in single quotes.")
    }
    if before == "'", text.byte(at: at - 1) == "'" {
      return Diagnostic(
        .textAfterValue, at: text.span(at, end),
        "The quote before `\(rest)` ends the value.",
        help: "Inside single quotes, write an apostrophe twice: `'it''s'`.")
    }
    let what = isQuote ? "the closing quote" : before == "]" || before == "}" ? "the bracket" : ""
    return Diagnostic(
      .textAfterValue, at: text.span(at, end),
      what.isEmpty
        ? "The value is complete before `\(rest)`."
        : "The value ends with \(what); `\(rest)` cannot follow it.",
      help: isQuote
        ? "Put the quotes around the whole text, or remove the rest."
        : "If all of it is text, put it in single quotes. Otherwise remove the rest.")
  }

  /// A quote that was closed by the opening quote of a later value.
  private func swallowedQuote(_ scalar: SyntaxTree.Record) -> Diagnostic {
    let start = Int(scalar.start)
    let mark = text.excerpt(start..<start + 1)
    return Diagnostic(
      .unclosedQuote, at: text.span(start, start + 1),
      "The quote that opens here is not closed on its line.",
      help: "Put a `\(mark)` after the end of the value.",
      related: [
        Diagnostic.Related(
          "so the value goes on to this quote", at: text.span(Int(scalar.end) - 1, Int(scalar.end)))
      ])
  }
}
