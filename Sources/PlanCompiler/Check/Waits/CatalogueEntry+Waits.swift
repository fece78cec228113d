package import PlanText

extension CatalogueEntry {
  /// The pages about how long, for whom and how often a wait waits.
  static let waitPages: [CatalogueEntry] = [
    waitTooShort, failoverWaitTooTight, minimumOverDeadline, holdForOverDeadline,
    pollOverMinimum, pollTooOften, shareOutOfRange, proceedWithoutFloor, floorWithoutProceed,
    floorAboveAdopted,
  ]

  package static let waitTooShort = CatalogueEntry(
    "M010", "A wait is too short to protect the clients",
    explanation: """
      A wait may end after less than 24 hours.

      Clients that have not stopped verifying when a certificate changes, or do not hold the new \
      one when verification comes back, can never talk to the server again and have to be \
      repaired machine by machine. The vendor asks for at least 24 hours and recommends a week: \
      machines are off over night, over the weekend, on leave.

      Write a 'minimum' of 24h or more. Where a shorter one is right, as in a lab without real \
      clients, say why with 'override: { reason: … }'; the reason is kept for the auditor. For \
      the wait after verification is back this is a warning.
      """,
    bad: ExamplePlan.with(more: "waits:\n  verification-disabled: { minimum: 2h }"),
    good: ExamplePlan.with(
      more:
        "waits:\n  verification-disabled: { minimum: 2h, override: { reason: a lab whose clients are always on } }"
    ))

  package static let failoverWaitTooTight = CatalogueEntry(
    "M011", "The wait between two servers leaves no time to fail over",
    severity: .warning,
    explanation: """
      The wait between two servers that are rotated by fail-over is exactly 24 hours.

      A client learns the new certificate while it is connected to another server that it still \
      trusts. It looks at the list of servers again only after 24 hours with the same server, \
      and then at its next heartbeat. A wait of 24 hours ends before the last clients have come \
      by.

      Give 'certificate-received' a minimum of 24 hours plus the longest heartbeat, better two \
      days.
      """,
    bad: ExamplePlan.failover(""),
    good: ExamplePlan.failover("waits:\n  certificate-received: { minimum: 2d }"))

  package static let minimumOverDeadline = CatalogueEntry(
    "M012", "The minimum is longer than the deadline",
    explanation: """
      A wait's minimum is longer than its deadline. A value that one wait does not state comes \
      from 'waits.default', and what that does not state from the language's defaults.

      The wait cannot pass before its minimum, and at its deadline the plan says what happens \
      instead. It would always end by the deadline, however well the clients do, with \
      verification off in the meantime.

      Write a deadline well after the minimum.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d, deadline: 5d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { minimum: 7d, deadline: 21d }"))

  package static let holdForOverDeadline = CatalogueEntry(
    "M013", "The holding time is longer than the deadline",
    explanation: """
      'holdFor' is longer than the deadline of its wait.

      A wait passes when its conditions have held for 'holdFor' without a break, so that a share \
      that one poll saw by chance does not count. A time longer than the deadline is never \
      fulfilled, and the rotation stands with verification off.

      Write a holding time of an hour or a few.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { holdFor: 15d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { holdFor: 2h }"))

  package static let pollOverMinimum = CatalogueEntry(
    "M014", "The wait polls more seldom than it lasts",
    explanation: """
      'every', the time between two polls, is longer than the wait's minimum.

      The share of adopted clients would not have been measured once when the wait could first \
      pass, and be measured seldom afterwards. Nobody sees clients drop out in between.

      Write an 'every' below the minimum; 15 minutes suit most estates.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { every: 2d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { every: 30m }"))

  package static let pollTooOften = CatalogueEntry(
    "M015", "The wait polls too often",
    severity: .warning,
    explanation: """
      A wait polls more than once a minute.

      SEPM's REST API answers about fifty requests in a while and then refuses with status 429. \
      A poll of a large site needs many pages, and clients report once in a heartbeat at most: \
      polling more often sees nothing new and may keep the operator's own requests out.

      Write an 'every' of some minutes.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { every: 10s }"),
    good: ExamplePlan.with(more: "waits:\n  default: { every: 5m }"))

  package static let shareOutOfRange = CatalogueEntry(
    "M016", "A share is 0 % or above 100 %",
    explanation: """
      A share is 0 % or above 100 %.

      A share of 0 % is reached before the wait starts: the certificate would change under \
      clients that still verify the old one. More than 100 % is never reached.

      Write a share above 0% and up to 100%.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 120% }"),
    good: ExamplePlan.with(more: "waits:\n  default: { adopted: 99.5% }"))

  package static let proceedWithoutFloor = CatalogueEntry(
    "M017", "Going on at the deadline needs a floor",
    explanation: """
      'onDeadline: proceed' stands without a 'floor'.

      The rotation would go on at the deadline although fewer clients have adopted than was \
      asked for, and those that have not will be lost. How many may be lost has to be said \
      beforehand, not found out.

      Add 'floor' with the least share, or write 'onDeadline: hold' and let the operator decide.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed }"),
    good: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed, floor: 90% }"))

  package static let floorWithoutProceed = CatalogueEntry(
    "M018", "A floor has no effect here",
    severity: .warning,
    explanation: """
      A 'floor' stands at a wait that does not proceed at its deadline.

      The floor is the share with which 'proceed' goes on. With 'hold' the operator is asked and \
      with 'fail' the step fails, whatever the share; the plan promises a guard that does not \
      exist.

      Remove the floor, or write 'onDeadline: proceed'.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { floor: 90% }"),
    good: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed, floor: 90% }"))

  package static let floorAboveAdopted = CatalogueEntry(
    "M019", "The floor is above the share that passes",
    explanation: """
      The floor, with which a wait goes on at its deadline, is above 'adopted', with which it \
      passes.

      It would ask for more when time is up than before, and so never be used: at the deadline \
      the rotation stands, although the plan says that it proceeds.

      Write a floor below 'adopted'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 95%, onDeadline: proceed, floor: 99% }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 95%, onDeadline: proceed, floor: 90% }"))
}
