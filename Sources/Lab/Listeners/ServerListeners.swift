import Estate
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The ports of a server by what they are for (`docs/SEPM.md`, "Services and ports").
enum ServerPort: String, Sendable, CaseIterable {
  case console
  case clients
  case reporting
  case api

  /// The service that listens.
  var service: Service {
    switch self {
    case .console: .manager
    case .clients, .reporting: .webServer
    case .api: .api
    }
  }
}

/// The listeners of one server: each is open while its service is up, and presents what that service loaded.
struct ServerListeners: Sendable {
  let position: ServerPosition
  let site: String
  let server: String
  let ports: [ServerPort: Listener]

  /// Takes the ports.
  ///
  /// - Parameters:
  ///   - api: What answers at the port of the API.
  ///   - address: The server's address.
  ///   - known: The ports that it had before; a port that is not among them is chosen by the system.
  /// - Throws: ``LabError``
  init(_ api: ManagementAPI, at address: String, known: [ServerPort: Int]) throws {
    position = api.position
    site = api.site
    server = api.server
    let keeper = GateKeeper(api)
    var ports: [ServerPort: Listener] = [:]
    for port in ServerPort.allCases {
      let reserved = try ReservedPort(address, port: known[port] ?? 0)
      ports[port] = Listener(reserved) { request, writer, channel, logger in
        guard port == .api else {
          try await Self.answer(request, writer, channel)
          return
        }
        try await keeper.respond(to: request, with: writer, on: channel, logger: logger)
      }
    }
    self.ports = ports
  }

  /// Which certificate each port should present: that of its service, and none while it is closed.
  func wanted(in state: LabState) -> [ServerPort: Int32] {
    let own = state.estate.sites[position.site].servers[position.server]
    var wanted: [ServerPort: Int32] = [:]
    for port in ServerPort.allCases where own[port.service].isRunning {
      let isClosed = state.faults.isOn(
        .closedPort, site: site, server: server, detail: port.rawValue)
      if !isClosed { wanted[port] = own[port.service].loaded }
    }
    return wanted
  }

  /// Opens and closes ports until they are as they should be.
  func follow(_ wanted: [ServerPort: Int32], _ certificates: LabCertificates) async throws {
    for port in ServerPort.allCases {
      guard let listener = ports[port], listener.certificate != wanted[port] else { continue }
      await listener.close()
      if let certificate = wanted[port] {
        try await listener.open(certificate, certificates.entries[Int(certificate)].context)
      }
    }
  }

  /// Closes all of them.
  func close() async {
    for listener in ports.values { await listener.close() }
  }

  /// What the other ports say: the greeting of the clients' port, and nothing else.
  @concurrent
  private static func answer(
    _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
  ) async throws {
    let isGreeting = request.uri.path == "/secars/secars.dll"
    let answer =
      isGreeting
      ? APIAnswer.plain(.ok, "OK")
      : APIAnswer.plain(.notFound, "Not found")
    let response = Response(answer)
    try await writer.write(response: response.head, body: response.body)
    channel.close(mode: .output, promise: nil)
  }
}
