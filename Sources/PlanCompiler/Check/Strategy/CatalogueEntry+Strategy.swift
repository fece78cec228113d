package import PlanText

extension CatalogueEntry {
  /// The pages about waves and lanes.
  static let strategyPages: [CatalogueEntry] = [
    siteMissingFromWaves, siteTwiceInWaves, emptyWave, idleSiteInWave, partnershipAcrossWaves,
    noServersAtOnce, failoverAtOnce,
  ]

  package static let siteMissingFromWaves = CatalogueEntry(
    "M021", "A rotating site is in no wave",
    explanation: """
      'waves' is given, and a rotating site is in none of them.

      The waves say when each rotating site has its turn. A site that is left out would never be \
      rotated, and its old certificate would expire unnoticed, for all of its clients at once.

      Add the site to a wave, or leave 'waves' out so that all sites rotate together.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris], [berlin]] }"))

  package static let siteTwiceInWaves = CatalogueEntry(
    "M022", "A site is in two waves",
    explanation: """
      A site is listed in two waves.

      A site is rotated once, with its wave, and the next wave starts when every site of the wave \
      before is done. With a site in two waves it would be unclear which of them the others wait \
      for.

      Keep it in one wave.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris, berlin], [paris]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris, berlin]] }"))

  package static let emptyWave = CatalogueEntry(
    "M023", "A wave is empty",
    explanation: """
      A wave has no sites.

      It does nothing and nobody waits for it. Usually its sites were moved or not filled in yet, \
      and the site that should go first as a pilot goes with all the others.

      Remove the empty list, or name its sites.
      """,
    bad: ExamplePlan.pair("strategy: { waves: [[paris], [], [berlin]] }"),
    good: ExamplePlan.pair("strategy: { waves: [[paris], [berlin]] }"))

  package static let idleSiteInWave = CatalogueEntry(
    "M024", "A wave names a site that does not rotate",
    severity: .warning,
    explanation: """
      A wave names a site, but none of the site's servers gets a certificate.

      Such a site has no turn. If it replicates with a rotating site, it takes part anyway: the \
      partnership is broken before and restored after, whatever the waves say. Perhaps its \
      certificate was forgotten.

      Remove it from the waves, or name the certificate at its servers.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]\nstrategy: { waves: [[paris], [berlin]] }",
      berlinRotates: false),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]\nstrategy: { waves: [[paris]] }",
      berlinRotates: false))

  package static let partnershipAcrossWaves = CatalogueEntry(
    "M025", "Partners rotate in different waves",
    severity: .warning,
    explanation: """
      Two sites replicate with each other and rotate in different waves.

      Their partnership is broken with the first one's wave and restored only after the last \
      one's, because replication between a changed and an unchanged certificate fails. Over \
      several waves that may be many weeks, in which the policies and groups of the two sites \
      drift apart.

      Put both sites into one wave, unless the long break is acceptable.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]\nstrategy: { waves: [[paris], [berlin]] }"
    ),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], authority: paris }]\nstrategy: { waves: [[paris, berlin]] }"
    ))

  package static let noServersAtOnce = CatalogueEntry(
    "M026", "serversAtOnce must be at least 1",
    explanation: """
      'serversAtOnce' is 0.

      It says how many servers of one site are changed at the same time. With 0 no server would \
      ever be changed, and the clients would be left without verification.

      Write 1 or more.
      """,
    bad: ExamplePlan.with(more: "strategy: { serversAtOnce: 0 }"),
    good: ExamplePlan.with(more: "strategy: { serversAtOnce: 1 }"))

  package static let failoverAtOnce = CatalogueEntry(
    "M027", "Failover changes one server at a time",
    explanation: """
      'serversAtOnce' is more than 1, but sites rotate by failover. If only some sites do, the \
      number applies to the others, and this is a note.

      While one server changes, clients rely on the others. If two change at once, a client may \
      find no server that it trusts, and is lost. So failover changes one server at a time, \
      whatever the number says.

      Write 'serversAtOnce: 1', or use 'suspend-verification'.
      """,
    bad: ExamplePlan.failover(
      "  serversAtOnce: 2\nwaits:\n  certificate-received: { minimum: 2d }"),
    good: ExamplePlan.failover(
      "  serversAtOnce: 1\nwaits:\n  certificate-received: { minimum: 2d }"))
}
