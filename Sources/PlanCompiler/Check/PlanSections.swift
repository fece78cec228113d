import DocumentForm
import PlanSyntax
import PlanText

/// The sections of a plan document.
///
/// Where a section has mistakes of form, parts of it are missing from the decoded plan. A check that
/// concludes from an absence ("nobody uses this certificate") must not look at such a section. What
/// concerns one site alone asks ``PlanDoubts/touches(_:)``: a mistake in one says nothing about another.
struct PlanSections: OptionSet {
  let rawValue: UInt16

  static let metadata = PlanSections(rawValue: 1)
  static let certificates = PlanSections(rawValue: 2)
  static let sites = PlanSections(rawValue: 4)
  static let replication = PlanSections(rawValue: 8)
  static let strategy = PlanSections(rawValue: 16)
  static let waits = PlanSections(rawValue: 32)
  static let automation = PlanSections(rawValue: 64)

  /// Sites that the plan lacks although the document names them.
  static let siteNames = PlanSections(rawValue: 128)

  /// Every single site, whatever it holds.
  static let everySite = PlanSections(rawValue: 256)

  static let all = PlanSections(rawValue: 511)

  /// What stands in the document as a section.
  private static let written = PlanSections(rawValue: 127)

  init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The sections that hold an error, and those that an unknown key may have been meant for.
  init(in tree: SyntaxTree, touchedBy diagnostics: [Diagnostic]) {
    self = []
    guard let root = tree.root, !diagnostics.isEmpty else { return }
    let names: [(StaticString, PlanSections)] = [
      ("metadata", .metadata), ("certificates", .certificates), ("sites", .sites),
      ("replication", .replication), ("strategy", .strategy), ("waits", .waits),
      ("automation", .automation),
    ]
    var absent = PlanSections.written
    var places = MistakePlaces(diagnostics)
    for entry in tree.entries(of: root) {
      guard let known = names.first(where: { tree.scalar(entry.key, is: $0.0) }) else { continue }
      absent.remove(known.1)
      if places.touches(entry, in: tree) { insert(known.1) }
    }
    if absent.contains(.sites) { formUnion([.sites, .siteNames]) }
    let keys = Set(tree.entries(of: root).map { tree.span(of: $0.key) })
    if diagnostics.contains(where: { $0.entry == .unknownKey && keys.contains($0.span) }) {
      formUnion(absent)
    }
  }
}
