package import PlanText

extension CatalogueEntry {
  /// The pages about a site and its servers.
  static let sitePages: [CatalogueEntry] = [
    siteWithoutServers, failoverWithOneServer, addressTwice, expressWithSeveralServers,
    siteWithoutAPI, addressOfThisMachine, underscoreInAddress, portTwice,
  ]

  package static let siteWithoutServers = CatalogueEntry(
    "M003", "A site has no servers",
    explanation: """
      A site is declared without servers.

      A site is one SEPM database and the management servers that share it, so it has at least one \
      server. Usually the servers were moved or not written down yet, and they would stay on the \
      old certificate.

      List its servers, or remove the site.
      """,
    bad: ExamplePlan.with { $0.sites += "\n  berlin: { servers: {} }" },
    good: ExamplePlan().text)

  package static let failoverWithOneServer = CatalogueEntry(
    "M020", "Failover needs a second server",
    explanation: """
      A site with one server should be rotated by failover.

      With that method clients go to another server of the site, which they still trust, and get \
      the list with the new certificate there. A site with one server has no other: its clients \
      would meet a certificate that they do not trust, and be lost.

      Use 'suspend-verification' for the site.
      """,
    bad: ExamplePlan.with(
      more: "strategy: { method: failover }\nwaits:\n  certificate-received: { minimum: 2d }"),
    good: ExamplePlan().text)

  package static let addressTwice = CatalogueEntry(
    "M031", "Two servers have one address",
    explanation: """
      Two servers have the same address, and a port in common.

      Probes look at a server's address and ports to see which certificate it presents. If two \
      servers have one port of one address, one of them is checked twice and the other never, so a \
      missed restart stays hidden until its clients are gone.

      Correct one of the addresses. If two servers really are behind one address, as with a \
      gateway that forwards ports or in a lab, give each its own ports with 'ports'.
      """,
    bad: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-paris-1.example.net }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  package static let expressWithSeveralServers = CatalogueEntry(
    "M047", "Several servers share the database of one machine",
    severity: .warning,
    explanation: """
      A site has several servers, but a database that serves only the manager on its own machine: \
      SQL Server Express as SEPM installs it, or the embedded database.

      Several management servers need a database that all of them can reach, which is SQL Server. \
      With 'sql-express' the graph has a step that renews the certificate of a database that the \
      site may not have. If the site does have it and the step is missing, nobody can log on once \
      that certificate expires.

      Correct 'database', or split the site.
      """,
    bad: ExamplePlan.with(
      site: "      sepm-par-02: { address: sepm-par-02.example.net }\n    database: sql-express"),
    good: ExamplePlan.with(
      site: "      sepm-par-02: { address: sepm-par-02.example.net }\n    database: sql-server"))

  package static let siteWithoutAPI = CatalogueEntry(
    "M048", "A rotating site has no API",
    severity: .warning,
    explanation: """
      A rotating site has no 'api'.

      Waltz measures the waits with SEPM's REST API: which clients have the current policy, and \
      since when. Without it nobody knows how many clients would be lost by going on, and every \
      wait ends on a person's word.

      Add 'api'. It needs a system administrator of SEPM; the port is 8446 unless it was changed.
      """,
    bad: ExamplePlan.with {
      $0.sites +=
        "\n  rome:\n    servers:\n      sepm-rom-01: { address: sepm-rom-01.example.net, certificate: rome-2026 }";
      $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }"
    },
    good: ExamplePlan.with {
      $0.sites += "\n" + ExamplePlan.site("rome", certificate: "rome-2026");
      $0.certificates += "\n  rome-2026: { jks: certs/rome.jks }"
    })

  package static let portTwice = CatalogueEntry(
    "M083", "Two services of a server have one port",
    explanation: """
      Two of the TLS ports of a server have the same number.

      Every service of a management server has a port of its own: console and replication, clients, \
      reporting, and the REST API. Waltz looks at each of them after the restart. With one number for two, one \
      service would be looked at twice and the other never, so a service that still presents the old certificate \
      stays hidden. A port that is left out has its usual number: 8443, 443, 8445 and 8446.

      Write the port on which each service listens.
      """,
    bad: ExamplePlan.with {
      $0.sites = ExamplePlan.sites(ports: "{ console: 8446 }")
    },
    good: ExamplePlan.with {
      $0.sites = ExamplePlan.sites(ports: "{ console: 9443 }")
    })

  package static let addressOfThisMachine = CatalogueEntry(
    "M081", "The address does not lead to another machine",
    severity: .warning,
    explanation: """
      The address of a server is 'localhost', a loopback address such as 127.0.0.1, or 0.0.0.0.

      Such an address means the machine that uses it. To see whether the server presents its new \
      certificate, Waltz would look at the ports of its own machine, and an operator elsewhere at \
      the ports of theirs; 0.0.0.0 has no ports at all. The address is also compared with the \
      names in the certificate, and no client knows the server as 'localhost'.

      Write the host name by which clients reach the server. If Waltz runs on the management \
      server itself, or against the lab, this warning can be ignored.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing("address: sepm-paris-1.example.net", with: "address: localhost")
    },
    good: ExamplePlan().text)

  package static let underscoreInAddress = CatalogueEntry(
    "M082", "A host name has an underscore",
    severity: .warning,
    explanation: """
      The address of a server is a host name with an underscore. Windows allows it in a machine's \
      name, but the rules for host names and for names in certificates do not.

      Many authorities refuse to issue a certificate for such a name, and some TLS libraries and \
      browsers refuse to accept one. The console, the REST API and clients that verify the name would \
      then not connect to the server after its certificate has changed.

      Write another name of the server, usually with dashes, that has a DNS entry and is in the \
      certificate. If the machine has no other name and its certificate was made for this one, \
      this warning can be ignored.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing(
        "address: sepm-paris-1.example.net", with: "address: sepm_paris_1")
    },
    good: ExamplePlan().text)
}

extension ExamplePlan {
  /// One site, whose server has these ports.
  fileprivate static func sites(ports: String) -> String {
    "sites:\n" + site("paris", certificate: "paris-2026", server: "ports: \(ports)")
  }
}
