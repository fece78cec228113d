package import PlanText

extension CatalogueEntry {
  /// The pages about how many clients a wait leaves unprotected.
  static let protectionPages: [CatalogueEntry] = [fewClientsReady, cohortBelowWait]

  package static let fewClientsReady = CatalogueEntry(
    "M076", "A wait passes while many clients are not ready",
    explanation: """
      The share with which a wait passes, or the 'floor' with which it goes on at its deadline, is \
      below 80%, and what comes next cannot be undone for the clients that are left behind. From \
      80% up to 95% for 'adopted', and up to 90% for 'floor', this is a warning, unless it \
      concerns fewer than ten clients of each site.

      After 'verification-disabled' the certificate changes, and a client that still verifies the \
      old one never talks to the server again. After 'certificate-received' verification is turned \
      on again, or the next server changes, and a client without the new certificate is lost in \
      the same way. Each of these clients has to be repaired by hand, machine by machine, with a \
      communication update package. In any estate a few records in a hundred never report again; \
      ten in a hundred are people on leave.

      Write a share of 95% or more, and exclude groups that are not expected to report, with the \
      reason. If a lower share is right, as in a lab without real clients, say why with 'override: \
      { reason: … }'. The reason is kept for the auditor.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 1% }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 1%, override: { reason: a lab that is rebuilt anyway } }"
    ))

  package static let cohortBelowWait = CatalogueEntry(
    "M078", "A cohort's share is below its wait's share",
    severity: .note,
    explanation: """
      The share of a cohort is below the share of its wait.

      A wait passes when its own share and those of all its cohorts are reached, so a cohort can \
      only make it stricter. A lower share is a minimum: it keeps a small group from being left \
      out while the others make up for it. It does not let the wait pass with fewer laptops, so \
      nobody should wait for that with verification off.

      There is nothing to do if a minimum share is intended. To go on with fewer clients, lower \
      'adopted' or exclude the group. To protect the group, write a share above the wait's.
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
