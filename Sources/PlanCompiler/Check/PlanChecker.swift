public import PlanModel
public import PlanText

/// What is wrong with the meaning of a plan, as far as the plan alone can tell.
///
/// Linear in the size of the plan. Each mistake is reported once: a name that does not resolve is not
/// looked at any further.
public func checkPlan(_ plan: RotationPlan) -> [Diagnostic] {
  checkPlan(plan, doubting: PlanDoubts([]))
}

/// The same for a plan of which `doubts` were not decoded whole.
func checkPlan(
  _ plan: RotationPlan, doubting doubts: PlanDoubts, paths: PathRule = .folderOnly
) -> [Diagnostic] {
  var checker = PlanChecker(plan, doubts: doubts, paths: paths)
  checker.checkCertificates()
  checker.checkSites()
  checker.checkReplication()
  checker.checkStrategy()
  checker.checkVersions()
  checker.checkProducts()
  checker.checkAPIs()
  checker.checkWaits()
  checker.checkAutomation()
  checker.checkCalendar()
  checker.checkScope()
  return checker.diagnostics
}

/// The plan under check with its tables of names, and what was found.
struct PlanChecker {
  let plan: RotationPlan

  /// What must not be concluded from by what it lacks.
  var doubts: PlanDoubts

  /// Which paths the plan may write.
  let paths: PathRule

  /// Positions by name; looked up only, never walked.
  let siteByName: [String: Int]
  let certificateByName: [String: Int]

  /// The names that a reference may have meant.
  lazy var siteNames = NearNames(plan.sites.lazy.map(\.name.value))
  lazy var certificateNames = NearNames(plan.certificates.lazy.map(\.name.value))

  /// Where the rules of sites with mistakes of form stand.
  lazy var rulesInDoubt = Set(
    plan.sites.filter(doubts.touches).flatMap(\.automation).map(\.action.span))

  /// Whether any server gets a certificate.
  let hasRotation: Bool

  /// The sites of each partnership as far as they resolve to two different ones.
  var pairs: [(partnership: Int, first: Int, second: Int)] = []

  private var list = DiagnosticList()

  /// Whether the last finding was kept.
  private var isLastKept = false

  /// What was found, in that order.
  var diagnostics: [Diagnostic] { list.all }

  init(_ plan: RotationPlan, doubts: PlanDoubts, paths: PathRule) {
    self.plan = plan
    self.doubts = doubts
    self.paths = paths
    hasRotation = plan.sites.contains(where: \.isRotating)
    siteByName = Dictionary(
      plan.sites.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    certificateByName = Dictionary(
      plan.certificates.enumerated().map { ($1.name.value, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Records a finding.
  mutating func report(
    _ entry: CatalogueEntry, at span: SourceSpan, _ detail: String, help: String? = nil,
    related: [Diagnostic.Related] = [], severity: Severity? = nil, conceals: Bool = false
  ) {
    var diagnostic = Diagnostic(
      entry, at: span, detail, help: help, related: related, severity: severity)
    if conceals { diagnostic.concealed = [span] }
    isLastKept = list.append(diagnostic)
  }

  /// Gives the last finding the name that was probably meant.
  mutating func suggest(_ meant: String?, for name: Located<String>) {
    guard let meant, isLastKept else { return }
    list.change(from: list.all.count - 1) {
      $0.fixes = [.write(meant, for: name.value, at: name.span, isOwn: false)]
    }
  }

  /// The site that `name` refers to; reports a name that no site bears.
  mutating func resolve(site name: Located<String>) -> Int? {
    if let index = siteByName[name.value] { return index }
    guard !doubts.mayHave(site: name.value) else { return nil }
    let meant = siteNames.nearest(to: name.value)
    report(
      .unknownSite, at: name.span, "There is no site called '\(name.value)'.",
      help: meant.map { "Did you mean '\($0)'?" }
        ?? known(plan.sites.lazy.map(\.name.value), "sites"),
      related: meant.flatMap { siteByName[$0] }.map { [place(ofSite: $0)] } ?? [])
    suggest(meant, for: name)
    return nil
  }

  /// Where a site is declared.
  func place(ofSite index: Int) -> Diagnostic.Related {
    let name = plan.sites[index].name
    return .init("Site '\(name.value)' is declared here.", at: name.span)
  }

  /// `The sites are a, b, c.`, at most ten of them.
  func known(_ names: some RandomAccessCollection<String>, _ noun: String) -> String {
    guard !names.isEmpty else { return "The plan has no \(noun)." }
    let shown = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
    return "The \(noun) are \(shown)\(names.count > 10 ? " and \(names.count - 10) more" : "")."
  }
}
