extension CatalogueEntry {
  /// Whom the waits count.
  static let meaningPagesOfClients: [CatalogueEntry] = [everyClientWaived, cohortWaived]

  public static let everyClientWaived = CatalogueEntry(
    "M053", "An exclusion waives every client",
    explanation: """
      An exclusion waives every client: it names 'My Company' without 'osFunction', the root of \
      SEPM's tree of groups.

      Every client is in that group or in one of its subgroups, so that nobody is left to count. \
      The wait measures nothing, and whether clients are ready for the next step is anybody's \
      guess.

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
      All clients of a cohort are waived by an exclusion.

      Clients that are waived are counted nowhere, in no cohort either. The cohort is empty and \
      its share protects nobody, although the plan reads as if no domain controller could be \
      left behind.

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
