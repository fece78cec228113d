extension CatalogueEntry {
  /// What a careful colleague would ask about.
  static let meaningPagesOfReview: [CatalogueEntry] = [
    clientsOnLeave, nobodyMayBeMissing, workstationsWaived, groupNotFullPath, fileTwice,
    overwrittenTwice,
  ]

  public static let clientsOnLeave = CatalogueEntry(
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

  public static let nobodyMayBeMissing = CatalogueEntry(
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

  public static let workstationsWaived = CatalogueEntry(
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

  public static let groupNotFullPath = CatalogueEntry(
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

  public static let fileTwice = CatalogueEntry(
    "M074", "Two certificates are one file",
    severity: .warning,
    explanation: """
      Two entries under 'certificates' name the same file.

      Most often an entry was copied and its path forgotten. The server then gets the certificate of \
      another one, whose names do not cover its address: browsers, the console and the REST API \
      refuse it, and both servers fall with one key. It shows after the update, while verification \
      is off.

      Correct the path. If the servers share a certificate on purpose let them name the same entry.
      """,
    bad: ExamplePlan.pair("").replacing(
      "pem: { certificate: certs/berlin.pem, key: certs/berlin.key }",
      with: "pkcs12: certs/paris.p12"
    ),
    good: ExamplePlan.pair(""))

  public static let overwrittenTwice = CatalogueEntry(
    "M075", "A site would be overwritten from two sides",
    severity: .warning,
    explanation: """
      Two partnerships of one site are deleted, and in both the other side is the authority; those \
      two do not replicate with each other.

      When a deleted partner is added again its database is overwritten by the site it points to. \
      This one is overwritten by the first and then by the second: the groups and policies that came \
      from the first are gone, and with them those that were the site's own.

      Make the site itself the authority of one of them, or suspend one of the partnerships.
      """,
    bad: ExamplePlan.chain(authority: "oslo"),
    good: ExamplePlan.chain(authority: "berlin"))
}

extension ExamplePlan {
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
