/// A change to a document that mends what a diagnostic is about.
public struct Fix: Sendable, Equatable {
  /// Text for a place.
  public struct Edit: Sendable, Equatable {
    /// What is replaced; empty for an insertion.
    public let span: SourceSpan

    /// What stands there afterwards; empty for a removal.
    public let replacement: String

    /// Puts `replacement` in place of `span`.
    public init(_ span: SourceSpan, _ replacement: String) {
      self.span = span
      self.replacement = replacement
    }
  }

  /// What it does, as an order and without a full stop: `Write 'https://'`.
  public let title: String

  /// The changes, which do not overlap.
  public let edits: [Edit]

  /// Whether nobody could have meant anything else, so that it may be made without asking.
  public let isCertain: Bool

  /// A change of one or more places.
  public init(_ title: String, _ edits: [Edit], isCertain: Bool) {
    self.title = title
    self.edits = edits
    self.isCertain = isCertain
  }
}

extension Fix {
  /// Puts the name or word that was probably meant in place of the one that is there.
  ///
  /// Certain only where the two have the same letters and digits in the same order, so that case and
  /// separators are all that is wrong (`servers-at-once` for `serversAtOnce`): another letter may be a
  /// slip, or another name.
  ///
  /// * `name`: What was meant; it needs no quotes.
  /// * `found`: What is there.
  /// * `isOwn`: Whether the name is the language's own, not one that the document declares: two names of a
  ///   document may well differ in case alone.
  public static func write(
    _ name: String, for found: String, at span: SourceSpan, isOwn: Bool
  ) -> Fix {
    let isCertain = isOwn && name.isSameWord(as: found)
    return Fix("Write '\(name)'", [.init(span, name)], isCertain: isCertain)
  }
}

extension String {
  /// Whether the two differ in case and separators alone.
  fileprivate func isSameWord(as other: String) -> Bool {
    func word(_ text: String) -> [Unicode.Scalar] {
      text.lowercased().unicodeScalars.filter { $0 != "-" && $0 != "_" && $0 != " " && $0 != "." }
    }
    return word(self) == word(other)
  }
}
