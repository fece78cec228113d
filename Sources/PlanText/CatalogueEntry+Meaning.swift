extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let meaningPages: [CatalogueEntry] =
    meaningPagesOfNames + meaningPagesOfWaits + meaningPagesOfStrategy + meaningPagesOfUse
    + meaningPagesOfClients + meaningPagesOfProduct + meaningPagesOfCommands + meaningPagesOfReview

  /// Names that do not resolve, and replication.
  static let meaningPagesOfNames: [CatalogueEntry] = [
    unknownSite, unknownCertificate, siteWithoutServers, partnershipWithItself, partnershipTwice,
    authorityOutside, deleteWithoutAuthority, authorityWithoutDelete,
    manySitesReplicate,
  ]

  public static let unknownSite = CatalogueEntry(
    "M001", "No site bears this name",
    explanation: """
      A partnership, a wave or an authority refers to sites by the names under 'sites'. A \
      partnership with a site that does not exist would stay unbroken while certificates change, \
      and replication with a partner whose certificate is not trusted fails in ways that are hard \
      to repair.

      Correct the name, or declare the site.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlim], break: suspend }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  public static let unknownCertificate = CatalogueEntry(
    "M002", "No certificate bears this name",
    explanation: """
      A server names the certificate that it gets by a name under 'certificates'. Without it \
      nothing could be checked before the console asks for the file, in the middle of the window \
      in which clients do not verify the server.

      Correct the name, or declare the certificate.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("paris-2026", with: "pariss-2026") },
    good: ExamplePlan().text)

  public static let siteWithoutServers = CatalogueEntry(
    "M003", "A site has no servers",
    explanation: """
      A site is one SEPM database and the management servers that share it; there is none without \
      a server. An empty site in a plan is usually one whose servers were moved or not written \
      down yet.

      List its servers, or remove the site.
      """,
    bad: ExamplePlan.with { $0.sites += "\n  berlin: { servers: {} }" },
    good: ExamplePlan().text)

  public static let partnershipWithItself = CatalogueEntry(
    "M004", "A site can not replicate with itself",
    explanation: """
      Replication joins two different databases. All servers of one site share one database and \
      need no replication between them.

      Name the other site, or remove the partnership.
      """,
    bad: ExamplePlan.with(more: "replication: [{ sites: [paris, paris], break: suspend }]"),
    good: ExamplePlan().text)

  public static let partnershipTwice = CatalogueEntry(
    "M005", "Two sites have two partnerships",
    explanation: """
      SEPM knows one partnership between two sites. Written twice it would be broken twice and \
      restored twice, and the second deletion of a partner that is gone already can not be told \
      from a failure.

      Remove one of the two.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], break: suspend }\n  - { sites: [berlin, paris], break: suspend }"
    ),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  public static let authorityOutside = CatalogueEntry(
    "M006", "The authority is not part of the partnership",
    explanation: """
      When a deleted partnership is restored, the database of one side is overwritten with the \
      data of the other (the authority). A third site can not be either of them; taking the wrong \
      side loses the groups and policies that were changed on the other.

      Write one of the two sites of the partnership.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: rome }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  public static let deleteWithoutAuthority = CatalogueEntry(
    "M007", "A deleted partnership names no authority",
    explanation: """
      After a partner was deleted and is added again, everything is replicated anew and the newly \
      configured side is overwritten. Which side that is must be decided before the rotation, not \
      by the person who happens to sit at the console.

      Add 'authority' with the site whose data wins, or suspend the partnership instead.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: delete }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  public static let authorityWithoutDelete = CatalogueEntry(
    "M008", "An authority has no effect here",
    severity: .warning,
    explanation: """
      Suspending replication moves its schedule out of the way; both databases keep their data and \
      go on from where they were. There is nothing to win, so 'authority' is not looked at.

      Remove it, or write 'break: delete' if the partner is to be deleted.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend, authority: paris }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  public static let manySitesReplicate = CatalogueEntry(
    "M009", "Five or more sites replicate with each other",
    severity: .warning,
    explanation: """
      All partners of partners belong to one farm: a change on one site reaches every other. The \
      vendor recommends fewer than five sites, since each replication locks tables and late ones \
      overlap with the next. A rotation breaks and restores every partnership of a rotating site, \
      so the farm takes long to settle again.

      Rotate in waves and let replication catch up between them; think of fewer sites with more \
      servers.
      """,
    bad: ExamplePlan.farm(5),
    good: ExamplePlan.farm(4))
}
