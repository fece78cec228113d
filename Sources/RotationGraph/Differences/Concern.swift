import PlanModel

/// Something in a change of plan that a reviewer should not overlook: it makes the rotation riskier, or
/// lets it do something else than what was reviewed before. What was not there before is held against what
/// holds where a plan says nothing.
public struct Concern: Sendable, Equatable {
  /// What it is; the names are part of the JSON output.
  public enum Kind: String, Sendable, CaseIterable {
    // Exposure, which is what a rotation costs in safety.
    case verificationNewlyOff = "verification-newly-off"
    case verificationOffLonger = "verification-off-longer"
    case verificationOffAtOnce = "verification-off-at-once"
    case replicationBrokenLonger = "replication-broken-longer"
    case replicationBrokenAtOnce = "replication-broken-at-once"
    case replicationNotBroken = "replication-not-broken"
    case morePointsOfNoReturn = "more-points-of-no-return"
    case earlierPointOfNoReturn = "earlier-point-of-no-return"

    // Waits, which are what protects clients.
    case thresholdLowered = "threshold-lowered"
    case minimumShortened = "minimum-shortened"
    case holdShortened = "hold-shortened"
    case proceedsAtDeadline = "proceeds-at-deadline"
    case floorLowered = "floor-lowered"
    case deadlineShortened = "deadline-shortened"
    case fewerClientsCounted = "fewer-clients-counted"
    case exclusionAdded = "exclusion-added"
    case cohortRemoved = "cohort-removed"
    case cohortLowered = "cohort-lowered"

    // The way a site is rotated.
    case methodChanged = "method-changed"
    case serversAtOnceRaised = "servers-at-once-raised"
    case breakChanged = "break-changed"
    case authorityChanged = "authority-changed"
    case databaseNotRenewed = "database-not-renewed"
    case siteNotRotated = "site-not-rotated"
    case serverNotRotated = "server-not-rotated"

    // What is trusted and what is installed.
    case pinRemoved = "pin-removed"
    case pinChanged = "pin-changed"
    case sourceChanged = "source-changed"
    case certificateChanged = "certificate-changed"
    case addressChanged = "address-changed"
    case trustChanged = "trust-changed"
    case apiChanged = "api-changed"

    // Programs that would run.
    case commandAdded = "command-added"
    case commandChanged = "command-changed"
    case checkAdded = "check-added"
    case checkRemoved = "check-removed"
    case checkChanged = "check-changed"
    case passwordCommand = "password-command"
  }

  /// What it is.
  public let kind: Kind

  /// The sites, servers, partnerships, waits, certificates or actions that it is about, in the order of
  /// the new plan.
  public internal(set) var subjects: [String]

  /// Before; nil where there was nothing.
  public let before: PlanDifference.Value?

  /// What holds where a plan says nothing: set where the subject is new, so that there is no
  /// ``before`` to hold it against.
  public let standard: PlanDifference.Value?

  /// After; nil where there is nothing any more.
  public let after: PlanDifference.Value?

  /// The cohort, the excluded clients, the action: what of the subject is meant.
  public let item: String?
}

/// Concerns as they are found: those that say the same of several subjects become one.
struct ConcernList {
  private struct Key: Hashable {
    let kind: Concern.Kind
    let before: PlanDifference.Value?
    let standard: PlanDifference.Value?
    let after: PlanDifference.Value?
    let item: String?
  }

  private var positions: [Key: Int] = [:]
  private(set) var concerns: [Concern] = []

  mutating func add(
    _ kind: Concern.Kind, _ subject: String, before: PlanDifference.Value? = nil,
    standard: PlanDifference.Value? = nil, after: PlanDifference.Value? = nil,
    item: String? = nil
  ) {
    let key = Key(kind: kind, before: before, standard: standard, after: after, item: item)
    if let position = positions[key] {
      concerns[position].subjects.append(subject)
    } else {
      positions[key] = concerns.count
      concerns.append(
        Concern(
          kind: kind, subjects: [subject], before: before, standard: standard, after: after,
          item: item))
    }
  }

  mutating func add(
    _ kind: Concern.Kind, _ subject: String, _ before: String, _ after: String,
    item: String? = nil
  ) {
    add(kind, subject, before: .text(before), after: .text(after), item: item)
  }

  /// A concern about a value that is held against what was before, or of what is new against the standard.
  mutating func add(
    _ kind: Concern.Kind, _ subject: String, isNew: Bool, _ reference: String, _ after: String,
    item: String? = nil
  ) {
    add(
      kind, subject, before: isNew ? nil : .text(reference),
      standard: isNew ? .text(reference) : nil, after: .text(after), item: item)
  }

  /// By kind; within a kind in the order in which they were found.
  var inOrder: [Concern] {
    Concern.Kind.allCases.flatMap { kind in concerns.filter { $0.kind == kind } }
  }
}
