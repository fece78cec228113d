import CanonicalJSON
import Estate

/// Where a lab can be reached: what `lab up` says when it listens.
package struct LabDescription: Sendable {
  /// A server.
  package struct Server: Sendable {
    /// The name in the plan.
    package let name: String

    /// Its address.
    package let address: String

    /// Its ports by what they are for, in the order of ``ServerPort``.
    package let ports: [(name: String, port: Int)]
  }

  /// A site.
  package struct Site: Sendable {
    /// The name in the plan.
    package let name: String

    /// The URL of the API of its first server; empty for a site without servers.
    package let api: String

    /// Who may log on to it.
    package let username: String
    package let password: String

    /// The file with the password.
    package let passwordFile: String

    /// The servers in the order of the plan.
    package let servers: [Server]
  }

  /// The sites in the order of the plan.
  package let sites: [Site]

  /// The socket of the control interface.
  package let control: String

  /// The overlay that points the plan at the lab.
  package let overlay: String

  /// What it is called in the lab's folder.
  package static let overlayName = "overlay.yaml"

  static func passwordName(ofSite name: String) -> String { "\(name).password" }

  init(
    _ estate: SimulatedEstate, _ accounts: [LabAccount], _ listeners: [ServerListeners],
    _ folder: LabFolder
  ) {
    sites = estate.sites.enumerated().map { index, site in
      let servers = listeners.filter { $0.position.site == index }.map { own in
        Server(
          name: site.servers[own.position.server].name,
          address: own.ports[.api]?.reserved.address ?? "",
          ports: ServerPort.allCases.compactMap { port in
            own.ports[port].map { (port.rawValue, $0.reserved.port) }
          })
      }
      let first = servers.first
      let port = first?.ports.first { $0.name == ServerPort.api.rawValue }?.port
      return Site(
        name: site.name, api: first.map { "https://\($0.address):\(port ?? 0)" } ?? "",
        username: accounts[index].username, password: accounts[index].password,
        passwordFile: folder.path(of: Self.passwordName(ofSite: site.name)), servers: servers)
    }
    control = folder.controlPath
    overlay = folder.path(of: Self.overlayName)
  }

  /// All of it in one line of JSON, without its end.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.value(
      .object([
        .init("formatVersion", .string("1.0")),
        .init("sites", .object(sites.map { .init($0.name, Self.json($0)) })),
        .init("control", .string(control)),
        .init("overlay", .string(overlay)),
      ]))
    return writer.bytes
  }

  private static func json(_ site: Site) -> JSONValue {
    .object([
      .init("api", .string(site.api)),
      .init("username", .string(site.username)),
      .init("password", .string(site.password)),
      .init("servers", .object(site.servers.map { .init($0.name, json($0)) })),
    ])
  }

  private static func json(_ server: Server) -> JSONValue {
    .object([
      .init("address", .string(server.address)),
      .init(
        "ports", .object(server.ports.map { .init($0.name, .integer(Int64($0.port))) })),
    ])
  }

  /// The ports of all servers, for the next start of the lab.
  var portsFile: [UInt8] {
    var writer = JSONWriter()
    writer.value(
      .object(
        sites.flatMap { site in
          site.servers.map { server in
            .init("\(site.name)/\(server.name)", Self.json(server)["ports"] ?? .null)
          }
        }))
    return writer.bytes
  }
}

extension LabFolder {
  static let portsName = "ports.json"

  /// The ports that each server had before, by `site/server`.
  func knownPorts() throws -> [String: [ServerPort: Int]] {
    guard let bytes = try read(Self.portsName) else { return [:] }
    guard let members = (try? JSONValue(parsing: bytes))?.object else {
      throw LabError("\(path(of: Self.portsName)) is damaged. Start a lab in another folder.")
    }
    var known: [String: [ServerPort: Int]] = [:]
    for server in members {
      for port in server.value.object ?? [] {
        guard let name = ServerPort(rawValue: port.name), let number = port.value.integer else {
          continue
        }
        known[server.name, default: [:]][name] = Int(clamping: number)
      }
    }
    return known
  }
}
