extension RunbookTexts {
  /// The texts in English.
  static let english = RunbookTexts(
    title: "Runbook: {plan}",
    introduction: [
      """
      This document was made from the plan {plan}, graph {digest}. It says what the rotation of \
      the server certificates does, step by step, who does it, and what to do if something goes \
      wrong. Make it anew when the plan changes.
      """,
      """
      Names that come from the plan are printed `like this`, with characters that do not show \
      written as their codes. All times that Waltz prints are UTC.
      """,
    ],
    contents: "Contents",
    glance: "At a glance",
    figures: Figures(
      columns: ["what", "how much"],
      clients: "clients that the plan expects",
      steps: "steps",
      gates: "steps that a person does",
      waits: "waits for clients",
      duration: "duration",
      verificationOff: "verification off at {name}",
      replicationBroken: "replication broken, {name}",
      noReturn: "steps that nothing takes back",
      estimate: "{expected}, at worst {worst}"),
    rotated: "What is rotated",
    rotatedColumns: ["site", "server", "address", "TLS ports", "certificate", "version"],
    keeps: "keeps its own",
    certificates: "The new certificates",
    certificateColumns: ["certificate", "files", "password", "fingerprint"],
    none: "none",
    before: "Before you begin",
    beforeLines: [
      """
      Read the whole document once. Book the people for the steps that a person does, and tell \
      the service desk: clients that were away for weeks may call.
      """,
      """
      Have at hand: a system administrator's log-on to the console of every site, an \
      administrator's log-on to Windows on every server, and where the passwords of the \
      certificates are.
      """,
      """
      Check the plan against the real servers: `waltz plan validate --live PLAN`. Try it out: \
      `waltz run PLAN --simulate`.
      """,
      "Agree on who may approve a gate, and on who decides at a deadline.",
      """
      Freeze other work on these sites: no new groups, no change of management server lists, no \
      upgrade of clients until the rotation has ended.
      """,
    ],
    steps: "The steps",
    stepsLines: [
      """
      Steps run as soon as all that they come after are done, several at a time. For a step that \
      a person does, Waltz opens a gate: do what it says, then approve it. Waltz looks whether it \
      was done, and opens the gate again if not.
      """,
      "`waltz status RUN` says at any time what is under way and what is asked of whom.",
    ],
    preparation: "Preparation",
    wave: "Wave {number}: {sites}",
    id: "Step",
    who: "Who",
    person: "a person, at a gate",
    probe: "Waltz, which looks and changes nothing",
    counting: "Waltz, which counts clients and changes nothing",
    api: "Waltz, over the REST API",
    command: "the program {program}",
    checkedBy: "looked at by {program}",
    after: "After",
    afterNothing: "nothing: it can start at once",
    takes: "Takes",
    openMeanwhile: "Open meanwhile",
    nothingOpen: "nothing",
    verificationOff: "clients of {name} do not check signatures",
    clientsOnHTTP: "clients of {name} use HTTP",
    replicationBroken: "replication {name} is broken",
    certificateUnproven: "what {name} presents is not checked yet",
    noReturn: "Point of no return: nothing takes this step back.",
    whatToDo: "What to do",
    whatHappens: "What happens",
    byHand: "By hand, if the program cannot do it",
    thenSay: "Then say so:",
    done: "done at ____________ by ____________",
    trouble: "If something goes wrong",
    troubleLines: [
      .init(
        "Something looks odd, and you need time",
        """
        `waltz pause RUN --note TEXT`. Nothing new starts; waits go on counting. `waltz unpause RUN \
        --note TEXT` goes on.
        """),
      .init(
        "A step failed",
        """
        `waltz status RUN` says why. Remove the cause, then `waltz retry RUN STEP --note TEXT`. What \
        depends on it waits.
        """),
      .init(
        "Waltz was stopped, or its machine went down",
        """
        `waltz resume RUN`. It looks at what was begun before it does anything again.
        """),
      .init(
        "In doubt",
        """
        nobody can tell whether a step happened. Look on the server, then `waltz resolve RUN STEP \
        --done` or `--not-done`.
        """),
      .init(
        "Clients stop making contact after a certificate changed",
        """
        go no further. Look at which certificate each port presents; restart the services that still \
        have the old one. Do not enable verification.
        """),
      .init(
        "Clients are lost",
        """
        export a communication update package (Clients ▸ the group ▸ Export Communication Settings) \
        and deploy it, or on the machine `SylinkDrop.exe -silent SYLINK.XML`, then `smc.exe \
        -updateconfig`.
        """),
      .init(
        "To give up",
        """
        `waltz abort RUN --note TEXT`. Then put back what is open, in this order: servers that \
        present an unproven certificate, verification, HTTPS, replication. `waltz status RUN` says \
        what is open, and how.
        """),
    ],
    terms: nil)
}
