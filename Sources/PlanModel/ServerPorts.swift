package import PlanText

/// The ports on which a management server listens with TLS, one a purpose
/// (`docs/SEPM.md`, "Services and ports").
package struct ServerPorts: Sendable, Equatable {
  /// Of console and replication, which the manager serves.
  package var console: Located<Int>

  /// Of clients over HTTPS, which the web server serves.
  package var clients: Located<Int>

  /// Of reporting, which the web server serves.
  package var reporting: Located<Int>

  /// Of the REST API, which the API service serves.
  package var api: Located<Int>

  /// Ports; what is left out is as SEPM installs it.
  package init(
    console: Located<Int> = Located(8443), clients: Located<Int> = Located(443),
    reporting: Located<Int> = Located(8445), api: Located<Int> = Located(8446)
  ) {
    self.console = console
    self.clients = clients
    self.reporting = reporting
    self.api = api
  }

  /// The ports that SEPM installs.
  package static let standard = ServerPorts()

  /// Every port under its key of the plan language, in the order in which it lists them.
  package var named: [(key: String, port: Located<Int>)] {
    [("console", console), ("clients", clients), ("reporting", reporting), ("api", api)]
  }

  /// Every port, in the order of ``named``.
  package var all: [Int] { [console.value, clients.value, reporting.value, api.value] }
}
