/// The page of one kind of diagnostic: what `waltz explain CODE` prints.
///
/// The stages have a letter each: `S` syntax, `F` form (keys, types, values), `M` meaning,
/// `G` graph, `C` certificates, `L` live sites, `E` estate scenarios. A page is declared in the target that finds what it
/// is about.
public struct CatalogueEntry: Sendable, Equatable {
  /// The stable code: a stage letter and three digits.
  public let code: String

  /// At most 60 characters, no user data, no full stop.
  public let title: String

  /// The weight unless a pass has reason to differ.
  public let severity: Severity

  /// What is found, why it matters on a real SEPM, and how to fix it: at least three paragraphs of full
  /// sentences, in this order, with a blank line between them. The last one is the way out.
  public let explanation: String

  /// Whether `# waltz:ignore` may overrule a finding of this kind.
  ///
  /// What is a matter of judgement may be: warnings and notes, and all that is said about certificate files
  /// and live sites, since nothing in a plan's graph rests on it. An error of syntax, form or meaning leaves no plan to
  /// compile, and what the proofs of the graph find would orphan clients; where a person may overrule one
  /// of those, the language has a key for it, such as a wait's `override`.
  public let canBeSuppressed: Bool

  /// A whole document that triggers it.
  public let bad: String

  /// The same document mended.
  public let good: String

  /// A page; it can be suppressed as the findings of its stage can, unless it says that it cannot.
  public init(
    _ code: String,
    _ title: String,
    severity: Severity = .error,
    canBeSuppressed: Bool = true,
    explanation: String,
    bad: String,
    good: String
  ) {
    self.code = code
    self.title = title
    self.severity = severity
    self.explanation = explanation
    self.canBeSuppressed =
      switch code.first {
      case "C", "L": canBeSuppressed
      case "G": false
      default: canBeSuppressed && severity != .error
      }
    self.bad = bad
    self.good = good
  }

  public static func == (left: CatalogueEntry, right: CatalogueEntry) -> Bool {
    left.code == right.code
  }
}
