package import PlanModel
package import PlanText
package import RotationGraph

/// What is wrong with the sites of a rotation, going by what they say of themselves.
///
/// - Parameters:
///   - graph: The rotation.
///   - answers: For each site of its plan what came of asking it; nil where nobody asked.
///   - end: When the rotation ends at the latest, in seconds since 1970 in UTC; nil where nobody knows.
/// - Returns: The findings, site by site.
package func checkSites(
  of graph: StepGraph, _ answers: [SiteAnswer?], end: Int64? = nil
) -> [Diagnostic] {
  var checker = SiteChecker(graph, answers, end: end)
  for (position, answer) in answers.enumerated() {
    switch answer {
    case nil: continue
    case .trouble(let trouble)?: checker.reportTrouble(trouble, of: position)
    case .facts(let facts)?:
      checker.checkAccess(to: position, facts)
      checker.checkProduct(of: position, facts)
      checker.checkClients(of: position, facts)
      if let settings = facts.settings { checker.checkSettings(of: position, settings) }
      if let replication = facts.replication { checker.checkPartners(of: position, replication) }
    }
  }
  return checker.diagnostics
}

/// What is wrong with the settings that a run would record as what to go back to.
///
/// - Parameters:
///   - graph: The rotation.
///   - site: The site's position in its plan.
///   - settings: What would be recorded.
/// - Returns: The findings.
package func checkSettings(
  of graph: StepGraph, site: Int, _ settings: SiteSettings
) -> [Diagnostic] {
  var checker = SiteChecker(graph, [], end: nil)
  checker.checkSettings(of: site, settings)
  return checker.diagnostics
}

/// Whether every site of a plan told all that it was asked, so that a finding which is not there is none.
package func isWhole(_ answers: [SiteAnswer?], of plan: RotationPlan) -> Bool {
  zip(answers, plan.sites).allSatisfy { answer, site in
    guard site.api != nil else { return true }
    guard case .facts(let facts)? = answer else { return false }
    return facts.unread.isEmpty && facts.refused.isEmpty && facts.settings?.unreadGroups == 0
  }
}

/// The rotation under check, and what was found.
struct SiteChecker {
  let graph: StepGraph
  let answers: [SiteAnswer?]

  /// In seconds since 1970 in UTC.
  let end: Int64?

  private var list = DiagnosticList()

  init(_ graph: StepGraph, _ answers: [SiteAnswer?], end: Int64?) {
    self.graph = graph
    self.answers = answers
    self.end = end
  }

  var plan: RotationPlan { graph.plan }

  /// What was found, in that order.
  var diagnostics: [Diagnostic] { list.all }

  /// The name of a site, quoted.
  func name(of site: Int) -> String { "'\(plan.sites[site].name.value)'" }

  /// Where the plan says how a site's API is reached.
  func place(of site: Int) -> SourceSpan {
    plan.sites[site].api?.url.span ?? plan.sites[site].name.span
  }

  /// Whether what a site's database lists may be its partners': it replicates, or did until somebody broke it.
  func isShared(_ site: Int, _ facts: SiteFacts) -> Bool {
    let name = plan.sites[site].name
    return facts.replication?.partners.isEmpty == false
      || plan.partnerships.contains { $0.sites.contains { $0 == name } }
  }

  /// The kinds of waits that a site has.
  func waits(of site: Int) -> [WaitKind] {
    let kinds = Set(
      graph.steps.indices.lazy.filter { graph.site(of: $0) == site }.compactMap {
        graph.steps[$0].action.waitKind
      })
    return WaitKind.allCases.filter(kinds.contains)
  }

  /// Records a finding.
  mutating func report(
    _ entry: CatalogueEntry, at span: SourceSpan, _ detail: String, help: String,
    related: [Diagnostic.Related] = [], severity: Severity? = nil
  ) {
    list.append(
      Diagnostic(entry, at: span, detail, help: help, related: related, severity: severity))
  }
}

/// `1 client`, `2 clients`.
func counted(_ count: Int, _ one: String) -> String {
  "\(count.grouped) \(one)\(count == 1 ? "" : "s")"
}

/// Names in a sentence: all of a few, the first of many with the number of the others.
func listed(_ names: [String]) -> String {
  let quoted = names.map { "'\($0)'" }
  guard names.count > 1 else { return quoted.joined() }
  guard names.count > 6 else {
    return quoted.dropLast().joined(separator: ", ") + " and " + (quoted.last ?? "")
  }
  return quoted.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more"
}
