extension CatalogueEntry {
  /// Methods, waves and versions.
  static let meaningPagesOfStrategy: [CatalogueEntry] = [
    failoverWithOneServer, siteMissingFromWaves, siteTwiceInWaves, emptyWave, idleSiteInWave,
    partnershipAcrossWaves, noServersAtOnce, failoverAtOnce, upgradeNotNewer, versionsDiffer,
    upgradeWithoutRotation, addressTwice,
  ]

  public static let failoverWithOneServer = CatalogueEntry(
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

  public static let siteMissingFromWaves = CatalogueEntry(
    "M021", "A rotating site is in no wave",
    explanation: """
      'waves' is given, and a rotating site is in none of them.

      The waves say when every rotating site has its turn. A site that is left out would never \
      be rotated, and its old certificate would expire unnoticed, for all of its clients at \
      once.

      Add the site to a wave, or leave 'waves' out so that all sites rotate together.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris], [berlin]] }"))

  public static let siteTwiceInWaves = CatalogueEntry(
    "M022", "A site is in two waves",
    explanation: """
      A site stands in two waves.

      A site is rotated once, with its wave, and the next wave starts when every site of the one \
      before is done. In two waves it would be unclear which of them the others wait for: the \
      pilot or the rest.

      Keep it in one wave.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris, berlin], [paris]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris, berlin]] }"))

  public static let emptyWave = CatalogueEntry(
    "M023", "A wave is empty",
    explanation: """
      A wave has no sites.

      It does nothing and nobody waits for it. Usually its sites were moved or not filled in \
      yet, and the site that was meant to go first as a pilot goes with all the others.

      Remove the empty list, or name its sites.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris], [], [berlin]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris], [berlin]] }"))

  public static let idleSiteInWave = CatalogueEntry(
    "M024", "A wave names a site that does not rotate",
    severity: .warning,
    explanation: """
      A wave names a site none of whose servers gets a certificate.

      Such a site has no turn: it takes part where it replicates with a rotating one, whose \
      partnership is broken before and restored after, whatever the waves say. Perhaps its \
      certificate was forgotten.

      Remove it from the waves, or name the certificate at its servers.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]\nstrategy: { waves: [[paris], [berlin]] }",
      berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]\nstrategy: { waves: [[paris]] }",
      berlinRotates: false))

  public static let partnershipAcrossWaves = CatalogueEntry(
    "M025", "Partners rotate in different waves",
    severity: .warning,
    explanation: """
      Two sites replicate with each other and rotate in different waves.

      Their partnership is broken with the wave of the first and restored only after the last, \
      since replication between a changed and an unchanged certificate fails. Over several waves \
      that may be many weeks, in which the policies and groups of the two sites drift apart.

      Put both sites into one wave, unless the long break is acceptable.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]\nstrategy: { waves: [[paris], [berlin]] }"
    ),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend }]\nstrategy: { waves: [[paris, berlin]] }"
    ))

  public static let noServersAtOnce = CatalogueEntry(
    "M026", "No server at once",
    explanation: """
      'serversAtOnce' is 0.

      It says how many servers of one site are changed at the same time. With 0 no server would \
      ever be changed, and the clients would be left without verification.

      Write 1 or more.
      """,
    bad: ExamplePlan.with(more: "strategy: { serversAtOnce: 0 }"),
    good: ExamplePlan.with(more: "strategy: { serversAtOnce: 1 }"))

  public static let failoverAtOnce = CatalogueEntry(
    "M027", "Fail-over changes one server at a time",
    explanation: """
      'serversAtOnce' is more than 1 where sites rotate by fail-over. Where only some sites do, \
      the number holds for the others and this is a note.

      While one server changes, clients rely on the others. With two at once in the state of \
      change a client may find no server that it trusts, and is lost. Fail-over therefore goes \
      one server at a time, whatever the number says.

      Write 'serversAtOnce: 1', or use 'suspend-verification'.
      """,
    bad: ExamplePlan.failover(
      "  serversAtOnce: 2\nwaits:\n  certificate-received: { minimum: 2d }"),
    good: ExamplePlan.failover(
      "  serversAtOnce: 1\nwaits:\n  certificate-received: { minimum: 2d }"))

  public static let upgradeNotNewer = CatalogueEntry(
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

  public static let versionsDiffer = CatalogueEntry(
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

  public static let upgradeWithoutRotation = CatalogueEntry(
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

  public static let addressTwice = CatalogueEntry(
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
}
