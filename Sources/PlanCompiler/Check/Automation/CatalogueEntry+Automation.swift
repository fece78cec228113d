package import PlanText

extension CatalogueEntry {
  /// The pages about how actions are carried out.
  static let automationPages: [CatalogueEntry] = [
    noEndpoint, unusedAutomation, observedAction, unknownPlaceholder,
    placeholderOfOtherTarget, shellLine, noTimeForCommand,
  ]

  package static let noEndpoint = CatalogueEntry(
    "M037", "SEPM has no endpoint for this action",
    explanation: """
      'automation' sends an action to SEPM's REST API that the API does not offer.

      The API can switch verification off and on, read settings, clients and the state of \
      replication, and start a replication. It cannot upload certificates, edit management \
      server lists, restart services or delete partners; the step would fail when its turn \
      comes, with verification off.

      Write 'operator', or a command where SEPM has something to run.
      """,
    bad: ExamplePlan.with(more: "automation: { update-certificate: api }"),
    good: ExamplePlan.with(more: "automation: { update-certificate: operator }"))

  package static let unusedAutomation = CatalogueEntry(
    "M038", "No step does this action",
    severity: .warning,
    explanation: """
      A channel is chosen for an action that no step of the plan has: the method does without \
      it, or nothing is upgraded.

      Perhaps another action was meant, which then waits for a person at the console without \
      anybody knowing.

      Remove the entry, or correct the action.
      """,
    bad: ExamplePlan.with(more: "automation: { upgrade-server: operator }"),
    good: ExamplePlan.with(more: "automation: { back-up-server: operator }"))

  package static let observedAction = CatalogueEntry(
    "M039", "A wait or probe cannot be handed on",
    explanation: """
      'automation' hands a wait or a probe to a person or a program.

      Waits are measured from SEPM's own records, and probes are TLS handshakes and readings \
      that Waltz does itself. Somebody's word would take their place, and the guard that \
      protects clients would be gone.

      Remove the entry. A wait can be shortened or its share lowered under 'waits'.
      """,
    bad: ExamplePlan.with(more: "automation: { await-verification-disabled: operator }"),
    good: ExamplePlan().text)

  package static let unknownPlaceholder = CatalogueEntry(
    "M040", "There is no such placeholder",
    explanation: """
      A command's argument has a placeholder that does not exist. Words in braces with a dot, \
      '{server.address}', stand for values of the step; braces around anything else are left as \
      they are, so that PowerShell blocks need no escape.

      An unknown one would reach the program as it is written, and 'ssh {server.adress}' fails \
      between the update of the certificate and the restart that makes the services present it.

      Correct the name.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.adress}', restart-sepm]"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]"))

  package static let placeholderOfOtherTarget = CatalogueEntry(
    "M041", "The placeholder has no value at this action",
    explanation: """
      A command names something that its action does not have.

      Each action acts on a server, a site or a partnership. One on a whole site has no single \
      server whose address could be filled in: the program would get an empty word, and act on \
      nothing or on everything.

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
      A command is one item with spaces in it, as if a shell took it apart.

      A command is a list of a program and its arguments, and no shell comes between. This one \
      names a program whose file name has spaces in it, and fails when its step is due: after \
      the certificate was changed.

      Write every word as an item of its own.
      """,
    bad: ExamplePlan.restarting("['ssh sepm-par-01 restart-sepm']"),
    good: ExamplePlan.restarting("[ssh, sepm-par-01, restart-sepm]"))

  package static let noTimeForCommand = CatalogueEntry(
    "M043", "A command has no time to run",
    explanation: """
      A command has a timeout of nothing.

      After its timeout a command is killed with everything that it started, so that this one \
      never runs. SEPM's services take minutes to start.

      Write the time that the command may take; 15 minutes is the default.
      """,
    bad: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "0s"),
    good: ExamplePlan.restarting("[ssh, '{server.address}', restart-sepm]", timeout: "15m"))
}
