package import PlanText

extension CatalogueEntry {
  /// The pages about how actions are carried out.
  static let automationPages: [CatalogueEntry] = [
    noEndpoint, unusedAutomation, observedAction, unknownPlaceholder,
    placeholderOfOtherTarget, shellLine, noTimeForCommand, nothingToLookAt,
  ]

  package static let noEndpoint = CatalogueEntry(
    "M037", "SEPM has no endpoint for this action",
    explanation: """
      'automation' sends an action to SEPM's REST API that the API does not have.

      The API can turn verification off and on, read settings, clients and the state of \
      replication, and start a replication. It cannot upload certificates, edit management server \
      lists, restart services or delete partners. The step would fail when its turn comes, with \
      verification off.

      Write 'operator', or a command if SEPM has something to run.
      """,
    bad: ExamplePlan.with(more: "automation: { update-certificate: api }"),
    good: ExamplePlan.with(more: "automation: { update-certificate: operator }"))

  package static let unusedAutomation = CatalogueEntry(
    "M038", "No step does this action",
    severity: .warning,
    explanation: """
      A channel is chosen for an action that no step of the plan does: the method does not need \
      it, or nothing is upgraded.

      Perhaps another action was meant. That action would then wait for a person at the console, \
      and nobody would know.

      Remove the entry, or correct the action.
      """,
    bad: ExamplePlan.with(more: "automation: { upgrade-server: operator }"),
    good: ExamplePlan.with(more: "automation: { back-up-server: operator }"))

  package static let observedAction = CatalogueEntry(
    "M039", "A wait or probe cannot be delegated",
    explanation: """
      'automation' gives a wait or a probe to a person or a program.

      Waltz measures waits from SEPM's own records, and does probes (TLS handshakes and reads) \
      itself. Otherwise somebody's word would take their place, and nothing would protect the \
      clients.

      Remove the entry. To shorten a wait or lower its share, use 'waits'.
      """,
    bad: ExamplePlan.with(more: "automation: { await-verification-disabled: operator }"),
    good: ExamplePlan().text)

  package static let unknownPlaceholder = CatalogueEntry(
    "M040", "There is no such placeholder",
    explanation: """
      An argument of a command has a placeholder that does not exist. Words with a dot in braces, \
      such as '{server.address}', stand for values of the step. Other braces are left as they are, \
      so PowerShell blocks need no escape.

      An unknown placeholder would reach the program as it is written: 'ssh {server.adress}' would \
      fail after the certificate was updated and before the services are restarted to present it.

      Correct the name.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.adress}', restart-sepm]"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  package static let placeholderOfOtherTarget = CatalogueEntry(
    "M041", "The placeholder has no value for this action",
    explanation: """
      A command uses a placeholder that its action has no value for.

      Each action acts on a server, a site or a partnership. An action on a whole site has no \
      single server whose address could be filled in. The program would get an empty argument, and \
      act on nothing or on everything.

      Use a placeholder of the target, or give the value in the command itself.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  disable-verification:\n    command: [verification, 'off', '{server.address}']"
    ),
    good: ExamplePlan.with(
      more:
        "automation:\n  disable-verification:\n    command: [verification, 'off', '{site.name}']"))

  package static let shellLine = CatalogueEntry(
    "M042", "A command looks like a shell line",
    severity: .warning,
    explanation: """
      A command is a single item with spaces in it, as if a shell would split it.

      A command is a list of a program and its arguments, and no shell is involved. This one names \
      a program whose file name contains spaces, so it would fail when its step is due, after the \
      certificate was changed.

      Write every word as a separate item.
      """,
    bad: ExamplePlan.restarting("['ssh sepm-par-01 restart-sepm']"),
    good: ExamplePlan.restarting("[ssh, sepm-par-01, restart-sepm]"))

  package static let noTimeForCommand = CatalogueEntry(
    "M043", "A command has no time to run",
    explanation: """
      A command has a timeout of 0.

      A command is killed at its timeout, with everything that it started, so this one would never \
      run. SEPM's services take minutes to start.

      Write the time that the command may take; 15 minutes is the default.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "0s"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "15m"))

  package static let nothingToLookAt = CatalogueEntry(
    "M086", "Only ports are looked at from elsewhere",
    explanation: """
      'automation' has 'probe' under an action that is no look at ports.

      Under 'verify-certificate' the programs of 'probe' see from other places, such as a partner \
      site, which certificate a server presents. Waltz always looks itself too. Any other action would not be \
      carried out by a program that only looks, and nobody would carry it out.

      Write 'command' for a program that carries out the action, or move 'probe' under \
      'verify-certificate'.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  restart-services:\n    probe: { berlin: [ssh, sepm-ber-01.example.net, look, '{server.address}'] }"
    ),
    good: ExamplePlan.with(
      more:
        "automation:\n  verify-certificate:\n    probe: { berlin: [ssh, sepm-ber-01.example.net, look, '{server.address}'] }"
    ))
}
