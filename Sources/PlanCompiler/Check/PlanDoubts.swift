import PlanModel
import PlanSyntax
import PlanText

/// What of a decoded plan must not be concluded from by what it lacks.
struct PlanDoubts {
  /// The sections with mistakes of form.
  private(set) var sections: PlanSections = []

  /// Where the names of the sites with mistakes of form start.
  private var sites: Set<UInt32> = []

  /// Doubts about sections alone.
  init(_ sections: PlanSections) {
    self.sections = sections
  }

  /// What the mistakes of form in a document leave in doubt in the plan that was decoded from it.
  init(in tree: SyntaxTree, of plan: RotationPlan, touchedBy diagnostics: [Diagnostic]) {
    sections = PlanSections(in: tree, touchedBy: diagnostics)
    guard sections.contains(.sites), let root = tree.root,
      let entry = tree.entries(of: root).first(where: { tree.scalar($0.key, is: "sites") })
    else { return }
    guard tree.kind(of: entry.value) == .mapping else {
      sections.insert(.siteNames)
      return
    }
    // Both ascend, and a mistake lies in the last site that starts before it.
    let starts = tree.entries(of: entry.value).map { tree.span(of: $0.key).start }.sorted()
    if starts.count != plan.sites.count { sections.insert(.siteNames) }
    for diagnostic in diagnostics where diagnostic.severity == .error {
      let place = diagnostic.span.start
      var low = 0
      var high = starts.count
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= place { low = middle + 1 } else { high = middle }
      }
      if low > 0 { sites.insert(starts[low - 1]) }
    }
  }

  func contains(_ section: PlanSections) -> Bool { sections.contains(section) }

  func isDisjoint(with other: PlanSections) -> Bool { sections.isDisjoint(with: other) }

  /// Whether parts of the site may be missing.
  func touches(_ site: Site) -> Bool {
    sections.contains(.everySite) || sites.contains(site.name.span.start)
  }
}
