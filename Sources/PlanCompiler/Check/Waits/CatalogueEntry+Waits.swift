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

      Clients that still verify when a certificate changes, or do not have the new one when \
      verification is turned on again, can never talk to the server again and have to be repaired \
      machine by machine. The vendor requires at least 24 hours and recommends a week: machines \
      are off overnight, over the weekend, or while their users are on leave.

      Write a 'minimum' of 24h or more. If a shorter one is right, as in a lab without real \
      clients, say why with 'override: { reason: … }'. The reason is kept for the auditor. For the \
      wait after verification is on again this is a warning.
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
      The wait between two servers that are rotated by failover is exactly 24 hours.

      A client learns the new certificate while it is connected to another server that it still \
      trusts. It looks at the list of servers again only after 24 hours with the same server, and \
      then at its next heartbeat. A wait of 24 hours ends before the last clients have done so.

      Give 'certificate-received' a minimum of 24 hours plus the longest heartbeat, or better two \
      days.
      """,
    bad: ExamplePlan.failover(""),
    good: ExamplePlan.failover("waits:\n  certificate-received: { minimum: 2d }"))

  package static let minimumOverDeadline = CatalogueEntry(
    "M012", "The minimum is longer than the deadline",
    explanation: """
      A wait's minimum is longer than its deadline. What a wait does not state comes from \
      'waits.default', and otherwise from the defaults of the language.

      The wait cannot pass before its minimum, and its deadline comes first. So it would always \
      run into the deadline, however fast the clients are, with verification off all that time.

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
      reached, and the rotation would stop with verification off.

      Write a holding time of one or a few hours.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { holdFor: 15d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { holdFor: 2h }"))

  package static let pollOverMinimum = CatalogueEntry(
    "M014", "The wait polls too rarely",
    explanation: """
      'every', the time between two polls, is longer than the wait's minimum.

      When the wait could first pass, its share would not have been measured even once, and it \
      would be measured rarely afterwards. Nobody would see clients drop out in between.

      Write an 'every' below the minimum; 15 minutes suits most estates.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { every: 2d }"),
    good: ExamplePlan.with(more: "waits:\n  default: { every: 30m }"))

  package static let pollTooOften = CatalogueEntry(
    "M015", "The wait polls too often",
    severity: .warning,
    explanation: """
      A wait polls more than once a minute.

      SEPM's REST API answers about fifty requests in a row and then refuses with status 429. A \
      poll of a large site needs many pages, and clients report at most once in a heartbeat: \
      polling more often shows nothing new and may lock out the operator's own requests.

      Write an 'every' of several minutes.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { every: 10s }"),
    good: ExamplePlan.with(more: "waits:\n  default: { every: 5m }"))

  package static let shareOutOfRange = CatalogueEntry(
    "M016", "A share is 0% or above 100%",
    explanation: """
      A share is 0% or above 100%.

      A share of 0% is reached before the wait starts: the certificate would change under clients \
      that still verify the old one. More than 100% is never reached.

      Write a share above 0% and up to 100%.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { adopted: 120% }"),
    good: ExamplePlan.with(more: "waits:\n  default: { adopted: 99.5% }"))

  package static let proceedWithoutFloor = CatalogueEntry(
    "M017", "Going on at the deadline needs a floor",
    explanation: """
      There is 'onDeadline: proceed' without a 'floor'.

      The rotation would go on at the deadline although too few clients have adopted the change, \
      and the others would be lost. How many may be lost has to be decided beforehand.

      Add 'floor' with the lowest acceptable share, or write 'onDeadline: hold' and let the \
      operator decide.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed }"),
    good: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed, floor: 90% }"))

  package static let floorWithoutProceed = CatalogueEntry(
    "M018", "A floor has no effect here",
    severity: .warning,
    explanation: """
      A wait has a 'floor', but does not proceed at its deadline.

      The floor is the share with which 'proceed' goes on. With 'hold' the operator is asked, and \
      with 'fail' the step fails, whatever the share. The plan seems to promise a guard that does \
      not exist.

      Remove the floor, or write 'onDeadline: proceed'.
      """,
    bad: ExamplePlan.with(more: "waits:\n  default: { floor: 90% }"),
    good: ExamplePlan.with(more: "waits:\n  default: { onDeadline: proceed, floor: 90% }"))

  package static let floorAboveAdopted = CatalogueEntry(
    "M019", "The floor is above the share that passes",
    explanation: """
      The floor, the share with which a wait goes on at its deadline, is above 'adopted', the \
      share with which it passes.

      The floor would ask for more at the deadline than before it, so it would never be reached \
      first: the rotation would stop at the deadline, although the plan says that it proceeds.

      Write a floor below 'adopted'.
      """,
    bad: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 95%, onDeadline: proceed, floor: 99% }"),
    good: ExamplePlan.with(
      more: "waits:\n  default: { adopted: 95%, onDeadline: proceed, floor: 90% }"))
}
