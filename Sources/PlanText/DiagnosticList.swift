/// How much is kept and said of what is wrong: nobody reads more, and a stranger's file can hold millions of
/// mistakes.
enum FindingLimit {
  /// Findings of one kind in one file.
  static let ofKind = 100

  /// Findings of one kind that may still turn out to be suppressed.
  static let ofKindSuppressible = 10_000

  /// Findings in one file.
  static let ofFile = 1_000

  /// Findings in all files of a command.
  static let ofCommand = 5_000
}

/// What is found, one after the other, as much as is kept: of what is left out the last one that is kept of its kind
/// has the count.
public struct DiagnosticList: Sendable {
  /// What is kept, in the order in which it was found.
  public private(set) var all: [Diagnostic] = []

  /// How many of a kind are kept, and where the last one is.
  private var kinds: [Diagnostic.Kind: (count: Int, last: Int)] = [:]

  /// An empty list.
  public init() {}

  /// Adds a finding, and says whether it is kept.
  @discardableResult
  public mutating func append(_ diagnostic: Diagnostic) -> Bool {
    guard hasRoom(for: diagnostic.kind, others: 1 + diagnostic.omitted) else { return false }
    keep(diagnostic)
    return true
  }

  /// Adds a finding of a page's own severity, which is made only if it is kept.
  public mutating func append(
    _ entry: CatalogueEntry, in source: SourceID, _ make: () -> Diagnostic
  ) {
    if keepsNext(of: entry, in: source) { keep(make()) }
  }

  /// Whether one more finding of a page's own severity would be kept; counts it where not, so that it need not be made.
  package mutating func keepsNext(of entry: CatalogueEntry, in source: SourceID) -> Bool {
    let kind = Diagnostic.Kind(
      source: source, code: entry.code, severity: entry.severity, isSuppressed: false)
    return hasRoom(for: kind, others: 1)
  }

  /// Adds findings.
  public mutating func append(contentsOf diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics { append(diagnostic) }
  }

  /// Changes those from a position on.
  public mutating func change(from first: Int, _ body: (inout Diagnostic) -> Void) {
    for index in all.indices.dropFirst(first) { body(&all[index]) }
  }

  private mutating func keep(_ diagnostic: Diagnostic) {
    kinds[diagnostic.kind, default: (0, 0)].count += 1
    kinds[diagnostic.kind]?.last = all.count
    all.append(diagnostic)
  }

  /// Whether one more of a kind is kept; counts those that are not.
  private mutating func hasRoom(for kind: Diagnostic.Kind, others: Int) -> Bool {
    guard let known = kinds[kind], known.count >= FindingLimit.ofKind else { return true }
    let last = all[known.last]
    if last.canBeSuppressed, known.count < FindingLimit.ofKindSuppressible { return true }
    all[known.last].omitted += others
    return false
  }
}

extension Diagnostic {
  /// What is counted together where not all findings are kept.
  struct Kind: Hashable, Sendable {
    let source: SourceID
    let code: String
    let severity: Severity
    let isSuppressed: Bool
  }

  var kind: Kind {
    Kind(
      source: span.source, code: code, severity: severity, isSuppressed: suppression != nil)
  }
}

extension [Diagnostic] {
  /// How many findings there are, with those that are not kept.
  public var total: Int { reduce(0) { $0 + 1 + $1.omitted } }

  /// As many of them as are said of a file: of each kind the first by its place, and of all the gravest.
  package func limitedToFile() -> [Diagnostic] {
    limited(to: FindingLimit.ofFile, ofKind: FindingLimit.ofKind)
  }

  /// As many of them as a command says.
  package func limitedToCommand() -> [Diagnostic] {
    limited(to: FindingLimit.ofCommand, ofKind: FindingLimit.ofKind)
  }

  /// In the order of their places. No kind is left out whole, in no file: its last carries the count of the others.
  private func limited(to limit: Int, ofKind limitOfKind: Int) -> [Diagnostic] {
    guard count > FindingLimit.ofKind else { return self }
    let found = inOrder()
    var kinds: [Diagnostic.Kind: [Int]] = [:]
    for (position, diagnostic) in found.enumerated() {
      kinds[diagnostic.kind, default: []].append(position)
    }
    var room = limit - kinds.count
    var kept: [(position: Int, omitted: Int)] = []
    // A kind is met once, at its first, so that the order of the dictionary does not matter.
    for severity in [Severity.error, .warning, .note] {
      for (position, diagnostic) in found.enumerated() where diagnostic.severity == severity {
        guard let places = kinds[diagnostic.kind], places[0] == position else { continue }
        let count = Swift.min(places.count, limitOfKind, 1 + Swift.max(room, 0))
        room -= count - 1
        kept += places[..<count].map { ($0, 0) }
        kept[kept.count - 1].omitted =
          places[count...].reduce(0) { $0 + 1 + found[$1].omitted }
          + places[..<count].reduce(0) { $0 + found[$1].omitted }
      }
    }
    return kept.sorted { $0.position < $1.position }.map { position, omitted in
      var diagnostic = found[position]
      diagnostic.omitted = omitted
      return diagnostic
    }
  }
}
