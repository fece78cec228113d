import PlanModel
import PlanText

extension PlanChecker {
  /// Sites and servers by themselves.
  mutating func checkSites() {
    var owners: [String: Located<String>] = [:]
    owners.reserveCapacity(plan.sites.reduce(0) { $0 + $1.servers.count })
    let isByHand = isByHand
    for site in plan.sites {
      let name = site.name
      if site.servers.isEmpty, !doubts.touches(site) {
        report(
          .siteWithoutServers, at: name.span, "Site '\(name.value)' has no servers.",
          help: "List its management servers under 'servers', or remove the site.")
      }
      for server in site.servers {
        let key = server.address.value.lowercased()
        if let owner = owners[key] {
          report(
            .addressTwice, at: server.address.span,
            "Server '\(server.name.value)' has the address of '\(owner.value)'.",
            help: "Give every server its own address, or remove one of the two.",
            related: [.init("'\(owner.value)' has it first.", at: owner.span)])
        } else {
          owners[key] = Located(server.name.value, at: server.address.span)
        }
      }
      if let database = site.database, database.value != .sqlServer, site.servers.count > 1 {
        report(
          .expressWithSeveralServers, at: database.span,
          "Site '\(name.value)' has \(site.servers.count) servers, but its database serves only the "
            + "one on its own machine: '\(database.value.rawValue)'.",
          help: "Correct 'database' to sql-server, or split the site.")
      }
      guard site.isRotating else { continue }
      if site.api == nil, !doubts.touches(site), !isAskedForAPI(site), !isByHand {
        report(
          .siteWithoutAPI, at: name.span,
          "Site '\(name.value)' rotates, but has no 'api': nothing measures how many of its clients have "
            + "adopted a change.",
          help: "Add 'api' with the URL of SEPM's REST API and an administrator.")
      }
      if plan.method(of: site) == .failover, site.servers.count == 1, !doubts.touches(site) {
        let method = site.method ?? plan.strategy.method
        report(
          .failoverWithOneServer, at: site.method?.span ?? name.span,
          "Site '\(name.value)' has one server, so its clients have none to fail over to.",
          help: "Use 'strategy: { method: suspend-verification }' for this site.",
          related: site.method == nil && method.span.isKnown
            ? [.init("The method is chosen here.", at: method.span)] : [])
      }
    }
  }
}
