package import PlanText

extension CatalogueEntry {
  /// The pages about scenarios.
  package static let scenarioPages: [CatalogueEntry] = [
    notAnInstant, unknownScenarioTarget, answersReversed, startOutOfRange,
  ]

  /// A text that is no instant.
  package static let notAnInstant = CatalogueEntry(
    "E001", "Not an instant",
    explanation: """
      The value is not an instant. An instant is a date and a time in UTC: 2026-01-05T08:00:00Z.

      The day of the week matters: whether clients are seen soon after a change on a real SEPM \
      depends on whether it falls before a working day or a weekend, and the simulated estate \
      follows that.

      Write the instant in this form.
      """,
    bad: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: monday }
      start: 5 January 2026

      """,
    good: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: monday }
      start: 2026-01-05T08:00:00Z

      """)

  /// A site or server that the plan does not have.
  package static let unknownScenarioTarget = CatalogueEntry(
    "E002", "The plan has no such site or server",
    explanation: """
      A fault of a scenario names a site, or a server as site/server, that the plan does not \
      have.

      The fault would never happen, so the run would look better than a real SEPM with this \
      failure.

      Name a site or server of the plan, or leave the key out: the fault then hits the first one \
      that fits, whatever the plan.
      """,
    bad: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: missed-restart }
      faults:
        missed-restart: { server: pariss/sepm-par-01 }

      """,
    good: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: missed-restart }
      faults:
        missed-restart: { service: semwebsrv }

      """)

  /// A slowest answer that is quicker than the quickest.
  package static let answersReversed = CatalogueEntry(
    "E003", "The slowest answer is quicker than the quickest",
    explanation: """
      The person at the console answers a gate after a time between 'quickest' and 'slowest'. Here \
      the slowest answer comes before the quickest, so there is no such time.

      How long gates stay open decides how long verification is off and replication is broken. A \
      rehearsal with the wrong times makes the rotation look safer than it is on a real SEPM.

      Write the shorter time as 'quickest' and the longer one as 'slowest'. Each has a default if \
      it is left out: 20m and 90m.
      """,
    bad: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: slow-operator }
      operator: { quickest: 5h, slowest: 2h }

      """,
    good: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: slow-operator }
      operator: { quickest: 2h, slowest: 5h }

      """)

  /// A start that leaves a run no past or no future.
  package static let startOutOfRange = CatalogueEntry(
    "E004", "The start is too early or too late",
    explanation: """
      The run of this scenario would start before 1970 or after 2999.

      A simulated estate has a past, because its clients were last seen some time before the start, and \
      a run may wait for years. Waltz writes times with the years 0000 to 9999. A start near their \
      ends leaves no room for either, and in a year such as 0226 or 20226 it is a slip.

      Write the year in which the rotation is planned, or leave 'start' out.
      """,
    bad: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: monday }
      start: 0226-01-05T08:00:00Z

      """,
    good: """
      apiVersion: waltz/v1
      kind: EstateScenario
      metadata: { name: monday }
      start: 2026-01-05T08:00:00Z

      """)
}
