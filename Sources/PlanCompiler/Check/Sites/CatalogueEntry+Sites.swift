package import PlanText

extension CatalogueEntry {
  /// The pages about a site and its servers.
  static let sitePages: [CatalogueEntry] = [
    siteWithoutServers, failoverWithOneServer, addressTwice, expressWithSeveralServers,
    siteWithoutAPI, addressOfThisMachine, underscoreInAddress,
  ]

  package static let siteWithoutServers = CatalogueEntry(
    "M003", "A site has no servers",
    explanation: """
      A site is declared without servers.

      A site is one SEPM database and the management servers that share it; there is none \
      without a server. An empty one is usually a site whose servers were moved or not written \
      down yet, and would be left on the old certificate.

      List its servers, or remove the site.
      """,
    bad: ExamplePlan.with { $0.sites += "\n  berlin: { servers: {} }" },
    good: ExamplePlan().text)

  package static let failoverWithOneServer = CatalogueEntry(
    "M020", "Fail-over needs a second server",
    explanation: """
      A site with one server is to be rotated by fail-over.

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
      Two servers have the same address.

      Probes look at a server's address to see which certificate it presents. With one address \
      for two servers one of them would be verified twice and the other never, so that a missed \
      restart stays hidden until its clients are gone.

      Correct one of the addresses.
      """,
    bad: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-paris-1.example.net }"),
    good: ExamplePlan.with(site: "      sepm-par-02: { address: sepm-par-02.example.net }"))

  package static let expressWithSeveralServers = CatalogueEntry(
    "M047", "Several servers share the database of one machine",
    severity: .warning,
    explanation: """
      A site has several servers and a database that serves only the manager on its own machine: \
      SQL Server Express as SEPM installs it, or the embedded one.

      Several management servers need a database that all of them reach, which is SQL Server. \
      With 'sql-express' the graph has a step that renews the certificate of a database which \
      the site perhaps does not have; without it one may be missed that it has, and nobody can \
      log on once that certificate expires.

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

      The waits are measured with SEPM's REST API: which clients hold the present policy, and \
      since when. Without it nobody knows how many clients would be lost by going on, and every \
      wait ends on a person's word.

      Add 'api'. A system administrator of SEPM is needed; the port is 8446 unless it was \
      changed.
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

  package static let addressOfThisMachine = CatalogueEntry(
    "M081", "The address leads to no other machine",
    severity: .warning,
    explanation: """
      The address of a server is 'localhost', a loopback address such as 127.0.0.1, or 0.0.0.0.

      It means whatever machine asks. Waltz would look at its own ports to see whether the server \
      presents its new certificate, and an operator at another desk at theirs; with 0.0.0.0 at none. \
      The names of the certificate are held against the address too, and no client knows the server \
      as 'localhost'.

      Write the host name by which clients reach the server. Where Waltz runs on the management \
      server itself, or against the lab, this is as it should be.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing("address: sepm-paris-1.example.net", with: "address: localhost")
    },
    good: ExamplePlan().text)

  package static let underscoreInAddress = CatalogueEntry(
    "M082", "A host name has an underscore",
    severity: .warning,
    explanation: """
      The address of a server is a host name with an underscore. Windows allows it for a machine, \
      the rules for host names and for names in certificates do not.

      Many authorities refuse to issue a certificate for such a name, and some TLS libraries and \
      browsers refuse to accept one. The console, the REST API and clients that verify the name would \
      then not connect to the server after its certificate has changed.

      Write another name of the server that has a DNS entry and stands in the certificate, as a rule \
      with dashes. If the machine has no other and its certificate was made for this one, this is as \
      it should be.
      """,
    bad: ExamplePlan.with {
      $0.sites = $0.sites.replacing(
        "address: sepm-paris-1.example.net", with: "address: sepm_paris_1")
    },
    good: ExamplePlan().text)
}
