import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

extension SimulatedEstate {
  /// Restarts the three services of a server: each takes up the certificate on disk, and the manager
  /// publishes profiles with the certificates of the database.
  mutating func restart(server: Int, of site: Int) -> Outcome {
    let name = sites[site].servers[server].name
    let restarts = sites[site].servers[server].restarts
    sites[site].servers[server].restarts += 1
    var stopped: Service?
    for service in Service.allCases {
      var state = sites[site].servers[server][service]
      state.startedAt = time
      state.isRunning = true
      if isHit(scenario.faults.serviceDoesNotStart, service, server, site, restarts) {
        state.isRunning = false
        stopped = service
      } else if !isHit(scenario.faults.missedRestart, service, server, site, restarts) {
        state.loaded = sites[site].servers[server].certificateOnDisk
      }
      sites[site].servers[server][service] = state
    }
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

  private func isHit(
    _ fault: Scenario.ServiceFault?, _ service: Service, _ server: Int, _ site: Int,
    _ restarts: Int
  ) -> Bool {
    guard let fault, fault.service == service, restarts < fault.tries else { return false }
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
