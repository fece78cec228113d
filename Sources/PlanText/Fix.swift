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
