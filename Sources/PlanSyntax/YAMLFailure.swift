import PlanText
internal import PlanText

/// What libyaml says when it cannot go on, said again in the user's words.
///
/// libyaml names the token that did not fit; what is wrong stands in the text around it more often than
/// not. Each case looks there and gives one diagnostic.
struct YAMLFailure {
  let problem: String
  let context: String
  /// The byte that did not fit.
  let at: Int
  /// Where what libyaml was reading starts.
  let contextAt: Int
  /// The opening bracket of the innermost flow collection that is not closed.
  let openBracket: Int?
  /// The scalar that was read last.
  let lastScalar: SyntaxTree.Record?
  let text: YAMLText

  /// The diagnostic for it.
  func diagnostic() -> Diagnostic {
    if let dash = dashWithoutSpace() { return dash }
    return switch problem {
    case "found character that cannot start any token": wrongStart()
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      tab()
    case "mapping values are not allowed in this context": unexpectedColon()
    case "found unexpected ':'": colonInBrackets()
    case "could not find expected ':'": missingColon(after: contextAt)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'": inBrackets()
    case "did not find expected node content":
      openBracket == nil ? reserved(at) : inBrackets()
    case "did not find expected key": unexpectedInMapping()
    case "did not find expected '-' indicator": unexpectedInList()
    case "did not find expected <document start>": afterDocument()
    case "block sequence entries are not allowed in this context": listItemInLine()
    case "mapping keys are not allowed in this context": reserved(at)
    case "did not find expected alphabetic or numeric character": anchorName()
    case "found unexpected end of stream", "found unexpected document indicator": unclosedQuote()
    case "found unknown escape character": unknownEscape(from: at, to: at + 2)
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      unknownEscape(from: at - 2, to: at)
    default: byContext()
    }
  }

  /// Whether libyaml had taken the document for complete; what follows `...` is no part of it.
  var isAfterDocument: Bool {
    problem == "did not find expected <document start>"
      && !text.isDocumentMarker(text.lineStart(of: at), ".")
      && lastScalar.map { Int($0.start) < at } ?? false
  }

  private func byContext() -> Diagnostic {
    if context.contains("tag directive") || context.contains("directive")
      || problem.contains("directive") || problem == "found incompatible YAML document"
    {
      return directive()
    }
    if context.contains("tag") || problem.contains("tag") { return tag() }
    if context == "while scanning a block scalar" { return blockHeader() }
    return Diagnostic(
      .unreadable, at: text.scalarSpan(at),
      "The YAML cannot be read from here on: \(context.isEmpty ? "" : context + ", ")\(problem).",
      help: "Look at what comes before this place. Putting text in single quotes often helps.")
  }

  private func tag() -> Diagnostic {
    let start = context.hasSuffix("a node") ? at : contextAt
    return Diagnostic(
      .tag, at: text.span(start, max(text.wordEnd(from: start), start + 1)),
      "A value that starts with `!` has a tag, and tags are not used in plans.",
      help: text.quotingHelp(from: start))
  }

  private func directive() -> Diagnostic {
    var line = text.lineStart(of: context.isEmpty ? at : contextAt)
    if text.byte(at: line) != "%" { line = text.firstDirective() ?? line }
    return Diagnostic(
      .directive, at: text.span(line, text.contentEnd(ofLine: line)),
      problem.contains("duplicate")
        ? "A document has at most one `%YAML` line."
        : "A line that starts with `%` is an instruction to the YAML reader. Only `%YAML 1.1` and "
          + "`%YAML 1.2` are accepted.",
      help: "Remove the line, or put the text in quotes if it was meant as a key.")
  }

  private func blockHeader() -> Diagnostic {
    let end = text.contentEnd(ofLine: contextAt)
    let mark = text.excerpt(contextAt..<contextAt + 1)
    return Diagnostic(
      .blockHeader, at: text.span(contextAt, max(end, contextAt + 1)),
      "`\(mark)` starts a text of several lines, which begins on the next line; `\(text.excerpt(contextAt..<end))` does not.",
      help: text.quotingHelp(from: contextAt))
  }
}
