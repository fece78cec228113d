import PlanModel
import PlanSyntax
import PlanText

/// What of a decoded plan must not be concluded from by what it lacks.
///
/// A mistake of form takes a part out of the plan. The doubts are as small as that part: a site, a wait, a
/// partnership, a name, so that everything else is still checked.
struct PlanDoubts {
  /// The sections with mistakes of form.
  private(set) var sections: PlanSections = []

  /// Whether what the waves list may be incomplete.
  private(set) var touchesWaves = false

  /// Whether a server may have lost the certificate that it names, wherever that is written.
  private(set) var losesCertificates = false

  /// Whether any site may be incomplete.
  var touchesAnySite: Bool { sections.contains(.everySite) || losesSites || !sites.isEmpty }

  /// Where the names of the sites with mistakes of form stand.
  private var sites: Set<SourceSpan> = []

  /// The partnerships with mistakes of form.
  private var partnerships: Set<SourceSpan> = []

  private var waits: Set<WaitKind> = []

  /// Names that the document declares and the plan lacks.
  private var lostSites = LostNames()
  private var lostCertificates = LostNames()

  /// Whether the document may declare names that nobody can read.
  private var losesSites = false
  private var losesCertificateNames = false

  /// Every text in the sites with mistakes of form.
  private var mentions: Set<String> = []

  /// No doubts, or doubts about everything.
  init(_ sections: PlanSections) {
    self.sections = sections
    guard !sections.isEmpty else { return }
    touchesWaves = true
    losesCertificates = true
    losesSites = true
    losesCertificateNames = true
    waits = Set(WaitKind.allCases)
  }

  /// What the mistakes of form in a document leave in doubt in the plan that was decoded from it.
  init(in tree: SyntaxTree, of plan: RotationPlan, touchedBy diagnostics: [Diagnostic]) {
    sections = PlanSections(in: tree, touchedBy: diagnostics)
    guard let root = tree.root, !sections.isEmpty else { return }
    var places = MistakePlaces(diagnostics)
    losesSites = sections.contains(.siteNames)
    losesCertificateNames = sections.contains(.certificates)
    if sections.contains(.waits) { waits = Set(WaitKind.allCases) }
    for entry in tree.entries(of: root) {
      if tree.scalar(entry.key, is: "sites") {
        readSites(entry.value, tree, plan, &places)
      } else if tree.scalar(entry.key, is: "certificates") {
        readCertificates(entry.value, tree, plan)
      } else if tree.scalar(entry.key, is: "replication") {
        for item in tree.items(of: entry.value) where places.touches(item, in: tree) {
          partnerships.insert(tree.span(of: item))
        }
      } else if tree.scalar(entry.key, is: "strategy") {
        for part in tree.entries(of: entry.value) where tree.scalar(part.key, is: "waves") {
          touchesWaves = places.touches(part, in: tree)
        }
      } else if tree.scalar(entry.key, is: "waits") {
        readWaits(entry.value, tree, &places)
      }
    }
  }

  func contains(_ section: PlanSections) -> Bool { sections.contains(section) }

  func isDisjoint(with other: PlanSections) -> Bool { sections.isDisjoint(with: other) }

  /// Whether parts of the site may be missing.
  func touches(_ site: Site) -> Bool {
    sections.contains(.everySite) || sites.contains(site.name.span)
  }

  /// Whether parts of the policy may be missing, of its own or of the default.
  func touches(_ wait: WaitKind) -> Bool { waits.contains(wait) }

  /// Whether parts of the partnership may be missing.
  func touches(_ partnership: Partnership) -> Bool {
    sections.contains(.everySite) || partnerships.contains(partnership.span)
  }

  /// Whether a site that the plan lacks may bear the name.
  mutating func mayHave(site name: String) -> Bool { losesSites || lostSites.mayHold(name) }

  /// Whether a certificate that the plan lacks may bear the name.
  mutating func mayHave(certificate name: String) -> Bool {
    losesCertificateNames || lostCertificates.mayHold(name)
  }

  /// Whether a server whose form is wrong may name the certificate.
  func mayUse(certificate name: String) -> Bool {
    losesCertificates || losesSites || mentions.contains(name)
  }

  private mutating func readSites(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ plan: RotationPlan, _ places: inout MistakePlaces
  ) {
    guard tree.kind(of: node) == .mapping else {
      losesSites = true
      return
    }
    let decoded = Set(plan.sites.map(\.name.value))
    for entry in tree.entries(of: node) {
      let name = tree.string(of: entry.key)
      if !decoded.contains(name) { lostSites.insert(name) }
      guard places.touches(entry, in: tree) else { continue }
      sites.insert(tree.span(of: entry.key))
      collect(entry.value, tree, &places, isWithinServers: false)
    }
  }

  /// Takes down what is said in a site, and whether the name of a certificate may have got lost in it.
  private mutating func collect(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ places: inout MistakePlaces,
    isWithinServers: Bool
  ) {
    switch tree.kind(of: node) {
    case .scalar:
      mentions.insert(tree.string(of: node))
      if !isWithinServers { losesCertificates = true }
    case .sequence:
      losesCertificates = true
    case .mapping:
      for entry in tree.entries(of: node) {
        if tree.scalar(entry.key, is: "certificate"),
          places.touches(entry, in: tree)
        {
          losesCertificates = true
        }
        if tree.kind(of: entry.value) == .scalar {
          mentions.insert(tree.string(of: entry.value))
          let isServers =
            tree.scalar(entry.key, is: "servers") || isWithinServers && tree.isNull(entry.value)
          if isServers { losesCertificates = true }
        } else if tree.kind(of: entry.value) == .mapping {
          collect(entry.value, tree, &places, isWithinServers: true)
        }
      }
    }
  }

  private mutating func readCertificates(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ plan: RotationPlan
  ) {
    guard tree.kind(of: node) == .mapping else { return }
    losesCertificateNames = false
    let decoded = Set(plan.certificates.map(\.name.value))
    for entry in tree.entries(of: node) {
      let name = tree.string(of: entry.key)
      if !decoded.contains(name) { lostCertificates.insert(name) }
    }
  }

  private mutating func readWaits(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ places: inout MistakePlaces
  ) {
    guard tree.kind(of: node) == .mapping else { return }
    waits = []
    for entry in tree.entries(of: node)
    where places.touches(entry, in: tree) {
      if let kind = WaitKind(rawValue: tree.string(of: entry.key)) {
        waits.insert(kind)
      } else {
        // The default, or a wait that nobody can tell.
        waits = Set(WaitKind.allCases)
      }
    }
  }
}

/// Names that the document declares and the plan lacks.
private struct LostNames {
  private var all: Set<String> = []
  private var near = NearNames([String]())

  mutating func insert(_ name: String) {
    if all.insert(name).inserted { near.append(name) }
  }

  /// Whether the name, or one that it may be a correction of, is among them.
  mutating func mayHold(_ name: String) -> Bool { all.contains(name) || near.mayMean(name) }
}
