extension CatalogueEntry {
  /// Whom the waits count.
  static let meaningPagesOfClients: [CatalogueEntry] = [everyClientWaived, cohortWaived]

  public static let everyClientWaived = CatalogueEntry(
    "M053", "An exclusion waives every client",
    severity: .warning,
    explanation: """
      'My Company' is the root of SEPM's tree of groups: every client is in it or in one of its \
      subgroups. An exclusion of it without 'osFunction' leaves nobody to count. The wait then \
      measures nothing, and whether clients are ready for the next step is anybody's guess.

      Name the subgroup that is meant, or add 'osFunction'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ group: My Company, reason: a lab }] }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ group: 'My Company\\Lab', reason: a lab }] }"))

  public static let cohortWaived = CatalogueEntry(
    "M054", "A cohort is waived as a whole",
    severity: .warning,
    explanation: """
      Clients that an exclusion waives are counted nowhere, in no cohort either. A cohort all of \
      whose clients are waived is empty: its share protects nobody, although the plan reads as if \
      it did.

      Remove the cohort or the exclusion, or narrow the exclusion.
      """,
    bad: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts: [{ name: lab, group: 'My Company\\Lab', adopted: 100% }]\n    exclude: [{ group: 'My Company\\Lab', reason: a lab }]"
    ),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts: [{ name: lab, group: 'My Company\\Lab', adopted: 100% }]\n    exclude: [{ group: 'My Company\\Kiosks', reason: isolated }]"
    ))
}
