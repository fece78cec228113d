import PlanModel

extension GuideTexts {
  /// What is waited for, and what to look at meanwhile.
  static let englishWaits: [Action: GuideText] = [
    .awaitVerificationDisabled: wait(
      "Wait until the clients of site {site} no longer verify",
      "the policy that switches verification off",
      "A client that it does not reach is orphaned when the certificate changes."),
    .awaitCertificateReceived: wait(
      "Wait until the clients of site {site} have the new certificate",
      "the management server list with the new certificate",
      """
      A client that it does not reach is orphaned as soon as it verifies, or meets the new \
      certificate first.
      """),
    .awaitVerificationEnabled: wait(
      "Wait until the clients of site {site} verify again",
      """
      the policy that switches verification on
      """,
      "A client that it does not reach goes on without verifying."),
    .awaitHTTPSRestored: wait(
      "Wait until the clients of site {site} use HTTPS again",
      """
      the management server list with HTTPS
      """,
      "A client that it does not reach goes on over HTTP."),
  ]

  private static func wait(_ title: String, _ what: String, _ danger: String) -> GuideText {
    GuideText(
      title: title,
      actions: [
        GuideLine(
          stringLiteral:
            """
            Waltz counts every {every} how many clients seen within {activeWithin} have \(what). \
            Nobody has to act.
            """),
        """
        It passes when {adopted} of them have it and that has held for {holdFor}, but not before \
        {minimum}.
        """,
        .each(.cohort, "Of cohort {cohort}, {excluded}, {cohortShare} must have it."),
        .each(.exclusion, "Not counted, {excluded}: {reason}."),
        .when(.holds, "After {deadline} it goes on waiting and asks the operator."),
        .when(.fails, "After {deadline} it fails, and nothing goes on at this site."),
        .when(
          .proceeds,
          """
          After {deadline} the rotation goes on if at least {floor} have it, and else waits on.
          """),
        """
        Look once a day: `waltz status --stragglers` names who is missing and why. Switch \
        machines on, bring laptops back to the network, delete records of machines that are gone.
        """,
      ],
      proof: ["the share rises from day to day and the step passes by itself."],
      trouble: [
        GuideLine(
          stringLiteral:
            """
            a share that stands still for days means machines that are off, a group that does not \
            download policies, or a location that was forgotten. \(danger) Do not skip the wait; \
            let it last longer.
            """)
      ])
  }
}
