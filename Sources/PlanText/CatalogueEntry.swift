/// The page of one kind of diagnostic: what `waltz explain CODE` prints.
///
/// The stages have a letter each: `S` syntax, `F` form (keys, types, values), `M` meaning,
/// `G` graph, `C` certificates, `E` estate scenarios.
public struct CatalogueEntry: Sendable, Equatable {
  /// The stable code: a stage letter and three digits.
  public let code: String

  /// At most 60 characters, no user data, no full stop.
  public let title: String

  /// The weight unless a pass has reason to differ.
  public let severity: Severity

  /// What is found, why it matters on a real SEPM, and how to mend it: at least three paragraphs of full
  /// sentences, in this order, with a blank line between them. The last one is the way out.
  public let explanation: String

  /// A whole document that triggers it.
  public let bad: String

  /// The same document mended.
  public let good: String

  /// A page.
  public init(
    _ code: String,
    _ title: String,
    severity: Severity = .error,
    explanation: String,
    bad: String,
    good: String
  ) {
    self.code = code
    self.title = title
    self.severity = severity
    self.explanation = explanation
    self.bad = bad
    self.good = good
  }

  public static func == (left: CatalogueEntry, right: CatalogueEntry) -> Bool {
    left.code == right.code
  }
}
