import Drivers
import PlanModel
import PlanText

/// A site as the plan that is written will have it. Its names are names of the plan language.
struct DraftSite: Sendable {
  /// What is known of a server's address.
  enum Address: Sendable, Equatable {
    /// The host in the URL of the API, which the server answers at.
    case ofAPI

    /// A name that its certificate or its domain suggests.
    case suggested

    /// Nothing: the address is none.
    case missing
  }

  /// A server.
  struct Server: Sendable {
    let name: String

    /// What SEPM calls it; nil where nobody said.
    let foundName: String?

    let host: String
    let address: Address

    /// Where its API listens.
    let apiPort: Int

    /// The ports that are looked at.
    var endpoints: [TLSProbe.Endpoint] {
      guard address != .missing else { return [] }
      var ports = ServerPorts.standard
      ports.api = Located(apiPort)
      return ports.all.map { TLSProbe.Endpoint(host: host, port: $0) }
    }
  }

  let name: String

  /// What SEPM calls it; nil where nobody said.
  let foundName: String?

  /// How it was found; nil where only a partner tells of it.
  let found: FoundSite?

  let servers: [Server]

  /// How many servers are left out: no site has so many.
  let serversLeftOut: Int

  /// Whether it is known which of the servers answers at the URL of the API.
  var knowsAPIServer: Bool { servers.contains { $0.address == .ofAPI } }

  /// More servers than any site has; what a server tells beyond them is not believed.
  private static let mostServers = 64

  /// * `foundServers`: What SEPM calls the servers.
  /// * `hosts`: The addresses that no other server of the plan has.
  init(
    name: String, foundName: String?, found: FoundSite?, servers foundServers: [String],
    _ hosts: inout HostSource
  ) {
    self.name = name
    self.foundName = foundName
    self.found = found
    serversLeftOut = max(foundServers.count - Self.mostServers, 0)
    servers = Self.servers(
      of: name, found, called: Array(foundServers.prefix(Self.mostServers)), &hosts)
  }

  private static func servers(
    of site: String, _ found: FoundSite?, called foundServers: [String], _ hosts: inout HostSource
  ) -> [Server] {
    let url = found.flatMap { URLParts($0.api.url.value) }
    var names = NameSource()
    guard !foundServers.isEmpty else {
      let host = url.flatMap { ServerHost($0.host) }?.first ?? ""
      let name = names.name(for: host, else: "\(site)-server-1")
      return [
        Server(name, called: nil, of: site, &hosts, answeringAt: url, suggestion: nil)
      ]
    }
    let certified = (found?.certificateHosts ?? []).compactMap { ServerHost($0) }
    let answering = url.flatMap {
      position(ofServerAt: $0.host, hosts: certified, among: foundServers)
    }
    let domain =
      url.flatMap { ServerHost($0.host)?.domain }
      ?? answering.flatMap { position in
        certified.first { $0.isOf(server: foundServers[position]) }?.domain
      }
    return foundServers.enumerated().map { position, foundName in
      let suggestion =
        certified.first { $0.isOf(server: foundName) } ?? ServerHost(foundName, in: domain)
      return Server(
        names.name(for: foundName, else: "\(site)-server-\(position + 1)"), called: foundName,
        of: site, &hosts, answeringAt: position == answering ? url : nil,
        suggestion: suggestion?.text)
    }
  }

  /// Which server answers at a host, going by its name, by the only certificate name that is a server's, or because there is
  /// one server only; nil where it cannot be told.
  private static func position(
    ofServerAt host: String, hosts: [ServerHost], among servers: [String]
  ) -> Int? {
    if servers.count == 1 { return 0 }
    if let host = ServerHost(host),
      let position = servers.firstIndex(where: { host.isOf(server: $0) })
    {
      return position
    }
    let named = servers.indices.filter { index in
      hosts.contains { $0.isOf(server: servers[index]) }
    }
    return named.count == 1 ? named.first : nil
  }
}

extension DraftSite.Server {
  /// A server with an address that no other one has.
  ///
  /// * `url`: The API that it answers for; nil where that is not known.
  /// * `suggestion`: A host that it might be.
  fileprivate init(
    _ name: String, called foundName: String?, of site: String, _ hosts: inout HostSource,
    answeringAt url: URLParts?, suggestion: String?
  ) {
    self.name = name
    self.foundName = foundName
    if let url, hosts.take(api: url.host) {
      (host, address, apiPort) = (url.host, .ofAPI, url.port)
      return
    }
    apiPort = ServerPorts.standard.api.value
    if let suggestion, hosts.take(suggestion: suggestion) {
      (host, address) = (suggestion, .suggested)
    } else {
      (host, address) = (ServerHost.missing(server: name, of: site), .missing)
    }
  }
}
