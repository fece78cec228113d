import PlanModel
import PlanText
import RotationGraph

/// I8: targets exist, ids are unique, nothing waits for itself, and steps stand in order.
enum ShapeCheck {
  /// A topological order of the steps; nil where targets, ids or a circle forbid to look any further.
  static func order(of graph: StepGraph, into report: inout VerificationReport) -> [Int32]? {
    // The names of targets that do not exist cannot be printed, so nothing else is looked at.
    guard checkTargets(of: graph, into: &report) else { return nil }
    checkIDs(of: graph, into: &report)
    guard report.diagnostics.isEmpty else { return nil }
    switch graph.dependents.topologicalOrder() {
    case .cycle(let cycle):
      let names = (cycle + cycle.prefix(1)).map { graph.id(of: Int($0)) }
      report.add(
        .brokenShape, for: nil, at: cycle.first ?? 0,
        "The steps \(names.joined(separator: " → ")) wait for each other in a circle, so none of "
          + "them can ever start.",
        path: cycle)
      return nil
    case .order(let order):
      checkPositions(of: graph, into: &report)
      return order
    }
  }

  private static func checkTargets(
    of graph: StepGraph, into report: inout VerificationReport
  ) -> Bool {
    let plan = graph.plan
    for (position, step) in graph.steps.enumerated() {
      let exists =
        switch step.target {
        case .site(let site): plan.sites.indices.contains(site)
        case .server(let site, let server):
          plan.sites.indices.contains(site) && plan.sites[site].servers.indices.contains(server)
        case .partnership(let partnership): plan.partnerships.indices.contains(partnership)
        }
      guard exists else {
        report.add(
          .brokenShape, for: nil, at: plan.name.span,
          "Step \(position + 1), `\(step.action.rawValue)`, has a target that the plan does not have."
        )
        return false
      }
    }
    return true
  }

  private static func checkIDs(of graph: StepGraph, into report: inout VerificationReport) {
    var known = TargetActions(graph.plan)
    for (position, step) in graph.steps.enumerated()
    where !known.insert(step.action, on: step.target) {
      let other = graph.steps.firstIndex { ($0.action, $0.target) == (step.action, step.target) }
      report.add(
        .brokenShape, for: nil, at: Int32(position),
        "The graph has \(report.quoted(Int32(position))) twice, as step \((other ?? 0) + 1) and as "
          + "step \(position + 1).",
        path: [Int32(position)])
      return
    }
    checkNames(of: graph, into: &report)
  }

  /// Different targets have different ids when sites, servers of a site and partnerships have
  /// different names.
  private static func checkNames(of graph: StepGraph, into report: inout VerificationReport) {
    var hasSteps = [Bool](repeating: false, count: graph.plan.sites.count)
    var partnerships: Set<Int> = []
    for step in graph.steps {
      switch step.target {
      case .site(let site), .server(let site, _): hasSteps[site] = true
      case .partnership(let partnership): partnerships.insert(partnership)
      }
    }
    var siteNames: [String: SourceSpan] = [:]
    for (position, site) in graph.plan.sites.enumerated() where hasSteps[position] {
      checkName(site.name, "The site", among: &siteNames, into: &report)
      var serverNames: [String: SourceSpan] = [:]
      for server in site.servers {
        checkName(server.name, "The server", among: &serverNames, into: &report)
      }
    }
    var pairs: [String: SourceSpan] = [:]
    for (position, partnership) in graph.plan.partnerships.enumerated()
    where partnerships.contains(position) {
      checkName(
        Located(partnership.name, at: partnership.span), "The partnership", among: &pairs,
        into: &report)
    }
  }

  private static func checkName(
    _ name: Located<String>, _ what: String, among names: inout [String: SourceSpan],
    into report: inout VerificationReport
  ) {
    if let other = names.updateValue(name.span, forKey: name.value) {
      report.add(
        .brokenShape, for: nil, at: name.span,
        "\(what) \"\(name.value)\" has steps twice, so two steps have the same id.",
        related: other.isKnown ? [Diagnostic.Related("the first of the two", at: other)] : [])
    }
  }

  private static func checkPositions(of graph: StepGraph, into report: inout VerificationReport) {
    for step in graph.steps.indices {
      for dependency in graph.dependencies[step] where Int(dependency) >= step {
        report.add(
          .brokenShape, for: nil, at: Int32(step),
          "\(report.quoted(Int32(step))) stands before \(report.quoted(dependency)), which it waits "
            + "for; a graph lists its steps in an order in which they can run.",
          path: [dependency, Int32(step)])
        return
      }
    }
  }
}
