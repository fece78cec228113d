package import PlanText

extension CatalogueEntry {
  /// The pages about upgrades and the versions of servers.
  static let versionPages: [CatalogueEntry] = [
    upgradeNotNewer, versionsDiffer, upgradeWithoutRotation, finalVersionNotSaid,
  ]

  package static let upgradeNotNewer = CatalogueEntry(
    "M028", "The upgrade is not newer",
    explanation: """
      A server is to be upgraded to the version that it runs, or to an older one.

      SEPM upgrades a database for good: a backup restores only into the version that made it, \
      and a downgrade is a new installation. One of the two numbers is wrong, and with it \
      perhaps the version on which the partners end.

      Write the version to upgrade to, or remove 'upgrade'.
      """,
    bad: ExamplePlan.with(site: "        version: 14.3.558\n        upgrade: { to: 14.3.558 }"),
    good: ExamplePlan.with(site: "        version: 14.3.558\n        upgrade: { to: 14.3.9816 }"))

  package static let versionsDiffer = CatalogueEntry(
    "M029", "Servers that belong together end on different versions",
    explanation: """
      Two servers of one site, or two partner sites, end on different versions.

      All servers of a site share one database, on which only managers of its version start. \
      Partners replicate only between equal versions: replication refuses to start again, and \
      the sites stay apart until the other one is upgraded too.

      Upgrade them to the same version.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", paris: "version: 14.3.9816",
      berlin: "version: 14.3.558"
    ).replacing("    servers:", with: "    database: sql-server\n    servers:"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", paris: "version: 14.3.9816",
      berlin: "version: 14.3.9816"
    ).replacing("    servers:", with: "    database: sql-server\n    servers:"))

  package static let upgradeWithoutRotation = CatalogueEntry(
    "M030", "A server is upgraded at a site that does not rotate",
    explanation: """
      A server is to be upgraded at a site that does not rotate.

      Upgrades come after the rotation of their site: certificate first, then the server. A site \
      that does not rotate has no such place in the graph, so that its upgrade would silently \
      not happen, and its partner would be upgraded alone.

      Remove 'upgrade' and upgrade the site on its own, or name a certificate.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]",
      berlin: "upgrade: { to: 14.3.11216 }", berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]", berlinRotates: false))

  package static let finalVersionNotSaid = CatalogueEntry(
    "M059", "It is not said on which version a server ends",
    severity: .warning,
    explanation: """
      Servers are upgraded, and of another server of the same site, or of a partner site, the plan \
      says neither a version nor an upgrade.

      The servers of a site share a database, and a manager of an older version does not start on a \
      database of a newer one. Partners replicate only between equal versions. Whether the plan ends \
      there cannot be checked for a server whose version nobody has written down.

      Add 'version' to the server, and 'upgrade' where it is to be upgraded too.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]",
      paris: "upgrade: { to: 14.3.11216 }"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]",
      paris: "upgrade: { to: 14.3.11216 }", berlin: "upgrade: { to: 14.3.11216 }"))
}
