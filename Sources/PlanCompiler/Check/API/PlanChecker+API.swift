import PlanModel
import PlanText

extension PlanChecker {
  /// Where the sites' APIs are, and whether they are there where they are asked for.
  mutating func checkAPIs() {
    var strangers: [(site: Int, api: SiteAPI, host: String)] = []
    for (index, site) in plan.sites.enumerated() {
      guard let api = site.api else { continue }
      guard let url = URLParts(api.url.value) else { continue }
      if url.isPlain {
        report(
          .plainHTTP, at: api.url.span,
          "The API of site '\(site.name.value)' would be used without TLS.",
          help: "Write 'https://'.")
      }
      let hosts = site.servers.filter { $0.address.value.isSameHost(as: url.host) }
      if !url.isPlain { checkPort(of: api, url.port, on: hosts, at: site) }
      checkPin(of: api, at: site)
      if hosts.isEmpty { strangers.append((index, api, url.host)) }
    }
    checkStrangers(strangers)
    checkAskedAPIs()
  }

  /// The port of an API against those of the servers that have its address.
  private mutating func checkPort(
    of api: SiteAPI, _ port: Int, on hosts: [Server], at site: Site
  ) {
    guard !hosts.contains(where: { $0.ports.api.value == port }) else { return }
    let usual = hosts.first?.ports ?? .standard
    if let service = sepmService(at: port, of: usual) {
      report(
        .portOfOtherService, at: api.url.span,
        "The API of site '\(site.name.value)' has port \(port) in its URL, where \(service).",
        help: "Write ':\(usual.api.value)', the port of SEPM's REST API.")
    } else if let host = hosts.first {
      let isWritten = host.ports.api.span.isKnown
      report(
        .portsOfAPIDiffer, at: api.url.span,
        "The API of site '\(site.name.value)' has port \(port) in its URL, but server "
          + "'\(host.name.value)', which it is on, has its API on \(host.ports.api.value).",
        help: "Write ':\(host.ports.api.value)' in the URL, or 'ports: { api: \(port) }' at the "
          + "server.",
        related: isWritten ? [.init("The server's port.", at: host.ports.api.span)] : [])
    }
  }

  /// APIs that are on no server of their site: load balancers, tunnels, or another site's.
  private mutating func checkStrangers(_ strangers: [(site: Int, api: SiteAPI, host: String)]) {
    guard !strangers.isEmpty, plan.sites.count > 1 else { return }
    var owners: [String: Int] = [:]
    for (index, site) in plan.sites.enumerated() {
      for server in site.servers { owners[server.address.value.lowercased()] = index }
    }
    var urls: [String: Int] = [:]
    for (index, api, host) in strangers {
      let name = plan.sites[index].name.value
      if let owner = owners[host.lowercased()], owner != index, !doubts.touches(plan.sites[index]) {
        let other = plan.sites[owner].name
        report(
          .apiOfOtherSite, at: api.url.span,
          "The API of site '\(name)' is on a server of site '\(other.value)'.",
          help: "Write the URL of a server of '\(name)'.",
          related: [.init("Site '\(other.value)' is declared here.", at: other.span)])
      } else if let first = urls[api.url.value] {
        report(
          .apiOfOtherSite, at: api.url.span,
          "Site '\(name)' has the same API as site '\(plan.sites[first].name.value)'.",
          help: "Write the URL of a server of '\(name)'.",
          related: plan.sites[first].api.map { [.init("The same URL.", at: $0.url.span)] } ?? [])
      } else {
        urls[api.url.value] = index
      }
    }
  }

  private mutating func checkPin(of api: SiteAPI, at site: Site) {
    guard case .fingerprint(let pin) = api.trust.value else { return }
    for server in site.servers {
      guard let name = server.certificate, let index = certificateByName[name.value],
        let fingerprint = plan.certificates[index].fingerprint, fingerprint.value == pin
      else { continue }
      report(
        .apiPinnedToNew, at: api.trust.span,
        "The API of site '\(site.name.value)' is pinned to '\(name.value)', which its servers get "
          + "only in this rotation.",
        help: "Pin the certificate that it presents today.",
        related: [.init("The fingerprint of '\(name.value)'.", at: fingerprint.span)])
      return
    }
  }

  /// Whether a rule sends an action of the site to the API.
  func isAskedForAPI(_ site: Site) -> Bool { ruleForAPI(of: site) != nil }

  private func ruleForAPI(of site: Site) -> AutomationRule? {
    func isForAPI(_ rule: AutomationRule) -> Bool {
      rule.channel.value == .api && rule.action.value.hasEndpoint
    }
    return site.automation.first(where: isForAPI)
      ?? plan.automation.first { rule in
        isForAPI(rule) && !site.automation.contains { $0.action.value == rule.action.value }
      }
  }

  private mutating func checkAskedAPIs() {
    guard
      plan.automation.contains(where: { $0.channel.value == .api })
        || plan.sites.contains(where: { !$0.automation.isEmpty })
    else { return }
    var reported: Set<SourceSpan> = []
    for site in plan.sites where site.isRotating && site.api == nil && !doubts.touches(site) {
      guard let rule = ruleForAPI(of: site), reported.insert(rule.channel.span).inserted else {
        continue
      }
      report(
        .apiNotThere, at: rule.channel.span,
        "'\(rule.action.value.rawValue)' goes to the REST API, but site '\(site.name.value)' has no "
          + "'api'.",
        help: "Add 'api' to the site, or write 'operator' or a command.",
        related: [.init("Site '\(site.name.value)' is declared here.", at: site.name.span)])
    }
  }
}

/// What listens on a port of a server that is not the API's (`docs/SEPM.md`, "Services and ports").
private func sepmService(at port: Int, of server: ServerPorts) -> String? {
  switch port {
  case server.clients.value: "clients are served with HTTPS"
  case 8014: "clients are served with HTTP"
  case server.console.value: "the console and replication are"
  case server.reporting.value: "reporting is"
  case 9090: "the start page is"
  default: nil
  }
}

extension String {
  fileprivate func isSameHost(as other: String) -> Bool {
    self == other || utf8.count == other.utf8.count && lowercased() == other.lowercased()
  }
}
