import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

extension SimulatedEstate {
  /// Restarts the three services of a server: each takes up the certificate on disk, and the manager
  /// publishes profiles with the certificates of the database.
  mutating func restart(server: Int, of site: Int) -> Outcome {
    let name = sites[site].servers[server].name
    var stopped: Service?
    for service in Service.allCases {
      start(service, server: server, site: site)
      if !sites[site].servers[server][service].isRunning { stopped = service }
    }
    publishNews(ofServer: server, at: site)
    mark(.certificateReceived, site: site)
    if let stopped {
      return .failed(
        StepFailure(
          .failed, "The service \(stopped.rawValue) of \(name) did not start.",
          help: stopped == .webServer
            ? "Look for \"Address already in use\" in apache\\logs\\error_*.log: IIS or WSUS may hold port "
              + "\(plan.sites[site].servers[server].ports.clients.value)."
            : "Look in tomcat\\logs\\scm-server-0.log on \(name).",
          isRetryable: true))
    }
    return .done(
      Evidence([
        .init("services", .array(Service.allCases.map { .string($0.rawValue) })),
        .init("startedAt", .string(now.description)),
      ]))
  }

  /// Stops services and lets each come up after its time (`docs/SEPM.md`, "Services and ports"), in milliseconds; their
  /// ports are closed meanwhile.
  mutating func beginStart(
    of services: [Service], server: Int, site: Int, after downtime: Range<Int64> = 0..<1
  ) -> Outcome {
    var isUpAt = time
    for service in services {
      let key = site << 24 | server << 4 | service.position
      let starts = sites[site].servers[server][service].starts
      let bits = chance.bits(.duration, key, starts)
      let range = service.startDuration
      let up =
        time + downtime.lowerBound
        + Chance.scaled(bits, below: downtime.upperBound - downtime.lowerBound)
        + range.lowerBound + Chance.scaled(bits, below: range.upperBound - range.lowerBound)
      let occurrence = Occurrence.Kind.serviceStart(site: site, server: server, service: service)
      occurrences.removeAll { $0.kind == occurrence }
      occurrences.append(Occurrence(at: up, kind: occurrence))
      sites[site].servers[server][service].isRunning = false
      sites[site].servers[server][service].isUpAt = up
      isUpAt = max(isUpAt, up)
    }
    return .done(
      Evidence([
        .init("services", .array(services.map { .string($0.rawValue) })),
        .init("upAt", .string(Instant(milliseconds: isUpAt).description)),
      ]))
  }

  /// A service that was started is up now, or is not.
  mutating func endStart(of service: Service, server: Int, site: Int) {
    start(service, server: server, site: site)
    sites[site].servers[server][service].isUpAt = nil
    publishNews(ofServer: server, at: site)
  }

  private mutating func start(_ service: Service, server: Int, site: Int) {
    var state = sites[site].servers[server][service]
    let starts = state.starts
    state.starts += 1
    state.startedAt = time
    state.isRunning = true
    if state.failingStarts > 0 {
      state.failingStarts -= 1
      state.isRunning = false
    } else if isHit(scenario.faults.serviceDoesNotStart, service, server, site, starts) {
      state.isRunning = false
    } else if !isHit(scenario.faults.missedRestart, service, server, site, starts) {
      state.loaded = sites[site].servers[server].certificateOnDisk
    }
    sites[site].servers[server][service] = state
  }

  private mutating func publishNews(ofServer server: Int, at site: Int) {
    let manager = sites[site].servers[server][.manager]
    let isNews =
      manager.isRunning && sites[site].publishedCertificates[server] != manager.loaded
    if isNews {
      sites[site].publishedCertificates[server] = manager.loaded
      publish(site: site)
    } else {
      // Even where nothing changed the wait wants to see every client once more.
      schedule(site)
    }
  }

  private func isHit(
    _ fault: Scenario.ServiceFault?, _ service: Service, _ server: Int, _ site: Int,
    _ starts: Int
  ) -> Bool {
    guard let fault, fault.service == service, starts < fault.tries else { return false }
    if let name = fault.server {
      return name == sites[site].name + "/" + sites[site].servers[server].name
    }
    let first = sites.indices.first { plan.sites[$0].isRotating }
    return site == first
      && server == sites[site].servers.firstIndex { $0.newCertificate != nil }
  }

  /// What a TLS handshake with each port of a server shows; nil where nothing listens.
  func listeners(ofServer server: Int, at site: Int) -> [(port: Int, certificate: Int32?)] {
    let ports = plan.sites[site].servers[server].ports
    return Service.allCases.flatMap { service in
      let state = sites[site].servers[server][service]
      return service.ports(of: ports).map {
        (port: $0, certificate: state.isRunning ? state.loaded : nil)
      }
    }.sorted { $0.port < $1.port }
  }
}

extension Service {
  /// How long a start takes, in milliseconds.
  fileprivate var startDuration: Range<Int64> {
    switch self {
    case .manager: 120_000..<300_000
    case .webServer: 10_000..<40_000
    case .api: 60_000..<180_000
    }
  }
}
