import PlanModel
import PlanText

extension PlanChecker {
  /// Sites and servers by themselves.
  mutating func checkSites() {
    let isByHand = isByHand
    for site in plan.sites {
      let name = site.name
      if site.servers.isEmpty, !doubts.touches(site) {
        report(
          .siteWithoutServers, at: name.span, "Site '\(name.value)' has no servers.",
          help: "List its management servers under 'servers', or remove the site.")
      }
      for server in site.servers { checkAddress(of: server) }
      if let database = site.database, database.value != .sqlServer, site.servers.count > 1,
        !doubts.touches(site)
      {
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
          "Site '\(name.value)' has only one server, so its clients have no other to fail over to.",
          help: "Use 'strategy: { method: suspend-verification }' for this site.",
          related: site.method == nil && method.span.isKnown
            ? [.init("The method is chosen here.", at: method.span)] : [])
      }
    }
    checkListeners()
  }

  /// Addresses that are well written and lead nowhere, or to what no certificate can name.
  private mutating func checkAddress(of server: Server) {
    let address = server.address
    if address.value.isOfAnyMachine {
      report(
        .addressOfThisMachine, at: address.span,
        "Server '\(server.name.value)' has the address '\(address.value)', which means the machine that "
          + "asks.",
        help: "Write the host name by which clients reach the server.")
    } else if address.value.utf8.contains("_") {
      report(
        .underscoreInAddress, at: address.span,
        "The host name '\(address.value.prefix(60))' has an underscore, which TLS and many authorities "
          + "do not accept in a name.",
        help: "Write a name of the server without an underscore, as it is in the certificate.")
    }
  }
}

extension Server {
  /// `paris/sepm-01`: what tells it from servers of this name in other sites.
  func name(in site: Site) -> String { "\(site.name.value)/\(name.value)" }
}

extension String {
  /// Whether the address means each machine itself: loopback, or no address at all.
  fileprivate var isOfAnyMachine: Bool {
    switch utf8.first {
    case "1": return hasPrefix("127.") && utf8.allSatisfy { $0 < 0x3A }
    case "0", ":":
      if self == "0.0.0.0" { return true }
      // '::', '::1' and their longer forms.
      return contains(":") && utf8.dropLast().allSatisfy { $0 == "0" || $0 == ":" }
        && ["0", "1", ":"].contains(suffix(1))
    case "l", "L":
      let name = lowercased()
      return name == "localhost" || name.hasPrefix("localhost.")
    default: return false
    }
  }
}
