package import PlanText

extension CatalogueEntry {
  /// The pages about partnerships.
  static let replicationPages: [CatalogueEntry] = [
    partnershipWithItself, partnershipTwice, authorityOutside, deleteWithoutAuthority,
    authorityWithoutDelete, manySitesReplicate, idlePartnership, overwrittenTwice, breakTooLong,
  ]

  package static let partnershipWithItself = CatalogueEntry(
    "M004", "A site cannot replicate with itself",
    explanation: """
      A partnership names the same site twice.

      Replication joins two different databases; the servers of one site share one database and do \
      not replicate. Usually another site's name was meant, and its replication would then stay on \
      during the change.

      Name the other site, or remove the partnership.
      """,
    bad: ExamplePlan.with(more: "replication: [{ sites: [paris, paris], authority: paris }]"),
    good: ExamplePlan().text)

  package static let partnershipTwice = CatalogueEntry(
    "M005", "Two sites have two partnerships",
    explanation: """
      Two entries under 'replication' join the same two sites.

      SEPM has only one partnership between two sites. Written twice, it would be broken twice and \
      restored twice, and deleting a partner that is already gone looks like a failure.

      Remove one of the two.
      """,
    bad: ExamplePlan.pair(
      "replication:\n  - { sites: [paris, berlin], authority: paris }\n  - { sites: [berlin, paris], authority: berlin }"
    ),
    good: ExamplePlan.pair("replication: [{ sites: [paris, berlin], authority: paris }]"))

  package static let authorityOutside = CatalogueEntry(
    "M006", "The authority is not part of the partnership",
    explanation: """
      The authority of a partnership is neither of its two sites.

      When a deleted partner is added again, its database is overwritten with that of the site it \
      points to, the authority. If the wrong side is chosen, the groups and policies that were \
      changed on the other side are lost.

      Write one of the two sites of the partnership.
      """,
    bad: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: rome }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  package static let deleteWithoutAuthority = CatalogueEntry(
    "M007", "A deleted partnership names no authority",
    explanation: """
      A partnership is deleted, which is also what happens without 'break', and the plan does not say \
      whose data wins when it is added again.

      The side that is added again is overwritten, and everything is replicated again. Which side \
      that is must be decided before the rotation, by somebody who knows where policies were \
      changed, and not by the person who happens to sit at the console.

      Add 'authority' with the site whose data wins. Only a break that lasts less than seven days at \
      worst can be rescheduled instead.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: delete }]"),
    good: ExamplePlan.pair(
      "replication: [{ sites: [paris, berlin], break: delete, authority: paris }]"))

  package static let authorityWithoutDelete = CatalogueEntry(
    "M008", "An authority has no effect here",
    severity: .warning,
    explanation: """
      A partnership is rescheduled and names an authority.

      Rescheduling only moves the schedule of replication out of the way. Both databases keep their \
      data and go on from where they were, so nobody's data wins. A reader of the plan would think \
      that one side is overwritten.

      Remove it, or write 'break: delete' if the partner is to be deleted.
      """,
    bad: ExamplePlan.shortBreak("break: reschedule, authority: paris"),
    good: ExamplePlan.shortBreak("break: reschedule"))

  package static let manySitesReplicate = CatalogueEntry(
    "M009", "Five or more sites replicate with each other",
    severity: .warning,
    explanation: """
      Five or more sites replicate with each other, directly or through others.

      The vendor recommends fewer than five. They are all one farm: a change on one site reaches \
      every other, each replication keeps both databases busy, and schedules must not overlap. A \
      rotation breaks and restores every partnership of a rotating site, so the farm takes long to \
      settle afterwards.

      Rotate in waves and let replication catch up between them. Consider fewer sites with more \
      servers.
      """,
    bad: ExamplePlan.farm(5),
    good: ExamplePlan.farm(4))

  package static let idlePartnership = CatalogueEntry(
    "M036", "A partnership between sites that do not rotate",
    severity: .warning,
    explanation: """
      Neither site of a partnership rotates.

      Replication is broken only for sites that change, so this partnership is left alone and goes \
      on during the rotation. That is right if neither site is changed, and wrong if a certificate \
      was forgotten.

      Remove it from the plan, or name certificates at the servers of one of its sites.
      """,
    bad: ExamplePlan.with {
      $0.sites +=
        "\n" + ExamplePlan.site("rome", certificate: nil) + "\n"
        + ExamplePlan.site("oslo", certificate: nil);
      $0.more = "replication: [{ sites: [rome, oslo], authority: rome }]"
    },
    good: ExamplePlan.with {
      $0.sites +=
        "\n" + ExamplePlan.site("rome", certificate: nil) + "\n"
        + ExamplePlan.site("oslo", certificate: nil);
      $0.more =
        "replication:\n  - { sites: [paris, rome], authority: paris }\n  - { sites: [paris, oslo], authority: paris }"
    })

  package static let overwrittenTwice = CatalogueEntry(
    "M075", "A site would be overwritten from two sides",
    severity: .warning,
    explanation: """
      Two partnerships of one site are deleted, the other side is the authority in both, and those \
      two sites do not replicate with each other.

      When a deleted partner is added again, its database is overwritten with that of the site it \
      points to. This site would be overwritten from the first and then from the second: the \
      groups and policies that came from the first would be gone, and so would the site's own.

      Make the site itself the authority of one of them.
      """,
    bad: ExamplePlan.chain(authority: "oslo"),
    good: ExamplePlan.chain(authority: "berlin"))

  package static let breakTooLong = CatalogueEntry(
    "M085", "A break is longer than any schedule of replication",
    explanation: """
      A partnership is rescheduled, and the rotation may keep it broken for seven days or longer.

      SEPM replicates by a schedule that is automatic, hourly, daily or weekly. Moving it holds \
      replication off until its next slot, a week at most. If the break lasts longer, the sites \
      replicate by themselves in the middle of the rotation, and a half-done change reaches the \
      partner's clients. The worst case adds up the deadlines of the waits and a day for each gate.

      Write 'break: delete' and name the 'authority'. Rescheduling is for short breaks, such as one \
      server that is rotated by failover.
      """,
    bad: ExamplePlan.pair("replication: [{ sites: [paris, berlin], break: reschedule }]"),
    good: ExamplePlan.shortBreak("break: reschedule"))
}

extension ExamplePlan {
  /// One server of Paris fails over while replication with Rome is broken for a few days.
  fileprivate static func shortBreak(_ words: String) -> String {
    with {
      $0.sites +=
        "\n      sepm-par-02: { address: sepm-par-02.example.net }\n"
        + site("rome", certificate: nil)
      $0.more = """
        replication: [{ sites: [paris, rome], \(words) }]
        strategy: { method: failover }
        waits:
          certificate-received: { minimum: 2d, deadline: 60h }
        """
    }
  }

  /// A hub that rotates and its partners, `count` sites in all.
  fileprivate static func farm(_ count: Int) -> String {
    with {
      $0.more = "replication:"
      for number in 2...count {
        $0.sites += "\n" + site("site-\(number)", certificate: nil)
        $0.more += "\n  - { sites: [paris, site-\(number)], authority: paris }"
      }
    }
  }

  /// Berlin between Paris and Oslo; Paris wins over Berlin, and `authority` in the other partnership.
  fileprivate static func chain(authority: String) -> String {
    with {
      $0.certificates += "\n  oslo-2026: { jks: certs/oslo.jks }"
      $0.sites +=
        "\n" + site("berlin", certificate: nil) + "\n" + site("oslo", certificate: "oslo-2026")
      $0.more = """
        replication:
          - { sites: [paris, berlin], break: delete, authority: paris }
          - { sites: [oslo, berlin], break: delete, authority: \(authority) }
        """
    }
  }
}
