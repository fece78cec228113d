extension CatalogueEntry {
  /// What a plan says that would cost clients, form and names being right.
  static let meaningPagesOfProtection: [CatalogueEntry] = [
    fewClientsReady, serversWaived, cohortBelowWait, keystoreCopied,
  ]

  public static let fewClientsReady = CatalogueEntry(
    "M076", "A wait passes while many clients are not ready",
    explanation: """
      The share with which a wait passes, or the 'floor' with which it goes on at its deadline, is \
      below 80 %, and what comes next can not be taken back for the clients that are left. From 80 % \
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

  public static let serversWaived = CatalogueEntry(
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

  public static let cohortBelowWait = CatalogueEntry(
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

  public static let keystoreCopied = CatalogueEntry(
    "M079", "The certificate would be copied past the wizard",
    explanation: """
      A command for 'update-certificate' names 'keystore.jks' or the folder of Tomcat or Apache: it \
      would put key files where SEPM's web servers read them.

      The wizard does more than that. It writes the certificate into the database, into the \
      management server lists, and signs the policies with it. After a copy every port presents the \
      new certificate, so that the probes are content, while clients are sent a list without it and \
      policies that are signed with the old one. They are lost when verification comes back, and SEPM \
      may put the old certificate back from its database.

      Write 'operator': the step says what to do in the console and is closed when a probe sees it. A \
      program that drives the console itself names none of these. Names that only contain them, such \
      as 'paris-keystore.jks' or 'sepm-tomcat-01', are no mistake.
      """,
    bad: ExamplePlan.with(
      more:
        "automation:\n  update-certificate:\n    command: [cp, new.jks, 'C:/sepm/tomcat/etc/keystore.jks']\n    check: [compare-keystore, '{server.address}']"
    ),
    good: ExamplePlan.with(more: "automation:\n  update-certificate: operator"))
}
