public import PlanSyntax
public import PlanText

/// One kind of text with a meaning: how it is written, how it is read, and what to say when it is wrong.
public struct Scalar<Value: Sendable>: Sendable {
  /// What is expected, with an article: `a duration such as 24h`.
  public var noun: String

  /// Values as they would be written.
  public var examples: [String]

  /// The page of a text that does not fit.
  public var page: CatalogueEntry

  /// How it is written, for the help; nil where the noun says enough.
  public var rule: String?

  /// An ECMA 262 pattern that fits what ``parse`` accepts; nil for any text.
  public var pattern: String?

  /// The longest text in characters; nil without a bound.
  public var maximumLength: Int?

  /// The JSON types that an editor may see here: YAML tools read `14.3` as a number.
  public var jsonTypes: [String]

  /// The only words, where the text is a choice of words.
  public var words: [String]

  /// Words that once were among them, with what took their place.
  var former: [String: Successor] = [:]

  /// What took the place of a word of the language.
  public struct Successor: Sendable {
    let word: String
    let help: String

    /// The word that means the same, and what to do, in full sentences.
    public init(_ word: String, help: String) {
      self.word = word
      self.help = help
    }
  }

  /// Whether a wrong text may be a secret, so that no message shows it.
  public var isConcealed = false

  /// How a text that does not fit is written right, where nobody could have meant anything else: `24h`
  /// for `24 hours`. It needs no quotes.
  public var mend: (@Sendable (String) -> String?)?

  /// The value of a text; nil where it does not fit.
  public var parse: @Sendable (String) -> Value?

  /// A kind of text.
  public init(
    _ noun: String,
    examples: [String] = [],
    page: CatalogueEntry,
    rule: String? = nil,
    pattern: String? = nil,
    maximumLength: Int? = nil,
    jsonTypes: [String] = ["string"],
    words: [String] = [],
    parse: @escaping @Sendable (String) -> Value?
  ) {
    self.noun = noun
    self.examples = examples
    self.page = page
    self.rule = rule
    self.pattern = pattern
    self.maximumLength = maximumLength
    self.jsonTypes = jsonTypes
    self.words = words
    self.parse = parse
  }

  /// The same kind of text under another noun, with other examples.
  public func called(_ noun: String, examples: [String]) -> Scalar {
    var copy = self
    copy.noun = noun
    copy.examples = examples
    return copy
  }

  /// The diagnostic for a text that is too long.
  @usableFromInline
  func excess(_ text: String, at span: SourceSpan, in context: DecodeContext) -> Diagnostic {
    Diagnostic(
      page, at: span,
      "The text \(context.placePhrase) has \(text.utf8.count) bytes; \(noun) has at most "
        + "\(maximumLength ?? 0).",
      help: "Shorten it.")
  }

  /// The diagnostic for a text that does not fit.
  @usableFromInline
  func mismatch(
    _ text: String, of node: SyntaxTree.Node, in context: DecodeContext
  ) -> Diagnostic {
    let span = context.tree.span(of: node)
    if !isConcealed, context.tree.style(of: node) == .doubleQuoted,
      let written = text.undoingEscapes, parse(written) != nil
    {
      return Diagnostic(
        page, at: span,
        "'\(context.clipped(written))' is in double quotes, where a backslash starts an escape, so "
          + "it is not \(noun) \(context.placePhrase).",
        help: "Use single quotes, where a backslash is just a backslash: write "
          + "'\(context.clipped(written))'."
      )
    }
    if !words.isEmpty {
      let known = words.map { "'\($0)'" }.joined(separator: ", ")
      let successor = former[text]
      let meant = successor?.word ?? nearest(to: text, among: words)
      var diagnostic = Diagnostic(
        page, at: span,
        successor == nil
          ? "'\(context.clipped(text))' is not \(noun) \(context.placePhrase)."
          : "'\(text)' is no longer \(noun) \(context.placePhrase).",
        help: successor?.help ?? meant.map { "Did you mean '\($0)'? Allowed values: \(known)." }
          ?? "Allowed values: \(known).")
      if let meant { diagnostic.fixes = [.write(meant, for: text, at: span, isOwn: true)] }
      return diagnostic
    }
    let shown = isConcealed ? "The text" : "'\(context.clipped(text))'"
    let way = rule ?? examples.first.map { "Write it like this: \($0)." }
    let mended = isConcealed ? nil : mend?(text).flatMap { parse($0) == nil ? nil : $0 }
    let help = mended.map { "Did you mean '\($0)'?" + (way.map { " " + $0 } ?? "") } ?? way
    var diagnostic = Diagnostic(
      page, at: span, "\(shown) is not \(noun) \(context.placePhrase).", help: help)
    if let mended {
      diagnostic.fixes = [
        Fix("Write '\(mended)'", [.init(span, mended)], isCertain: true)
      ]
    }
    return diagnostic
  }
}
