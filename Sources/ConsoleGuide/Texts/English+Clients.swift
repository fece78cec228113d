import PlanModel

extension GuideTexts {
  /// What is changed for clients: their list, and whether they verify.
  static let englishClients: [Action: GuideText] = [
    .switchClientsToHTTP: GuideText(
      title: "Switch the clients of site {site} to HTTP",
      actions: [
        """
        Log on to the console of site {site} ({console}) as a system administrator. Do the \
        following in every domain (Admin ▸ Domains ▸ the domain ▸ Administer Domain).
        """,
        """
        Before you change anything, note which groups and locations have which management server \
        list.
        """,
        """
        Policies ▸ Policy Components ▸ Management Server Lists: select the list that the clients \
        use; Tasks ▸ Copy the List, then Tasks ▸ Paste List. If clients use several lists, copy \
        each.
        """,
        """
        Double-click the copy and give it a name that says what it is for, such as "{site} HTTP \
        rotation". Choose "Use HTTP protocol".
        """,
        .each(
          .server,
          """
          In the copy, for {server} ({address}): Edit ▸ Customize HTTP port, 8014 unless the port \
          was changed on the server; OK.
          """),
        """
        Right-click the copy ▸ Assign; choose all groups and all locations that had the original; \
        Assign ▸ Yes. A location that is forgotten keeps its old list.
        """,
        .each(.recordedList, "Recorded before: list {list} at {places}."),
      ],
      look: [
        """
        the copy stands among the lists, with HTTP behind each server, and under Assigned every \
        place.
        """
      ],
      proof: [
        """
        no group and no location has the old list any more, in any domain, and clients go on \
        making contact (Clients ▸ the group, column Last Time Status Changed).
        """
      ],
      trouble: [
        """
        if clients no longer make contact, assign the original list again at once and find out \
        whether port 8014 of {servers} is closed to them. Go on only when they come over HTTP.
        """
      ]),
    .disableVerification: GuideText(
      title: "Disable verification at site {site}",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz does this over the REST API. The rest is for the case that it says that it \
          cannot.
          """),
        "Log on to the console of site {site} ({console}) as a system administrator.",
        """
        In every domain (Admin ▸ Domains ▸ the domain ▸ Administer Domain), for every group that \
        does not inherit, even where HTTPS is not used: Clients ▸ the group ▸ Policies ▸ General \
        settings ▸ Security Settings; clear "Enable secure communications between the management \
        server and clients by using digital certificates for authentication"; OK.
        """,
        .each(
          .recordedVerification,
          """
          Recorded before: secure communications {verification} at {places}.
          """),
      ],
      look: ["the box is clear in every group that you open again."],
      proof: [
        """
        the policy of every such group has a new serial number (Clients ▸ the group ▸ Details).
        """
      ],
      trouble: [
        """
        do not go on with a group in which the box comes back: its clients are lost when the \
        certificate changes.
        """
      ]),
    .enableVerification: GuideText(
      title: "Enable verification at site {site} again",
      actions: [
        .when(
          .hasAPI,
          """
          Waltz does this over the REST API. The rest is for the case that it says that it \
          cannot.
          """),
        "Log on to the console of site {site} ({console}) as a system administrator.",
        """
        In every domain (Admin ▸ Domains ▸ the domain ▸ Administer Domain), group by group: \
        Clients ▸ the group ▸ Policies ▸ General settings ▸ Security Settings; set "Enable secure \
        communications between the management server and clients by using digital certificates \
        for authentication" back to what was recorded. A group that did not verify before does \
        not begin to.
        """,
        .each(.recordedVerification, "Recorded: secure communications {verification} at {places}."),
        .when(
          .unrecorded,
          "In a run this gate lists what `record-settings` saw of each group and location."),
      ],
      look: ["every group has the box as it was recorded."],
      proof: [
        """
        the policy of every changed group has a new serial number (Clients ▸ the group ▸ \
        Details).
        """
      ],
      trouble: [
        """
        if clients stop making contact, clear the box again and wait for them: whoever has not \
        received the new certificate yet must not verify.
        """
      ]),
    .switchClientsToHTTPS: GuideText(
      title: "Put the clients of site {site} back on HTTPS",
      actions: [
        """
        Log on to the console of site {site} ({console}) as a system administrator. Do the \
        following in every domain (Admin ▸ Domains ▸ the domain ▸ Administer Domain).
        """,
        """
        Policies ▸ Policy Components ▸ Management Server Lists: right-click the original list ▸ \
        Assign; choose all groups and locations that had it before; Assign ▸ Yes. If there were \
        several lists, do so for each.
        """,
        .each(.recordedList, "Recorded: list {list} at {places}."),
        .when(
          .unrecorded,
          "In a run this gate lists what `record-settings` saw of each group and location."),
        "When no place has the copy with HTTP any more, select it ▸ Tasks ▸ Delete the List.",
      ],
      look: ["the copy is gone, and every place has its own list."],
      proof: ["every group and location has the list that was recorded, in every domain."],
      trouble: [
        """
        if clients stop making contact, assign the copy with HTTP again. Then look at which \
        certificate the HTTPS port of each server presents ({servers}).
        """
      ]),
  ]
}
