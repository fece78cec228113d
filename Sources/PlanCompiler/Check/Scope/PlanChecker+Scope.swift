import PlanModel
import PlanText

extension PlanChecker {
  /// What the plan does as a whole: nothing, something without a site, or everything by hand.
  mutating func checkScope() {
    guard hasRotation else {
      guard !doubts.touchesAnySite, let first = plan.sites.first(where: { !$0.servers.isEmpty })
      else { return }
      report(
        .nothingToRotate, at: first.name.span,
        "No server of the plan names a certificate, so there is nothing to rotate.",
        help: "Name the new certificate at each server that gets one: 'certificate: NAME'.")
      return
    }
    let partnered = Set(pairs.flatMap { [$0.first, $0.second] })
    // A partnership that did not resolve may have been meant for the site.
    let isResolved =
      pairs.count == plan.partnerships.count && !doubts.contains(.replication)
    for (index, site) in plan.sites.enumerated()
    where isResolved && !site.isRotating && !partnered.contains(index) && !site.servers.isEmpty
      && !doubts.touches(site)
    {
      report(
        .idleSite, at: site.name.span,
        "Site '\(site.name.value)' takes part in nothing: none of its servers gets a certificate and it "
          + "replicates with no site.",
        help: "Name a certificate at its servers, add its partnership, or remove it.")
    }
    noteGates()
  }

  /// The sites of partnerships that are broken and restored.
  var partneredSites: Set<Int> {
    var sites: Set<Int> = []
    for pair in pairs
    where plan.sites[pair.first].isRotating || plan.sites[pair.second].isRotating {
      sites.insert(pair.first)
      sites.insert(pair.second)
    }
    return sites
  }

  /// Whether the plan has neither an API nor a command, so that people do everything.
  var isByHand: Bool {
    hasRotation && doubts.isDisjoint(with: [.sites, .replication, .automation])
      && plan.sites.allSatisfy { !$0.isRotating || $0.api == nil && !isAskedForAPI($0) }
      && (plan.automation + plan.sites.flatMap(\.automation)).allSatisfy {
        if case .command = $0.channel.value { false } else { true }
      }
  }

  /// A plan without any API and any command is done by people alone.
  private mutating func noteGates() {
    let rotating = plan.sites.filter(\.isRotating)
    // A plan whose name is wrong has no place that stands for the whole.
    guard isByHand, plan.name.span.isKnown else { return }
    var gates = 0
    for site in rotating {
      let servers = site.servers.count { $0.certificate != nil }
      gates += servers * 3 + site.servers.count { $0.upgrade != nil }
      if plan.method(of: site) == .suspendVerification { gates += 4 }
      if site.database?.value == .sqlExpress { gates += 1 }
    }
    for pair in pairs
    where plan.sites[pair.first].isRotating || plan.sites[pair.second].isRotating {
      gates += 2
    }
    report(
      .operatorOnly, at: plan.name.span,
      "People do everything that this plan changes: \(gates) gates. Without an 'api' nothing "
        + "counts the clients that have adopted a change.",
      help: "Add 'api' to the sites, and commands to 'automation', for what does not need a "
        + "person.")
  }
}
