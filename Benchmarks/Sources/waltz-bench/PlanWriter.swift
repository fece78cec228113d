/// Plans of any size in the form that people write them; the same text for the same numbers.
enum PlanWriter {
  /// Which certificates the servers of an estate get.
  enum Certificates {
    /// Each its own, from a file that need not exist.
    case own

    /// All the one in `shared.pem` beside the plan, with its key in `shared.key`.
    case shared
  }

  /// Sites of ten servers each, every server with an upgrade.
  static func estate(servers: Int, certificates: Certificates = .own) -> String {
    let sites = (servers + 9) / 10
    var text = header("estate-of-\(servers)")
    text += "certificates:\n"
    switch certificates {
    case .own:
      for server in 0..<servers {
        let name = serverName(server)
        text +=
          "  \(name):\n    pkcs12: certs/\(name).p12\n    password: { env: P12_PASSWORD }\n"
      }
    case .shared:
      text += "  shared: { pem: { certificate: shared.pem, key: shared.key } }\n"
    }
    text += "\nsites:\n"
    for site in 0..<sites {
      let members = (site * 10)..<min(site * 10 + 10, servers)
      let address = serverName(members.lowerBound)
      text += """
          \(siteName(site)):
            clients: \(500 + site * 37 % 4_000)
            database: sql-server
            api:
              url: https://\(address).example.net:8446
              username: rotation
              password: { env: API_PASSWORD }
              domain: Default
            servers:

        """
      for server in members {
        let name = serverName(server)
        text += """
                \(name):
                  address: \(name).example.net
                  certificate: \(certificates == .own ? name : "shared")
                  version: 14.3.9816
                  upgrade: { to: 14.3.11216 }

          """
      }
    }
    return text + """

      waits:
        default:
          adopted: 98%
          minimum: 24h
          deadline: 14d
          every: 24h
          holdFor: 1h

      automation:
        update-certificate: operator
        restart-services:
          command: [restart, '{server.address}']
          check: [is-up, '{server.address}']
          timeout: 15m

      """
  }

  /// Two replicating sites with 50,000 clients each, whose waits add up to six weeks of polls every 15 minutes.
  static func sixWeeks() -> String {
    header("six-weeks") + """
      certificates:
        new: { pkcs12: certs/new.p12, password: { env: P12_PASSWORD } }

      sites:
        paris:
          clients: 50000
          servers:
            sepm-par-01: { address: sepm-par-01.example.net, certificate: new }
            sepm-par-02: { address: sepm-par-02.example.net, certificate: new }
        berlin:
          clients: 50000
          servers:
            sepm-ber-01: { address: sepm-ber-01.example.net, certificate: new }
            sepm-ber-02: { address: sepm-ber-02.example.net, certificate: new }

      replication:
        - { sites: [paris, berlin], authority: paris }

      waits:
        default: { adopted: 95%, minimum: 10d, deadline: 21d, every: 15m, holdFor: 1h }
        verification-disabled: { minimum: 14d }
        https-restored: { minimum: 8d }

      """
  }

  private static func header(_ name: String) -> String {
    "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata: { name: \(name) }\n\n"
  }

  private static func siteName(_ site: Int) -> String { "site-\(padded(site))" }

  private static func serverName(_ server: Int) -> String { "sepm-\(padded(server))" }

  private static func padded(_ number: Int) -> String { String("\(100_000 + number)".dropFirst()) }
}
