import PlanSyntax
import PlanText

/// The sections of a plan document.
///
/// Where a section has mistakes of form, parts of it are missing from the decoded plan. A check that
/// concludes from an absence ("nobody uses this certificate") must not look at such a section.
struct PlanSections: OptionSet {
  let rawValue: UInt8

  static let metadata = PlanSections(rawValue: 1)
  static let certificates = PlanSections(rawValue: 2)
  static let sites = PlanSections(rawValue: 4)
  static let replication = PlanSections(rawValue: 8)
  static let strategy = PlanSections(rawValue: 16)
  static let waits = PlanSections(rawValue: 32)
  static let automation = PlanSections(rawValue: 64)

  /// A mistake outside of every known section: a misspelt or missing section.
  static let document = PlanSections(rawValue: 128)

  static let all = PlanSections(rawValue: 255)

  init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The sections that hold an error.
  init(in tree: SyntaxTree, touchedBy diagnostics: [Diagnostic]) {
    self = []
    guard let root = tree.root else { return }
    var ranges: [(start: UInt32, end: UInt32, section: PlanSections)] = []
    for entry in tree.entries(of: root) {
      let names: [(StaticString, PlanSections)] = [
        ("metadata", .metadata), ("certificates", .certificates), ("sites", .sites),
        ("replication", .replication), ("strategy", .strategy), ("waits", .waits),
        ("automation", .automation),
      ]
      guard let known = names.first(where: { tree.scalar(entry.key, is: $0.0) }) else { continue }
      ranges.append(
        (tree.span(of: entry.key).start, tree.span(of: entry.value).end, known.1))
    }
    for diagnostic in diagnostics where diagnostic.severity == .error {
      let start = diagnostic.span.start
      let hit = ranges.first { $0.start <= start && start < max($0.end, $0.start + 1) }
      formUnion(hit?.section ?? .document)
    }
  }
}
