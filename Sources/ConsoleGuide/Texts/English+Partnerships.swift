import PlanModel

extension GuideTexts {
  /// What is done on both sides of a partnership.
  static let englishPartnerships: [Action: GuideText] = [
    .breakReplication: GuideText(
      title: "Break replication between {sites}",
      actions: [
        """
        See that no replication is running: Admin ▸ Servers ▸ Local Site ▸ Replication Partners, \
        on both sides. If one is, wait for its end.
        """,
        .each(
          .side, when: .deletes,
          """
          On site {side} ({console}): log on as a system administrator; Admin ▸ Servers ▸ Local \
          Site ▸ Replication Partners ▸ right-click {partner} ▸ Delete ▸ Yes; then log off.
          """),
        .each(
          .side, when: .reschedules,
          """
          On site {side} ({console}): log on as a system administrator; Admin ▸ Servers ▸ Local \
          Site ▸ Replication Partners ▸ {partner} ▸ Edit; write down the whole schedule, for it \
          is put back at the end; then set it to weekly.
          """),
        .when(
          .dated,
          """
          Choose day and hour so that the next run is not before {until} (UTC): the break lasts \
          {longest} at worst.
          """),
        .when(
          .undated,
          """
          Choose day and hour so that the next run is a whole week from now: the break lasts \
          {longest} at worst.
          """),
        .when(
          .reschedules,
          """
          On one of the two sites replicate once now (right-click the partner ▸ Replicate Now), \
          so that both take the new schedule, and wait for its end.
          """),
      ],
      look: [
        .each(
          .side, when: .deletes,
          """
          {partner} is no longer among the replication partners of {side}.
          """),
        .each(.side, when: .reschedules, "{side} shows the new schedule for {partner}."),
      ],
      proof: ["both sites say the same, after you have logged on anew."],
      trouble: [
        """
        finish it on the other side as well: broken on one side only, the other goes on trying \
        and fails. Nothing was changed at the servers yet.
        """
      ]),
    .restoreReplication: GuideText(
      title: "Restore replication between {sites}",
      actions: [
        .when(
          .deletes,
          """
          See that the servers of both sites have the same version. If they do not, stop here and \
          upgrade first: a manager does not start on a database of another version.
          """),
        .when(
          .deletes,
          """
          On site {other} ({console}), not on {authority}: log on as a system administrator; \
          Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ Add Existing Replication Partner.
          """),
        .when(
          .deletes,
          """
          Give it server {authorityServer} of site {authority}, address {authorityAddress}, port \
          {authorityPort}, and a system administrator of {authority}.
          """),
        .when(
          .deletes,
          """
          Mind the direction: the database of {other} is overwritten with that of {authority}. \
          What was changed in groups and policies of {other} since the break is lost.
          """),
        .when(
          .deletes,
          """
          Let the first replication run to its end. It carries everything, which takes hours for \
          a large database; restart no service meanwhile.
          """),
        .each(
          .side, when: .reschedules,
          """
          On site {side} ({console}): Admin ▸ Servers ▸ Local Site ▸ Replication Partners ▸ \
          {partner} ▸ Edit; set the schedule back to what was written down.
          """),
        .when(
          .reschedules,
          "On one of the two sites replicate once now as a test, and wait for its end."),
      ],
      look: [.each(.side, "{partner} is among the replication partners of {side}.")],
      proof: ["both sides show the partner, and the first run after it ends with success."],
      trouble: [
        """
        check that port {authorityPort} of {authorityAddress} can be reached from the other site, \
        and the log-on. Do not try the other direction: it would overwrite {authority}.
        """
      ]),
  ]
}
