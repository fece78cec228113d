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

  /// Where the names of the sites with mistakes of form start.
  private var sites: Set<UInt32> = []

  /// Where the partnerships with mistakes of form start.
  private var partnerships: Set<UInt32> = []

  private var waits: Set<WaitKind> = []

  /// Names that the document declares and the plan lacks.
  private var lostSites: Set<String> = []
  private var lostCertificates: Set<String> = []

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
    // Where places lie in several sources, their order says nothing about what stands in what.
    guard !tree.isMerged else {
      sections = diagnostics.hasErrors ? .all : []
      return
    }
    sections = PlanSections(in: tree, touchedBy: diagnostics)
    guard let root = tree.root, !sections.isEmpty else { return }
    let places = MistakePlaces(diagnostics)
    losesSites = sections.contains(.siteNames)
    losesCertificateNames = sections.contains(.certificates)
    if sections.contains(.waits) { waits = Set(WaitKind.allCases) }
    for entry in tree.entries(of: root) {
      if tree.scalar(entry.key, is: "sites") {
        readSites(entry.value, tree, plan, places)
      } else if tree.scalar(entry.key, is: "certificates") {
        readCertificates(entry.value, tree, plan)
      } else if tree.scalar(entry.key, is: "replication") {
        for item in tree.items(of: entry.value) where places.hit(tree.span(of: item)) {
          partnerships.insert(tree.span(of: item).start)
        }
      } else if tree.scalar(entry.key, is: "strategy") {
        touchesWaves = tree.entries(of: entry.value).contains {
          tree.scalar($0.key, is: "waves")
            && places.hit(tree.span(of: $0.key), tree.span(of: $0.value))
        }
      } else if tree.scalar(entry.key, is: "waits") {
        readWaits(entry.value, tree, places)
      }
    }
  }

  func contains(_ section: PlanSections) -> Bool { sections.contains(section) }

  func isDisjoint(with other: PlanSections) -> Bool { sections.isDisjoint(with: other) }

  /// Whether parts of the site may be missing.
  func touches(_ site: Site) -> Bool {
    sections.contains(.everySite) || sites.contains(site.name.span.start)
  }

  /// Whether parts of the policy may be missing, of its own or of the default.
  func touches(_ wait: WaitKind) -> Bool { waits.contains(wait) }

  /// Whether parts of the partnership may be missing.
  func touches(_ partnership: Partnership) -> Bool {
    sections.contains(.everySite) || partnerships.contains(partnership.span.start)
  }

  /// Whether a site that the plan lacks may bear the name.
  func mayHave(site name: String) -> Bool { losesSites || lostSites.mayHold(name) }

  /// Whether a certificate that the plan lacks may bear the name.
  func mayHave(certificate name: String) -> Bool {
    losesCertificateNames || lostCertificates.mayHold(name)
  }

  /// Whether a server whose form is wrong may name the certificate.
  func mayUse(certificate name: String) -> Bool {
    losesCertificates || losesSites || mentions.contains(name)
  }

  private mutating func readSites(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ plan: RotationPlan, _ places: MistakePlaces
  ) {
    guard tree.kind(of: node) == .mapping else {
      losesSites = true
      return
    }
    let decoded = Set(plan.sites.map(\.name.value))
    for entry in tree.entries(of: node) {
      let name = tree.string(of: entry.key)
      if !decoded.contains(name) { lostSites.insert(name) }
      guard places.hit(tree.span(of: entry.key), tree.span(of: entry.value)) else { continue }
      sites.insert(tree.span(of: entry.key).start)
      collect(entry.value, tree, places, isWithinServers: false)
    }
  }

  /// Takes down what is said in a site, and whether the name of a certificate may have got lost in it.
  private mutating func collect(
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ places: MistakePlaces, isWithinServers: Bool
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
          places.hit(tree.span(of: entry.key), tree.span(of: entry.value))
        {
          losesCertificates = true
        }
        if tree.kind(of: entry.value) == .scalar {
          mentions.insert(tree.string(of: entry.value))
          let isServers =
            tree.scalar(entry.key, is: "servers") || isWithinServers && tree.isNull(entry.value)
          if isServers { losesCertificates = true }
        } else if tree.kind(of: entry.value) == .mapping {
          collect(entry.value, tree, places, isWithinServers: true)
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
    _ node: SyntaxTree.Node, _ tree: SyntaxTree, _ places: MistakePlaces
  ) {
    guard tree.kind(of: node) == .mapping else { return }
    waits = []
    for entry in tree.entries(of: node)
    where places.hit(tree.span(of: entry.key), tree.span(of: entry.value)) {
      if let kind = WaitKind(rawValue: tree.string(of: entry.key)) {
        waits.insert(kind)
      } else {
        // The default, or a wait that nobody can tell.
        waits = Set(WaitKind.allCases)
      }
    }
  }
}

/// Where the errors of a document are, to be asked for ranges.
private struct MistakePlaces {
  private let starts: [UInt32]

  init(_ diagnostics: [Diagnostic]) {
    starts = diagnostics.filter { $0.severity == .error }.map(\.span.start).sorted()
  }

  /// Whether a mistake starts in the span, or at its start.
  func hit(_ span: SourceSpan) -> Bool {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < span.start { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] < max(span.end, span.start + 1)
  }

  /// Whether a mistake starts in an entry.
  func hit(_ key: SourceSpan, _ value: SourceSpan) -> Bool {
    hit(SourceSpan(source: key.source, start: Int(key.start), end: Int(max(key.end, value.end))))
      || hit(value)
  }
}

extension Set<String> {
  /// Whether the name, or one that it may be a correction of, is among them.
  fileprivate func mayHold(_ name: String) -> Bool {
    contains(name) || !isEmpty && sorted().contains { nearest(to: name, among: [$0]) != nil }
  }
}
