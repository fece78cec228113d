/// How much a diagnostic weighs.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Worth knowing; never fails a check.
  case note

  /// Probably not meant; fails with `--fail-on warning`.
  case warning

  /// The document cannot be used.
  case error

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// One thing that is wrong with a document, with its place and the way out.
public struct Diagnostic: Sendable, Equatable {
  /// A second place that belongs to the same mistake.
  public struct Related: Sendable, Equatable {
    /// What is at that place.
    public let message: String

    /// The place.
    public let span: SourceSpan

    /// A second place.
    public init(_ message: String, at span: SourceSpan) {
      self.message = message
      self.span = span
    }
  }

  /// The author's word that a finding is meant to be as it is: `# waltz:ignore CODE reason`.
  public struct Suppression: Sendable, Equatable {
    /// Why.
    public let reason: String

    /// The comment.
    public let span: SourceSpan

    /// A reason given in the comment at `span`.
    public init(reason: String, at span: SourceSpan) {
      self.reason = reason
      self.span = span
    }
  }

  /// The catalogue entry: code and title.
  public let entry: CatalogueEntry

  /// The weight; the entry's own unless a pass has reason to differ.
  public let severity: Severity

  /// What is at the place, in a full sentence with the user's own names.
  public private(set) var detail: String

  /// What to do, in a full sentence; nil where the detail says it.
  public private(set) var help: String?

  /// The place.
  public let span: SourceSpan

  /// The other places that belong to the mistake.
  public private(set) var related: [Related]

  /// Places whose text must never be shown, not even around the mistake: they may hold a secret.
  public var concealed: [SourceSpan] = []

  /// What would mend it, the likeliest first.
  public var fixes: [Fix] = []

  /// Set where the document says that the finding is meant to be as it is; it fails no check then.
  public var suppression: Suppression?

  /// How many more of its kind there are that are not kept.
  public internal(set) var omitted = 0

  /// A diagnostic of a catalogue entry.
  public init(
    _ entry: CatalogueEntry,
    at span: SourceSpan,
    _ detail: String,
    help: String? = nil,
    related: [Related] = [],
    severity: Severity? = nil
  ) {
    self.entry = entry
    self.severity = severity ?? entry.severity
    self.detail = detail
    self.help = help
    self.span = span
    self.related = related
  }

  /// The same finding in other words.
  package func worded(_ detail: String, help: String?, related: [Related]) -> Diagnostic {
    var result = self
    (result.detail, result.help, result.related) = (detail, help, related)
    return result
  }

  /// Whether the document may say that it is meant to be as it is; see
  /// ``CatalogueEntry/canBeSuppressed``.
  public var canBeSuppressed: Bool {
    entry.canBeSuppressed && (severity != .error || entry.severity == .error)
  }

  /// The stable code.
  public var code: String { entry.code }

  /// The short summary, without any of the user's data.
  public var summary: String { entry.title }
}

extension [Diagnostic] {
  /// By source, place and code, each mistake once.
  public func inOrder() -> [Diagnostic] {
    let sorted = sorted { left, right in
      let leftKey = (left.span.source.index, left.span.start, left.code)
      let rightKey = (right.span.source.index, right.span.start, right.code)
      return leftKey == rightKey ? left.detail < right.detail : leftKey < rightKey
    }
    var result: [Diagnostic] = []
    result.reserveCapacity(sorted.count)
    for diagnostic in sorted where result.last != diagnostic {
      result.append(diagnostic)
    }
    return result
  }

  /// Whether any of them is an error that nobody suppressed.
  public var hasErrors: Bool { contains { $0.severity == .error && $0.suppression == nil } }
}
