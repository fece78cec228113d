package import PlanText

extension CatalogueEntry {
  /// The pages about how many clients a wait leaves unprotected.
  static let protectionPages: [CatalogueEntry] = [fewClientsReady, cohortBelowWait]

  package static let fewClientsReady = CatalogueEntry(
    "M076", "A wait passes while many clients are not ready",
    explanation: """
      The share with which a wait passes, or the 'floor' with which it goes on at its deadline, is \
      below 80 %, and what comes next cannot be taken back for the clients that are left. From 80 % \
      up to 95 % for 'adopted', and up to 90 % for 'floor', this is a warning, unless fewer than ten \
      clients of each site are meant.

      After 'verification-disabled' the certificate changes, and whoever still verifies the old one \
      never talks to the server again. After 'certificate-received' verification comes back, or the \
      next server changes, and whoever does not hold the new certificate is lost in the same way. \
      Each of these clients is repaired by hand, machine by machine, with a communication update \
      package. A few in a hundred records never report again in any estate; ten in a hundred are \
      people on leave.

      Write a share of 95% or more, and exclude groups of which nothing is expected, with the reason. \
      Where a lower one is right, as in a lab without real clients, say why with \
      'override: { reason: … }'; the reason is kept for the auditor.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 1% }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 1%, override: { reason: a lab that is rebuilt anyway } }"
    ))

  package static let cohortBelowWait = CatalogueEntry(
    "M078", "A cohort is content with less than its wait",
    severity: .note,
    explanation: """
      The share of a cohort is below the share of the wait that it belongs to.

      A wait passes when its own share and those of all cohorts are reached, so that a cohort can \
      only ask for more. A lower share is a least one: it keeps a small group from being left out \
      as a whole while the others make up for it. Whoever reads it as leave to go on with fewer \
      laptops waits in vain, with verification off.

      There is nothing to do if a least share is meant. To go on with fewer, lower 'adopted' or \
      exclude the group; to protect it, write a share above that of the wait.
      """,
    bad: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts: [{ name: laptops, group: 'My Company\\Laptops', adopted: 90% }]"
    ),
    good: ExamplePlan.with(
      more:
        "waits:\n  default:\n    cohorts: [{ name: laptops, group: 'My Company\\Laptops', adopted: 99% }]"
    ))
}
