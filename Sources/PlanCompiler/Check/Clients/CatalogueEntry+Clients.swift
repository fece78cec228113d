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
      shorter than a week, or shorter than the wait itself lasts at least.

      Who is on leave for a fortnight has not been seen for a fortnight, and is left out of the \
      share: the wait passes at 98 % while the laptop in the drawer still verifies the old \
      certificate. It is lost on the day its owner comes back, and no figure of the run says so.

      Write a window that holds a holiday: 30d is the default.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { activeWithin: 3d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { activeWithin: 45d }"))

  package static let nobodyMayBeMissing = CatalogueEntry(
    "M071", "Not one client may be missing",
    severity: .warning,
    explanation: """
      The share leaves room for no client at all: 100 %, or so much of so few that less than one \
      client is left over. For fewer than a hundred clients this is a note.

      In every estate a few of a hundred records never report again: machines that were scrapped, \
      reinstalled, or recreated from an image. The wait stands at its deadline because of them, with \
      verification off and replication broken, until a person decides.

      Write a share that leaves room for them, such as 98%; ask for 100% of a cohort that must not be \
      lost, and exclude groups of which nothing is expected, with the reason.
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

      What is waived is counted nowhere. The wait then says something about the servers and domain \
      controllers alone, which are always on and always the first to adopt a change, and the \
      certificate changes under the workstations that have not.

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

      A name such as 'Lab' matches no client. An exclusion without effect keeps the wait waiting for \
      an isolated network; a cohort without clients protects nobody, although the plan reads as if \
      its share of 100 % did.

      Write the path: 'My Company\\Lab', in single quotes or without, so that the backslash stays \
      one.
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
      An exclusion names the function 'Server' or 'DomainController' and no group, so that all \
      machines of that kind are waived.

      What is waived is counted nowhere. These are the machines that are never off, so that they \
      cost the wait no time; and those that hurt most when they are lost: a domain controller whose \
      client has no server gets no definitions and no policy any more, and nobody sees it.

      Name the group that is meant. Better ask for all of them, with a cohort of their own: \
      'cohorts: [{ name: domain-controllers, osFunction: DomainController, adopted: 100% }]'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ osFunction: Server, reason: other people's }] }"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default: { exclude: [{ group: 'My Company\\Test', osFunction: Server, reason: rebuilt daily }] }"
    ))
}
