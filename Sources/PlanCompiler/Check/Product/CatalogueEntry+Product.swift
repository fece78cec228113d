package import PlanText

extension CatalogueEntry {
  /// The pages about what a release of the product can do.
  static let productPages: [CatalogueEntry] = [
    beforeVersionFourteen, databaseOfOtherVersion, databaseNotSaid, failoverOfOldClients,
  ]

  package static let beforeVersionFourteen = CatalogueEntry(
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

  package static let databaseOfOtherVersion = CatalogueEntry(
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

  package static let databaseNotSaid = CatalogueEntry(
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

  package static let failoverOfOldClients = CatalogueEntry(
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
}
