/// Holds the ports of all servers against their services, one look after the other: two looks at once would open a port
/// twice, and close what the other has just opened.
actor PortFollower {
  private let world: LabWorld
  private let servers: [ServerListeners]
  private let certificates: LabCertificates
  private var last: Task<Void, any Error>?

  init(_ world: LabWorld, _ servers: [ServerListeners], _ certificates: LabCertificates) {
    self.world = world
    self.servers = servers
    self.certificates = certificates
  }

  /// Opens and closes ports until they are as the services are by then.
  ///
  /// - Throws: where a port cannot be opened
  func follow() async throws {
    let (before, world, servers, certificates) = (last, world, servers, certificates)
    let look = Task {
      // What kept a port closed then is no matter of this look.
      _ = await before?.result
      let wanted = try world.with { state in servers.map { $0.wanted(in: state) } }
      for (server, ports) in zip(servers, wanted) { try await server.follow(ports, certificates) }
    }
    last = look
    try await look.value
  }
}
