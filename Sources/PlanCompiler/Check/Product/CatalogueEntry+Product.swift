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
      manager nothing can count the clients that have adopted a change, and there is no such list \
      and no API service.

      Correct the version, or rotate this site by the vendor's procedure for 12.1 and add it to a \
      plan after its upgrade.
      """,
    bad: ExamplePlan.with(site: "        version: 12.1.7454"),
    good: ExamplePlan.with(site: "        version: 14.2.1031"))

  package static let databaseOfOtherVersion = CatalogueEntry(
    "M056", "The database does not match the version",
    severity: .warning,
    explanation: """
      SEPM up to 14.3 MP1 installs its own embedded database, and from 14.3 RU1 on SQL Server \
      Express. The plan names one of them with a version that comes with the other.

      The database decides about a step: with SQL Server Express the database's certificate is \
      tied to the manager's and has to be renewed after it. Without that step nobody can log on to \
      SEPM once the old one expires. With an embedded database there is nothing to renew, and the \
      step would waste a person's time.

      Look up the database server in the console under Admin ▸ Servers, and correct 'database' or \
      'version'.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.9816\n    database: embedded"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-express"))

  package static let databaseNotSaid = CatalogueEntry(
    "M057", "The plan does not say which database the site has",
    severity: .warning,
    explanation: """
      The site has one server of version 14.3 RU1 or later, which has SQL Server Express unless \
      somebody chose otherwise, and the plan does not say which database it is.

      Without 'database: sql-express' the graph has no step that renews the database's \
      certificate. It expires some time after the rotation, and then nobody can log on to SEPM.

      Add 'database' with sql-express or sql-server.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.9816"),
    good: ExamplePlan.with(site: "        version: 14.3.9816\n    database: sql-express"))

  package static let failoverOfOldClients = CatalogueEntry(
    "M058", "Clients of 14.2 do not fail over",
    severity: .warning,
    explanation: """
      A site that rotates by failover has a server of version 14.2, and its clients usually have \
      14.2 or 14.2.1.

      The part of the client that talks to the manager was replaced in 14.2. Clients of 14.2 and \
      14.2.1 do not accept the changed certificate from another server's list, so each server that \
      is changed loses them. For them the vendor requires the other method, even if a site has \
      several servers.

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
