import PlanText
internal import PlanText

/// `key:value`, which YAML takes for one piece of text.
extension YAMLText {
  /// The colon of a `key:value` that starts at `offset`: a name, a colon, and no space after it.
  ///
  /// Addresses with a scheme (`https://…`) are meant as they are.
  func colonWithoutSpace(from offset: Int) -> Int? {
    var index = offset
    while let byte = byte(at: index), isNameByte(byte) { index += 1 }
    guard index > offset, byte(at: index) == ":", let next = byte(at: index + 1) else {
      return nil
    }
    let isEnd = next == " " || next == "\t" || breakLength(at: index + 1) > 0
    let isScheme = next == "/" && byte(at: index + 2) == "/"
    return isEnd || isScheme ? nil : index
  }

  /// The diagnostic for it.
  func missingSpace(start: Int, colon: Int, end: Int) -> Diagnostic {
    let key = excerpt(start..<colon)
    let value = excerpt(colon + 1..<max(end, colon + 1))
    var diagnostic = Diagnostic(
      .missingSpace, at: span(colon, colon + 1),
      "There is no space after this colon, so YAML reads `\(excerpt(start..<max(end, colon)))` as one piece of text and not as a key with a value.",
      help: "Write `\(key): \(value)`.")
    // Text with a colon in it may have been meant.
    diagnostic.fixes = [
      Fix("Put a space after the colon", [.init(span(colon + 1, colon + 1), " ")], isCertain: false)
    ]
    return diagnostic
  }

  func noDocument() -> Diagnostic {
    let hasComments = bytes.contains("#")
    return Diagnostic(
      .noDocument, at: span(start, start),
      hasComments
        ? "There are only comments in this file." : "There is nothing in this file.",
      help: "Write a plan, or run `waltz plan init` for one to start from.")
  }

  /// A `%TAG` line before the document that starts at `offset`.
  func tagDirective(before offset: Int) -> Diagnostic {
    var line = lineStart(of: offset)
    while byte(at: line) != "%" || byte(at: line + 1) != "T",
      let previous = previousLine(before: line)
    {
      line = previous
    }
    return Diagnostic(
      .directive, at: span(line, lineEnd(of: line)),
      "A `%TAG` line gives short names to tags, but plans do not use tags.",
      help: "Remove the line.")
  }
}
