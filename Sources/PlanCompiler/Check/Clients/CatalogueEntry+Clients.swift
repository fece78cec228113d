package import PlanText

extension CatalogueEntry {
  /// The pages about the clients that a wait waives.
  static let clientPages: [CatalogueEntry] = [
    clientsOnLeave, nobodyMayBeMissing, workstationsWaived, groupNotFullPath, serversWaived,
  ]

  package static let clientsOnLeave = CatalogueEntry(
    "M070", "Clients on leave are not counted",
    severity: .warning,
    explanation: """
      'activeWithin' says how recently a client must have been seen to be counted. Here it is \
      shorter than a week, or shorter than the wait's minimum.

      A laptop whose owner is on leave for two weeks has not been seen for two weeks, so it is \
      left out of the share: the wait passes at 98% while that laptop still verifies the old \
      certificate. It is lost on the day its owner comes back, and no figure of the run says so.

      Write a window that is longer than a holiday. The default is 30d.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { activeWithin: 3d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { activeWithin: 45d }"))

  package static let nobodyMayBeMissing = CatalogueEntry(
    "M071", "No client may be missing",
    severity: .warning,
    explanation: """
      The share does not leave room for even one missing client: it is 100%, or the site has so \
      few clients that less than one may be missing. For fewer than a hundred clients this is a \
      note.

      In every estate a few records in a hundred never report again: machines that were scrapped, \
      reinstalled, or recreated from an image. Because of them the wait would still be open at its \
      deadline, with verification off and replication broken, until a person decides.

      Write a share that leaves room for them, such as 98%. Ask for 100% of a cohort that must not \
      be lost, and exclude groups that are not expected to report, with the reason.
      """,
    bad: ExamplePlan.with(site: "    clients: 4200\nwaits:\n  default: { adopted: 100% }"),
    good: ExamplePlan.with(
      site:
        "    clients: 4200\nwaits:\n  default:\n    adopted: 98%\n    cohorts: [{ name: servers, osFunction: Server, adopted: 100% }]"
    ))

  package static let workstationsWaived = CatalogueEntry(
    "M072", "An exclusion waives every workstation",
    severity: .warning,
    explanation: """
      An exclusion names the function 'Workstation' and no group. Nearly all clients of an estate \
      are workstations, desktops and laptops alike.

      Waived clients are not counted anywhere. The wait would then cover only servers and domain \
      controllers, which are always on and always the first to adopt a change, and the certificate \
      would change under workstations that have not adopted it.

      Name the group of workstations that is meant.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ osFunction: Workstation, reason: too many }] }"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default: { exclude: [{ group: 'My Company\\Kiosks', osFunction: Workstation, reason: always off }] }"
    ))

  package static let groupNotFullPath = CatalogueEntry(
    "M073", "The group is not a full path",
    severity: .warning,
    explanation: """
      Groups are named by their full path, as SEPM reports it for every client: it starts with \
      'My Company', the root of the tree, and has backslashes between its parts.

      A name such as 'Lab' matches no client. An exclusion that matches nobody keeps the wait \
      waiting for an isolated network. A cohort without clients protects nobody, although the plan \
      reads as if its share of 100% did.

      Write the path: 'My Company\\Lab', in single quotes or without quotes, so that the backslash \
      stays a backslash.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ group: Lab, reason: isolated network }] }"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default: { exclude: [{ group: 'My Company\\Lab', reason: isolated network }] }"))

  package static let serversWaived = CatalogueEntry(
    "M077", "An exclusion waives every server or domain controller",
    severity: .warning,
    explanation: """
      An exclusion names the function 'Server' or 'DomainController' and no group, so all machines \
      of that kind are waived.

      Waived clients are not counted anywhere. These machines are never off, so waiting for them \
      takes no time. And losing them hurts most: a domain controller whose client has no server \
      gets no definitions and no policies any more, and nobody notices.

      Name the group that is meant. Better still, ask for all of them with a cohort: 'cohorts: [{ \
      name: domain-controllers, osFunction: DomainController, adopted: 100% }]'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ osFunction: Server, reason: other people's }] }"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default: { exclude: [{ group: 'My Company\\Test', osFunction: Server, reason: rebuilt daily }] }"
    ))
}
