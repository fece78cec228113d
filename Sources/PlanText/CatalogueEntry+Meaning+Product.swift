extension CatalogueEntry {
  /// Versions, databases and the REST API: what a real SEPM has and what it does not.
  static let meaningPagesOfProduct: [CatalogueEntry] = [
    beforeVersionFourteen, databaseOfOtherVersion, databaseNotSaid, failoverOfOldClients,
    finalVersionNotSaid, portOfOtherService, apiOfOtherSite, apiNotThere, apiPinnedToNew,
  ]

  public static let beforeVersionFourteen = CatalogueEntry(
    "M055", "SEPM before version 14",
    severity: .warning,
    explanation: """
      A server of a rotating site runs a version before 14.

      The REST API and its service came with version 14, and so did the part of the vendor's \
      procedure that sends clients to HTTP with a copy of the management server list. On an older \
      manager nothing can count the clients that have adopted a change, and the steps on the list \
      and on the API service have nothing to act on.

      Correct the version, or rotate this site by the vendor's procedure for 12.1 and take it into \
      a plan after its upgrade.
      """,
    bad: ExamplePlan.with(site: "        version: 12.1.7454"),
    good: ExamplePlan.with(site: "        version: 14.2.1031"))

  public static let databaseOfOtherVersion = CatalogueEntry(
    "M056", "The database does not go with the version",
    severity: .warning,
    explanation: """
      Up to 14.3 MP1 SEPM installs an embedded database of its own, from 14.3 RU1 on SQL Server \
      Express. The plan names one of them with a version of the other.

      It decides about a step: with SQL Express the database's certificate hangs together with that \
      of the manager and has to be renewed after it. If that is left out nobody can log on to SEPM \
      once the old one expires. With an embedded database there is nothing to renew, and the step \
      would keep a person waiting.

      Look at the database server under Admin, Servers in the console, and correct 'database' or \
      'version'.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.9816\n    database: embedded"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-express"))

  public static let databaseNotSaid = CatalogueEntry(
    "M057", "It is not said which database the site has",
    severity: .warning,
    explanation: """
      The site has one server of 14.3 RU1 or later, which has SQL Server Express unless somebody \
      chose otherwise, and the plan does not say which database it is.

      Without 'database: sql-express' the graph has no step that renews the certificate of the \
      database. It expires some day after the rotation, and then nobody can log on to SEPM.

      Add 'database' with sql-express or sql-server.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.9816"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-express"))

  public static let failoverOfOldClients = CatalogueEntry(
    "M058", "Clients of 14.2 do not fail over",
    severity: .warning,
    explanation: """
      A site that rotates by fail-over has a server of version 14.2, whose clients are of 14.2 or \
      14.2.1 as a rule.

      The part of the client that talks to the manager was replaced in 14.2. Clients of 14.2 and \
      14.2.1 do not accept the changed certificate from another server's list, so that each server \
      that is changed loses them. The vendor asks for the other method for them, also where a site \
      has several servers.

      Use 'suspend-verification' for the site. If no client is older than the fix, 'check-server' \
      confirms that before anything is changed.
      """,
    bad: ExamplePlan.failover("waits:\n  certificate-received: { minimum: 2d }").replacing(
      "address: sepm-par-02.example.net",
      with: "address: sepm-par-02.example.net, version: 14.2.1031"),
    good: ExamplePlan.failover("waits:\n  certificate-received: { minimum: 2d }").replacing(
      "address: sepm-par-02.example.net",
      with: "address: sepm-par-02.example.net, version: 14.3.9816"))

  public static let finalVersionNotSaid = CatalogueEntry(
    "M059", "It is not said on which version a server ends",
    severity: .warning,
    explanation: """
      Servers are upgraded, and of another server of the same site, or of a partner site, the plan \
      says neither a version nor an upgrade.

      The servers of a site share a database, and a manager of an older version does not start on a \
      database of a newer one. Partners replicate only between equal versions. Whether the plan ends \
      there can not be checked for a server whose version nobody has written down.

      Add 'version' to the server, and 'upgrade' where it is to be upgraded too.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]",
      paris: "upgrade: { to: 14.3.11216 }"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]",
      paris: "upgrade: { to: 14.3.11216 }", berlin: "upgrade: { to: 14.3.11216 }"))

  public static let portOfOtherService = CatalogueEntry(
    "M060", "The port belongs to another service of SEPM",
    severity: .warning,
    explanation: """
      SEPM's REST API listens on port 8446. The URL names a port on which another service of SEPM \
      listens: 8443 is the console and replication, 443 and 8014 are for clients, 8445 is reporting, \
      9090 the start page. A URL without a port means 443.

      Every answer there is a page or an error, so that no client can be counted, and the waits \
      never pass. It shows only when the run has begun.

      Write the port 8446, or the one that the API was moved to. Behind a proxy that listens on 443 \
      this is as it should be.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing(":8446", with: ":8443") },
    good: ExamplePlan().text)

  public static let apiOfOtherSite = CatalogueEntry(
    "M061", "The API is that of another site",
    explanation: """
      The URL leads to a server of another site of the plan, or two sites have the same URL.

      Each site has a database of its own. The API of another site counts the other site's clients \
      and switches the other site's verification: the wait passes while the clients of this site \
      still verify the old certificate, and they are lost when it changes.

      Write the URL of one of the site's own servers.
      """,
    bad: ExamplePlan.pair("").replacing(
      "https://sepm-berlin-1.example.net:8446", with: "https://sepm-paris-1.example.net:8446"),
    good: ExamplePlan.pair(""))

  public static let apiNotThere = CatalogueEntry(
    "M062", "The API is asked for where there is none",
    explanation: """
      'automation' sends an action to the REST API, and a rotating site has no 'api' that says where \
      that is and who logs on.

      The step would fail when it is due, in the middle of the rotation: verification may be off and \
      replication broken by then.

      Add 'api' to the site, or write 'operator' or a command.
      """,
    bad: ExamplePlan.with {
      $0.sites =
        "sites:\n  paris:\n    servers:\n      sepm-par-01: { address: sepm-par-01.example.net, certificate: paris-2026 }"
      $0.more = "automation: { disable-verification: api, back-up-server: operator }"
    },
    good: ExamplePlan.with(
      more: "automation: { disable-verification: api, back-up-server: operator }"))

  public static let apiPinnedToNew = CatalogueEntry(
    "M063", "The API is pinned to the certificate that is yet to come",
    severity: .warning,
    explanation: """
      'trust' pins the API's certificate to the one that a server of the site gets in this \
      rotation.

      The API presents the very certificate that is rotated. Until the change it is the old one, so \
      that the first connection is refused and the run stops at its first step. During the change \
      Waltz trusts the old and the new one by itself, afterwards the new one alone.

      Pin the certificate that the server presents today, or name the authority with 'ca'.
      """,
    bad: ExamplePlan.pinnedAPI(
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    good: ExamplePlan.pinnedAPI(
      "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"))
}

extension ExamplePlan {
  /// A site whose new certificate and whose API are pinned, the API by these digits.
  fileprivate static func pinnedAPI(_ digits: String) -> String {
    with {
      $0.certificates +=
        "\n    fingerprint: sha256:"
        + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      $0.sites = $0.sites.replacing(
        "username: rotation",
        with: "username: rotation\n      trust: { fingerprint: 'sha256:\(digits)' }")
    }
  }
}
