package import PlanText

extension CatalogueEntry {
  /// The pages about a site's clients and their settings.
  static let clientPages: [CatalogueEntry] = [
    clientsWithoutFailover, otherPopulation, purgeDuringWaits, deafGroups, settingsNotShown,
  ]

  package static let clientsWithoutFailover = CatalogueEntry(
    "L012", "Clients of 14.2 would be orphaned by failover",
    explanation: """
      The plan rotates a site by failover, and SEPM counts clients of version 14.2 or 14.2.1 there.

      Clients of these versions have a module for communication that does not take a new certificate from another \
      server while they verify. The vendor says so and names no way around it: with failover each of them is \
      orphaned by the change of its server.

      Upgrade these clients before the rotation; SEPM's console lists them under Clients by version. Or use the \
      method suspend-verification for this site: it works with every version, for sites with several servers too.
      """,
    bad: ExamplePlan.failover("").replacing(
      "sites:\n", with: "# 12 clients have version 14.2.1\nsites:\n"),
    good: ExamplePlan.failover("").replacing(
      "sites:\n", with: "# no client has version 14.2 or 14.2.1\nsites:\n"))

  package static let otherPopulation = CatalogueEntry(
    "L013", "The site has far more or fewer clients than expected",
    severity: .warning,
    explanation: """
      SEPM counts fewer than half or more than twice as many clients as 'clients' says. Fewer than half is an \
      error.

      Waltz takes an answer with fewer than half of the expected clients for a wrong one, so that an API which \
      answers with an empty page lets no wait pass. If the plan expects too many, no wait of the site ever passes. \
      If it expects far too few, an answer that lost half of the clients is believed.

      Write the number that the message names, or one near it. SEPM's number has the rows that partners replicated as \
      well, so with replication it is too large, and only too few are said then.
      """,
    bad: ExamplePlan.told("SEPM counts 4,000 clients").replacing(
      "    servers:\n", with: "    clients: 400\n    servers:\n"),
    good: ExamplePlan.told("SEPM counts 4,000 clients").replacing(
      "    servers:\n", with: "    clients: 4200\n    servers:\n"))

  package static let purgeDuringWaits = CatalogueEntry(
    "L014", "SEPM deletes clients that a wait should count",
    severity: .warning,
    explanation: """
      A domain of the site deletes clients that made no contact for some days, and that is less than a wait may \
      last, or less than the time within which it counts clients as active.

      The clients that a wait is about are those that are away. If SEPM deletes them meanwhile, the share that has \
      adopted the change rises without anybody having adopted it, and the wait passes. The deleted ones come back \
      from leave with the old certificate, and are orphans that no list names.

      Let the domain keep its clients longer until the rotation is over: Admin ▸ Domains ▸ the domain ▸ Edit Domain \
      Properties. 60 days cover the standard waits. If the domain has no clients that matter, write \
      `# waltz:ignore L014 reason` on the line before.
      """,
    bad: ExamplePlan.told("the domain Default deletes clients after 7 days"),
    good: ExamplePlan.told("the domain Default deletes clients after 60 days"))

  package static let deafGroups = CatalogueEntry(
    "L015", "Groups whose clients can adopt no change",
    severity: .warning,
    explanation: """
      In every location of these groups clients are told not to connect to a server, or not to download policies \
      and content.

      Whatever is changed on the server never reaches them. They hold every wait back, and when the certificate \
      changes they go on with the old one: whoever switches their connection on later finds orphans.

      Switch downloads on for these groups until the rotation is over (Clients ▸ the group ▸ Policies ▸ \
      Communications Settings). If they are meant to be cut off, waive them under 'exclude' with the reason, and \
      bring them the new certificate by hand with a communication package.
      """,
    bad: ExamplePlan.told("the group My Company\\Lab downloads no policies"),
    good: ExamplePlan.told("the group My Company\\Lab downloads no policies")
      + "waits:\n  default:\n    exclude:\n"
      + "      - { group: 'My Company\\Lab', reason: has no network }\n")

  package static let settingsNotShown = CatalogueEntry(
    "L016", "People have to do what the API cannot",
    severity: .warning,
    explanation: """
      This version of SEPM has no resource for the settings of clients, so Waltz can neither read nor change over \
      the API whether they verify their server. Old releases are like that.

      Nothing is wrong with the rotation, but it needs people where the plan may not expect any: the settings of \
      every group and location are written down before the change, switched off, switched on and compared at the \
      console. What is forgotten in one location orphans its clients, and no read-back shows it; Waltz sees only \
      that the groups' policies were published.

      Plan who does it and when: `waltz plan runbook PLAN` prints the instructions. If that is settled, write \
      `# waltz:ignore L016 reason` on the line before.
      """,
    bad: ExamplePlan.told("this version of SEPM has no settings resource"),
    good: ExamplePlan.told("SEPM shows the settings of every location"))
}
