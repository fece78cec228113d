import PlanText
internal import PlanText

/// Characters where they cannot be: tabs, reserved ones, escapes, quotes.
extension YAMLFailure {
  /// A character that no value starts with.
  func wrongStart() -> Diagnostic {
    text.byte(at: at) == "\t" ? tab() : reserved(at)
  }

  /// A tab where YAML counts spaces.
  func tab() -> Diagnostic {
    let line = text.lineStart(of: at)
    let content = text.skipBlanks(from: line)
    let blanks = line..<content
    let start = blanks.first { text.byte(at: $0) == "\t" } ?? at
    var end = start
    while text.byte(at: end) == "\t" { end += 1 }
    let isIndentation = blanks.contains(start)
    return Diagnostic(
      .tab, at: text.span(start, max(end, start + 1)),
      isIndentation
        ? "This line is indented with a tab. YAML counts only spaces."
        : "There is a tab here, where the indentation of what follows counts. YAML counts only "
          + "spaces.",
      help: isIndentation
        ? "Replace the tab with as many spaces as the lines around it have."
        : "Replace the tab with one space.")
  }

  /// A value that starts with a character that YAML keeps for itself.
  func reserved(_ start: Int) -> Diagnostic {
    switch text.byte(at: start) {
    case nil: return endTooEarly(start)
    case "]", "}": return strayBracket(start)
    default: break
    }
    let span = text.scalarSpan(start)
    let mark = text.excerpt(Int(span.start)..<Int(span.end))
    return Diagnostic(
      .reservedCharacter, at: span,
      "A value cannot start with \(mark == "`" ? "a backquote" : "`\(mark)`") unless it is in "
        + "quotes.",
      help: text.quotingHelp(from: start))
  }

  private func endTooEarly(_ start: Int) -> Diagnostic {
    Diagnostic(
      .unreadable, at: text.span(start, start), "The file ends in the middle of a value.",
      help: "Check that the file is complete.")
  }

  /// `&` and `*` without a name.
  func anchorName() -> Diagnostic {
    let isAlias = context.hasSuffix("alias")
    let what =
      isAlias
      ? "`*` refers to the value that an anchor names" : "`&` gives a value a name to refer to"
    let end = max(text.wordEnd(from: contextAt), contextAt + 1)
    return Diagnostic(
      .anchorName, at: text.span(contextAt, end),
      "\(what); a name of letters, digits, `-` and `_` must follow without a space, and nothing else.",
      help: text.quotingHelp(from: contextAt))
  }

  /// A quote that the end of the document cuts off.
  func unclosedQuote() -> Diagnostic {
    let mark = text.excerpt(contextAt..<contextAt + 1)
    var related: [Diagnostic.Related] = []
    if problem == "found unexpected document indicator" {
      related.append(
        Diagnostic.Related("the document ends here", at: text.span(at, at + 3)))
    }
    return Diagnostic(
      .unclosedQuote, at: text.span(contextAt, contextAt + 1),
      "The quote that opens here is never closed.",
      help: "Put a `\(mark)` after the end of the value.", related: related)
  }

  /// A backslash in double quotes that starts no escape.
  func unknownEscape(from start: Int, to end: Int) -> Diagnostic {
    // A text that runs over the next entry was never meant to get here.
    if let next = text.nextLine(after: contextAt), next <= start,
      text.valueColon(from: text.entryStart(ofLine: next)) != nil
    {
      return unclosedQuote()
    }
    var last = end
    while last < text.bytes.count, text.bytes[last].isContinuation { last += 1 }
    let escape = text.excerpt(start..<last)
    let value = text.quotedText(from: contextAt)
    let help: String
    if let value, !value.contains("'") {
      help =
        "In single quotes a backslash is just a backslash: write `'\(shortened(value))'`."
    } else {
      help = "Write the backslash twice, or use single quotes."
    }
    let digits: [UInt8: Int] = ["x": 2, "u": 4, "U": 8]
    let reason =
      if let count = text.byte(at: start + 1).flatMap({ digits[$0] }) {
        "`\(escape)` must be followed by the \(count) hexadecimal digits of a character."
      } else {
        "`\(escape)` is not an escape that YAML knows."
      }
    return Diagnostic(
      .unknownEscape, at: text.span(start, last),
      "In double quotes a backslash starts an escape, and \(reason)",
      help: help)
  }
}
