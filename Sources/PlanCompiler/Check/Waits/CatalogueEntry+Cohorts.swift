package import PlanText

extension CatalogueEntry {
  /// The pages about which clients a wait counts.
  static let cohortPages: [CatalogueEntry] = [
    cohortTwice, selectorOfNobody, everyClientWaived, cohortWaived,
  ]

  package static let cohortTwice = CatalogueEntry(
    "M045", "Two cohorts have the same name",
    explanation: """
      Two cohorts of a wait have the same name.

      Cohorts are counted separately and reported by name. If one of the two holds the wait back, \
      with verification off, nobody could tell which clients to look for.

      Rename one of them.
      """,
    bad: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts:\n      - { name: critical, osFunction: Server, adopted: 100% }\n      - { name: critical, osFunction: DomainController, adopted: 100% }"
    ),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts:\n      - { name: servers, osFunction: Server, adopted: 100% }\n      - { name: domain-controllers, osFunction: DomainController, adopted: 100% }"
    ))

  package static let selectorOfNobody = CatalogueEntry(
    "M046", "The plan does not say which clients are meant",
    explanation: """
      A cohort or an exclusion does not say which clients it means: it has neither 'group' nor \
      'osFunction'.

      It could mean nobody or everybody. An exclusion of everybody would let every wait pass at \
      once, and a cohort of nobody protects no domain controller.

      Add 'group' or 'osFunction'.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default:\n    exclude: [{ reason: isolated network }]"),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    exclude: [{ group: 'My Company\\Lab', reason: isolated network }]")
  )

  package static let everyClientWaived = CatalogueEntry(
    "M053", "An exclusion waives every client",
    explanation: """
      An exclusion waives every client: it names 'My Company', the root of SEPM's tree of groups, \
      without 'osFunction'.

      Every client is in that group or in one of its subgroups, so no client is left to count. The \
      wait measures nothing, and nobody knows whether clients are ready for the next step.

      Name the subgroup that is meant, or add 'osFunction'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ group: My Company, reason: a lab }] }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { exclude: [{ group: 'My Company\\Lab', reason: a lab }] }"))

  package static let cohortWaived = CatalogueEntry(
    "M054", "All clients of a cohort are waived",
    severity: .warning,
    explanation: """
      All clients of a cohort are waived by an exclusion.

      Waived clients are not counted anywhere, not even in a cohort. The cohort is empty and its \
      share protects nobody, although the plan reads as if no domain controller could be left \
      behind.

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
