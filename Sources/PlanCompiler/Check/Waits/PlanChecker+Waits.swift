import PlanModel
import PlanText

extension PlanChecker {
  /// The four policies. A field that several waits share is reported once, where it is stated.
  mutating func checkWaits() {
    var reported: Set<ReportedMistake> = []
    checkMinimums(&reported)
    checkDeadlines(&reported)
    for kind in WaitKind.allCases {
      let policy = plan.waits[kind]
      checkShares(policy, &reported)
      checkTimes(policy, isWhole: !doubts.touches(kind), &reported)
      checkClients(policy, isWhole: !doubts.touches(kind), &reported)
      if !doubts.touches(kind) {
        checkMissing(policy, &reported)
        checkCohortShares(policy, &reported)
      }
    }
    checkFloors(&reported)
  }

  private mutating func checkShares(_ policy: WaitPolicy, _ reported: inout Set<ReportedMistake>) {
    let shares =
      [policy.adopted] + (policy.floor.map { [$0] } ?? []) + policy.cohorts.map(\.adopted)
    for share in shares where share.value.millionths < 1 || share.value > .percent(100) {
      once(
        .shareOutOfRange, at: share.span, &reported,
        "Waltz cannot wait for \(share.value): "
          + (share.value.millionths < 1
            ? "every wait has that share from the start."
            : "there are never more than all clients."),
        help: "Write a share above 0% and up to 100%.")
    }
    guard let floor = policy.floor, floor.value > policy.adopted.value,
      floor.value <= .percent(100), policy.adopted.value.millionths > 0
    else { return }
    once(
      .floorAboveAdopted, at: floor.span, &reported,
      "The floor \(floor.value) is above the share \(policy.adopted.value) with which the wait passes.",
      help: "Write a floor below 'adopted'.", related: related("The share.", policy.adopted.span))
  }

  private mutating func checkTimes(
    _ policy: WaitPolicy, isWhole: Bool, _ reported: inout Set<ReportedMistake>
  ) {
    if policy.every.value < .minutes(1) {
      once(
        .pollTooOften, at: policy.every.span, &reported,
        "Polling every \(policy.every.value.planNotation) asks SEPM more often than it answers.",
        help: "Write 'every: 15m'; clients report at most once in their heartbeat.",
        severity: policy.every.value == .zero ? .error : nil)
    }
    // What is compared with it may be what got lost.
    guard isWhole else { return }
    let (minimum, deadline) = (policy.minimum, policy.deadline)
    let isTooLong = minimum.value > deadline.value
    if policy.holdFor.value > deadline.value, !isTooLong {
      let span = policy.holdFor.span.isKnown ? policy.holdFor.span : deadline.span
      once(
        .holdForOverDeadline, at: span, &reported,
        "Everything must hold for \(policy.holdFor.value.planNotation), which is longer than the "
          + "deadline of \(deadline.value.planNotation).",
        help: "Write a 'holdFor' of one or a few hours.",
        related: span == deadline.span ? [] : related("The deadline.", deadline.span))
    }
    let isTooShort = reported.contains(
      ReportedMistake(code: CatalogueEntry.waitTooShort.code, span: minimum.span))
    if !isTooShort, policy.every.value >= .minutes(1), policy.every.value > minimum.value {
      let span = policy.every.span.isKnown ? policy.every.span : minimum.span
      once(
        .pollOverMinimum, at: span, &reported,
        "The wait polls every \(policy.every.value.planNotation), which is longer than its minimum of "
          + "\(minimum.value.planNotation).",
        help: "Write an 'every' below the minimum.",
        related: span == minimum.span ? [] : related("The minimum.", minimum.span))
    }
  }

  /// Minimums beyond their deadline; where one deadline is before several minimums, it is the mistake.
  private mutating func checkDeadlines(_ reported: inout Set<ReportedMistake>) {
    let kinds = WaitKind.allCases.filter {
      !doubts.touches($0) && plan.waits[$0].minimum.value > plan.waits[$0].deadline.value
    }
    for kind in kinds {
      let (minimum, deadline) = (plan.waits[kind].minimum, plan.waits[kind].deadline)
      let isShared = kinds.contains {
        plan.waits[$0].deadline.span == deadline.span && plan.waits[$0].minimum.span != minimum.span
      }
      let span =
        minimum.span.isKnown && !(isShared && deadline.span.isKnown) ? minimum.span : deadline.span
      once(
        .minimumOverDeadline, at: span, &reported,
        "The wait lasts at least \(minimum.value.planNotation), but its deadline is after "
          + "\(deadline.value.planNotation).",
        help: "Write a deadline well after the minimum.",
        related: span == minimum.span
          ? related("The deadline.", deadline.span) : related("The minimum.", minimum.span))
    }
  }

  private mutating func checkClients(
    _ policy: WaitPolicy, isWhole: Bool, _ reported: inout Set<ReportedMistake>
  ) {
    var names: [String: SourceSpan] = [:]
    for cohort in policy.cohorts {
      if let first = names.updateValue(cohort.name.span, forKey: cohort.name.value) {
        once(
          .cohortTwice, at: cohort.name.span, &reported,
          "There are two cohorts called '\(cohort.name.value)'.", help: "Rename one of them.",
          related: related("The first one.", first))
      }
      if cohort.selector.isEmpty, isWhole {
        once(
          .selectorOfNobody, at: cohort.name.span, &reported,
          "Cohort '\(cohort.name.value)' does not say which clients belong to it.",
          help: "Add 'group' or 'osFunction'.")
      }
    }
    for exclusion in policy.exclusions where exclusion.selector.isEmpty && isWhole {
      once(
        .selectorOfNobody, at: exclusion.reason.span, &reported,
        "The exclusion does not say which clients it waives.", help: "Add 'group' or 'osFunction'.")
    }
    guard isWhole else { return }
    let emptied = checkWaived(policy, &reported)
    checkGroups(policy, &reported)
    checkFunctions(policy, besides: emptied, &reported)
  }

  /// Exclusions that leave nobody to count, in all or in a cohort; the places of the reasons of those that
  /// empty a cohort.
  private mutating func checkWaived(
    _ policy: WaitPolicy, _ reported: inout Set<ReportedMistake>
  ) -> Set<SourceSpan> {
    let everybody = policy.exclusions.filter(\.selector.isEverybody)
    for exclusion in everybody {
      once(
        .everyClientWaived, at: exclusion.selector.group?.span ?? exclusion.reason.span, &reported,
        "Every client is in '\(ClientSelector.rootGroup)', so the wait would count nobody.",
        help: "Name a subgroup, such as 'My Company\\Lab', or add 'osFunction'.")
    }
    guard everybody.isEmpty, !policy.cohorts.isEmpty, !policy.exclusions.isEmpty else { return [] }
    var emptied: Set<SourceSpan> = []
    let waived = WaivedClients(policy.exclusions.map(\.selector))
    for cohort in policy.cohorts where !cohort.selector.isEmpty {
      guard let position = waived.first(covering: cohort.selector) else { continue }
      let exclusion = policy.exclusions[position]
      emptied.insert(exclusion.reason.span)
      once(
        .cohortWaived, at: cohort.name.span, &reported,
        "An exclusion waives every client of cohort '\(cohort.name.value)', so its share of "
          + "\(cohort.adopted.value) protects nobody.",
        help: "Remove the cohort or the exclusion, or narrow the exclusion.",
        related: related("The clients are waived here.", exclusion.reason.span))
    }
    return emptied
  }

  /// `proceed` needs a floor, and a floor needs a wait that proceeds.
  private mutating func checkFloors(_ reported: inout Set<ReportedMistake>) {
    var used: Set<SourceSpan> = []
    for kind in WaitKind.allCases where !doubts.touches(kind) {
      let policy = plan.waits[kind]
      guard policy.onDeadline.value == .proceed else { continue }
      if let floor = policy.floor {
        used.insert(floor.span)
      } else {
        once(
          .proceedWithoutFloor, at: policy.onDeadline.span, &reported,
          "At the deadline the wait would go on, however few clients have adopted the change.",
          help: "Add 'floor' with the lowest acceptable share, for example 'floor: 90%'.")
      }
    }
    // A floor of the default has an effect if it has one in any wait.
    let isInDoubt = WaitKind.allCases.contains { doubts.touches($0) }
    for kind in WaitKind.allCases where !isInDoubt {
      guard let floor = plan.waits[kind].floor, !used.contains(floor.span) else { continue }
      once(
        .floorWithoutProceed, at: floor.span, &reported,
        "The floor has no effect, because the wait does not proceed at its deadline.",
        help: "Write 'onDeadline: proceed', or remove 'floor'.",
        related: related("What happens at the deadline.", plan.waits[kind].onDeadline.span))
    }
  }

  /// The waits before which no certificate may change and verification may not come back.
  private mutating func checkMinimums(_ reported: inout Set<ReportedMistake>) {
    // Where a site's method may have got lost nothing is said for its sake.
    let rotating = plan.sites.filter {
      $0.isRotating && !doubts.touches($0) && ($0.method != nil || !doubts.contains(.strategy))
    }
    let suspends = rotating.contains { plan.method(of: $0) == .suspendVerification }
    let failsOver = rotating.first { plan.method(of: $0) == .failover }
    if suspends { checkMinimum(.verificationDisabled, &reported) }
    if !rotating.isEmpty { checkMinimum(.certificateReceived, &reported) }
    if suspends { checkMinimum(.verificationEnabled, &reported) }
    checkProtection(of: rotating, &reported)
    guard !doubts.touches(.certificateReceived) else { return }
    let received = plan.waits.certificateReceived
    guard let site = failsOver, received.minimum.value == .hours(24),
      received.overrideReason == nil
    else { return }
    let method = site.method ?? plan.strategy.method
    once(
      .failoverWaitTooTight,
      at: received.minimum.span.isKnown ? received.minimum.span : method.span,
      &reported,
      "Clients of site '\(site.name.value)' look for another server after 24 hours at the "
        + "earliest, so a wait of exactly 24h leaves no time for their heartbeat.",
      help: "Write 'waits: { certificate-received: { minimum: 2d } }'.")
  }

  /// The shares of the waits before a certificate changes or verification comes back.
  private mutating func checkProtection(of rotating: [Site], _ reported: inout Set<ReportedMistake>)
  {
    let suspended = rotating.filter { plan.method(of: $0) == .suspendVerification }
    if !suspended.isEmpty {
      checkProtection(
        .verificationDisabled,
        Losses(
          sites: suspended,
          wouldDo: "would still verify against the old certificate when it changes"), &reported)
      checkProtection(
        .certificateReceived,
        Losses(
          sites: suspended,
          wouldDo: "would not have the new certificate when verification is turned on again"),
        &reported)
    }
    let failingOver = rotating.filter { plan.method(of: $0) == .failover }
    guard !failingOver.isEmpty else { return }
    checkProtection(
      .certificateReceived,
      Losses(
        sites: failingOver,
        wouldDo: "would not know the new certificate when the next server changes"), &reported)
  }

  private mutating func checkMinimum(_ kind: WaitKind, _ reported: inout Set<ReportedMistake>) {
    let policy = plan.waits[kind]
    guard policy.minimum.value < WaitKind.leastMinimum, policy.overrideReason == nil,
      policy.minimum.value <= policy.deadline.value, !doubts.touches(kind)
    else { return }
    let what =
      switch kind {
      case .verificationDisabled:
        "certificates would change before clients have stopped verifying the server"
      case .certificateReceived:
        "clients that have not received the new certificate yet would be cut off"
      case .verificationEnabled, .httpsRestored:
        "clients would be sent back to HTTPS before they verify the server again"
      }
    once(
      .waitTooShort, at: policy.minimum.span, &reported,
      "The wait '\(kind.rawValue)' may end after \(policy.minimum.value.planNotation); \(what).",
      help:
        "Write at least 24h, better 7d, or say why this is right here with 'override: { reason: … "
        + "}'.",
      severity: kind == .verificationEnabled ? .warning : nil)
  }

  func related(_ message: String, _ span: SourceSpan) -> [Diagnostic.Related] {
    span.isKnown ? [.init(message, at: span)] : []
  }

  mutating func once(
    _ entry: CatalogueEntry, at span: SourceSpan, _ reported: inout Set<ReportedMistake>,
    _ detail: String,
    help: String, related: [Diagnostic.Related] = [], severity: Severity? = nil
  ) {
    guard reported.insert(ReportedMistake(code: entry.code, span: span)).inserted else { return }
    report(entry, at: span, detail, help: help, related: related, severity: severity)
  }
}

/// A mistake at a place, however many waits take part in it.
struct ReportedMistake: Hashable {
  var code: String
  var span: SourceSpan
}

extension ClientSelector {
  /// Whether nothing is asked for.
  var isEmpty: Bool { group == nil && osFunction == nil }

  /// The group at the root of SEPM's tree, in which every client is (`docs/SEPM.md`, "Computers").
  static let rootGroup = "My Company"

  /// Whether no client is left out.
  fileprivate var isEverybody: Bool {
    guard let group = group?.value, osFunction == nil else { return false }
    return group.isRootGroup
  }
}
