extension CatalogueEntry {
  /// The pages of this stage, by code.
  public static let meaningPages: [CatalogueEntry] =
    meaningPagesOfNames + meaningPagesOfWaits + meaningPagesOfStrategy + meaningPagesOfUse
    + meaningPagesOfClients + meaningPagesOfProduct + meaningPagesOfCommands + meaningPagesOfReview
    + meaningPagesOfProtection + meaningPagesOfIdentity

  /// Names that do not resolve, and replication.
  static let meaningPagesOfNames: [CatalogueEntry] = [
    unknownSite, unknownCertificate, siteWithoutServers, partnershipWithItself, partnershipTwice,
    authorityOutside, deleteWithoutAuthority, authorityWithoutDelete,
    manySitesReplicate,
  ]

  public static let unknownSite = CatalogueEntry(
    "M001", "No site bears this name",
    explanation: """
      A partnership, a wave or an authority names a site that is not under 'sites'.

      A partnership with a site that does not exist would stay unbroken while certificates \
      change. A replication that meets a certificate it does not trust fails, and may carry a \
      half-done change to the partner first.

      Correct the name, or declare the site.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlim], break: suspend }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  public static let unknownCertificate = CatalogueEntry(
    "M002", "No certificate bears this name",
    explanation: """
      A server names a certificate that is not under 'certificates'.

      Nothing could be checked before the wizard asks for the file, in the middle of the window \
      in which clients do not verify the server. Every hour that it takes to find the right file \
      is an hour of that window.

      Correct the name, or declare the certificate.
      """,
    bad: ExamplePlan.with { $0.sites = $0.sites.replacing("paris-2026", with: "pariss-2026") },
    good: ExamplePlan().text)

  public static let siteWithoutServers = CatalogueEntry(
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

  public static let partnershipWithItself = CatalogueEntry(
    "M004", "A site can not replicate with itself",
    explanation: """
      A partnership names the same site twice.

      Replication joins two different databases; all servers of one site share one and need none \
      between them. Most often the other site's name was meant, whose replication would then \
      stay on during the change.

      Name the other site, or remove the partnership.
      """,
    bad: ExamplePlan.with(more: "replication: [{ sites: [paris, paris], break: suspend }]"),
    good: ExamplePlan().text)

  public static let partnershipTwice = CatalogueEntry(
    "M005", "Two sites have two partnerships",
    explanation: """
      Two entries under 'replication' join the same two sites.

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
      The authority of a partnership is neither of its two sites.

      When a deleted partner is added again, its database is overwritten by that of the site it \
      points to, the authority. Taking the wrong side loses the groups and policies that were \
      changed on the other.

      Write one of the two sites of the partnership.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: rome }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  public static let deleteWithoutAuthority = CatalogueEntry(
    "M007", "A deleted partnership names no authority",
    explanation: """
      A partnership is deleted, and nothing says whose data wins when it is added again.

      The newly added side is overwritten and everything is replicated anew. Which side that is \
      must be decided before the rotation, by somebody who knows where policies were changed, \
      and not by whoever happens to sit at the console.

      Add 'authority' with the site whose data wins, or suspend the partnership instead.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: delete }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  public static let authorityWithoutDelete = CatalogueEntry(
    "M008", "An authority has no effect here",
    severity: .warning,
    explanation: """
      A partnership is suspended and names an authority.

      Suspending moves the schedule of replication out of the way; both databases keep their \
      data and go on from where they were. There is nothing to win. A reader of the plan would \
      think that one side gets overwritten.

      Remove it, or write 'break: delete' if the partner is to be deleted.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: suspend, authority: paris }]"),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: suspend }]"))

  public static let manySitesReplicate = CatalogueEntry(
    "M009", "Five or more sites replicate with each other",
    severity: .warning,
    explanation: """
      Five or more sites replicate with each other, directly or through others.

      The vendor recommends fewer than five. All of them are one farm: a change on one site \
      reaches every other, each replication keeps both databases busy, and schedules must not \
      overlap. A rotation breaks and restores every partnership of a rotating site, so that the \
      farm takes long to settle again.

      Rotate in waves and let replication catch up between them; think of fewer sites with more \
      servers.
      """,
    bad: ExamplePlan.farm(5),
    good: ExamplePlan.farm(4))
}
