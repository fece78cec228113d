package import PlanText

extension CatalogueEntry {
  /// The pages about upgrades and the versions of servers.
  static let versionPages: [CatalogueEntry] = [
    upgradeNotNewer, versionsDiffer, upgradeWithoutRotation, finalVersionNotSaid,
  ]

  package static let upgradeNotNewer = CatalogueEntry(
    "M028", "The upgrade is not newer",
    explanation: """
      A server should be upgraded to the version that it already runs, or to an older one.

      SEPM upgrades a database for good: a backup can be restored only to the version that made \
      it, and a downgrade is a new installation. One of the two numbers is wrong, and perhaps the \
      partners' versions are wrong too.

      Write the version to upgrade to, or remove 'upgrade'.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.558\n        upgrade: { to: 14.3.558 }"),
    good: ExamplePlan.with(site: "        version: 14.3.558\n        upgrade: { to: 14.3.9816 }"))

  package static let versionsDiffer = CatalogueEntry(
    "M029", "Servers that belong together end on different versions",
    explanation: """
      Two servers of one site, or two partner sites, end on different versions.

      All servers of a site share one database, and only managers of its version can start on it. \
      Partners replicate only between equal versions: otherwise replication refuses to start \
      again, and the sites stay apart until the other one is upgraded too.

      Upgrade them to the same version.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]", paris: "version: 14.3.9816",
      berlin: "version: 14.3.558"
    ).replacing("    servers:", with: "    database: sql-server\n    servers:"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]", paris: "version: 14.3.9816",
      berlin: "version: 14.3.9816"
    ).replacing("    servers:", with: "    database: sql-server\n    servers:"))

  package static let upgradeWithoutRotation = CatalogueEntry(
    "M030", "A server is upgraded at a site that does not rotate",
    explanation: """
      A server should be upgraded at a site that does not rotate.

      Upgrades come after the rotation of their site: first the certificate, then the server. A \
      site that does not rotate has no place for them in the graph, so its upgrade would silently \
      not happen, and its partner would be upgraded alone.

      Remove 'upgrade' and upgrade the site separately, or name a certificate.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]",
      berlin: "upgrade: { to: 14.3.11216 }", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]", berlinRotates: false))

  package static let finalVersionNotSaid = CatalogueEntry(
    "M059", "The plan does not say on which version a server ends",
    severity: .warning,
    explanation: """
      Servers are upgraded, but for another server of the same site, or of a partner site, the \
      plan gives neither a version nor an upgrade.

      The servers of a site share a database, and a manager of an older version does not start on \
      a newer database. Partners replicate only between equal versions. Waltz cannot check that \
      for a server whose version nobody has written down.

      Add 'version' to the server, and 'upgrade' if it should be upgraded too.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]",
      paris: "upgrade: { to: 14.3.11216 }"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]",
      paris: "upgrade: { to: 14.3.11216 }", berlin: "upgrade: { to: 14.3.11216 }"))
}
