import PlanModel

extension GuideTexts {
  /// What is looked at before and after.
  static let englishChecks: [Action: GuideText] = [
    .checkCertificate: GuideText(
      title: "Check certificate {certificate} for {server}",
      actions: [
        """
        Waltz examines {file} once more, at today's date: key, chain, names and validity. Nobody \
        has to act.
        """,
        .when(
          .isPinned,
          """
          Its fingerprint must be {fingerprint}, which the plan pins or a check saw.
          """),
      ],
      proof: [
        """
        the step succeeds and shows the fingerprint. Write it down: the ports of {server} are \
        held against it later.
        """
      ],
      trouble: [
        """
        `waltz certificate inspect` says what is wrong with the file and how to mend it. Nothing \
        was changed yet: correct the file or the plan, then `waltz retry` the step.
        """
      ]),
    .checkServer: GuideText(
      title: "Check server {server}",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz asks the REST API of site {site} for version, rights, clock, database and client \
          versions, and looks at the ports {ports} of {address}. Nobody has to act.
          """),
        .when(
          .withoutAPI,
          """
          Site {site} has no REST API in the plan: Waltz looks at the ports {ports} of {address} \
          alone. Check by hand that its services run, that its clock is right, and that no client \
          has version 14.2 or 14.2.1 if the site is rotated by failover.
          """),
      ],
      proof: ["the step succeeds and shows what it found."],
      trouble: [
        """
        start the service that does not answer, correct the clock, or correct the plan. Nothing \
        was changed yet.
        """
      ]),
    .recordSettings: GuideText(
      title: "Record the settings of site {site}",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz does this over the REST API. The rest is for the case that it says that it \
          cannot.
          """),
        "Log on to the console of site {site} ({console}) as a system administrator.",
        "Go through every domain: Admin ▸ Domains ▸ the domain ▸ Administer Domain.",
        """
        In each, under Clients, go through every group that does not inherit from its parent. \
        Note for the group whether Policies ▸ General settings ▸ Security Settings has "Enable \
        secure communications between the management server and clients by using digital \
        certificates for authentication" set.
        """,
        "Note for each location of the group the name of its management server list.",
        """
        Note for each replication partner its schedule: Admin ▸ Servers ▸ Local Site ▸ \
        Replication Partners.
        """,
      ],
      proof: [
        """
        there is a line for every location of every group that does not inherit, in every domain.
        """
      ],
      trouble: [
        """
        do not go on: what was not recorded cannot be put back. A group that was forgotten keeps \
        verifying and loses its clients.
        """
      ]),
    .confirmSettings: GuideText(
      title: "Confirm the settings of site {site}",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz does this over the REST API and prints what differs. The rest is for the case \
          that it says that it cannot.
          """),
        "Log on to the console of site {site} ({console}) as a system administrator.",
        """
        Compare, in every domain, group by group and location by location, secure communications \
        and management server list with what was recorded.
        """,
        .each(.recordedList, "Recorded: list {list} at {places}."),
        .each(.recordedVerification, "Recorded: secure communications {verification} at {places}."),
      ],
      proof: ["nothing differs from what was recorded."],
      trouble: [
        """
        set back by hand what differs, in the console, then `waltz retry` the step. Change \
        nothing that was not recorded.
        """
      ]),
    .verifyReplication: GuideText(
      title: "See {sites} replicate again",
      actions: [
        """
        Waltz waits for a replication that succeeds later than the partnership was restored. \
        Nobody has to act.
        """,
        .each(
          .side,
          """
          To look yourself: on site {side} ({console}), Admin ▸ Servers ▸ Local Site ▸ \
          Replication Partners ▸ {partner} shows the last run.
          """),
      ],
      proof: [
        """
        both sides show a success later than the restoring, and a group that you create on one \
        side for a test appears on the other.
        """
      ],
      trouble: [
        """
        read `tomcat\\logs\\scm-server-0.log` on both sides. Usual causes are different versions, \
        port {authorityPort} that is closed between the sites, and a partner that was added on \
        one side only.
        """
      ]),
  ]
}
