import PlanModel
import PlanText

extension PlanChecker {
  /// The shares after which something happens that clients without the change do not survive: a
  /// certificate changes, or verification comes back (`docs/SEPM.md`, "Why clients are orphaned"). An
  /// `override` answers for them, as for a short minimum.
  mutating func checkProtection(
    _ kind: WaitKind, _ losses: Losses, _ reported: inout Set<ReportedMistake>
  ) {
    let policy = plan.waits[kind]
    guard policy.overrideReason == nil, !doubts.touches(kind) else { return }
    checkProtection(policy.adopted, .adopted, losses, &reported)
    guard policy.onDeadline.value == .proceed, let floor = policy.floor,
      floor.value < policy.adopted.value
    else { return }
    checkProtection(floor, .floor, losses, &reported)
  }

  private mutating func checkProtection(
    _ share: Located<Share>, _ field: ProtectingShare, _ losses: Losses,
    _ reported: inout Set<ReportedMistake>
  ) {
    // A share of nothing is reported as such.
    guard share.value.millionths >= 1, share.value < field.usual else { return }
    let isRefused = share.value < ProtectingShare.least
    let counted = losses.sites.filter { $0.clients != nil }
    let left = counted.map { (site: $0, clients: share.value.left(of: $0.clients?.value ?? 0)) }
    // A handful of machines can be repaired by hand.
    if !isRefused, counted.count == losses.sites.count, left.allSatisfy({ $0.clients < 10 }) {
      return
    }
    let most = left.max { $0.clients < $1.clients }
    let who =
      if let most, most.clients > 0 {
        "up to \(most.clients) of the \(most.site.clients?.value ?? 0) clients of site "
          + "'\(most.site.name.value)'"
      } else {
        "up to \(share.value.rest) of the clients"
      }
    once(
      .fewClientsReady, at: share.span, &reported,
      "With \(share.value) \(field.moment): \(who) \(losses.wouldDo).",
      help: "Write '\(field.rawValue): \(field.usual)' or more, or say why it is right here with "
        + "'override: { reason: … }'.",
      related: most.flatMap { $0.clients > 0 ? $0.site.clients : nil }.map {
        [.init("The number of clients.", at: $0.span)]
      } ?? [],
      severity: isRefused ? nil : .warning)
  }

  /// Cohorts that are content with less than the wait they belong to.
  mutating func checkCohortShares(_ policy: WaitPolicy, _ reported: inout Set<ReportedMistake>) {
    for cohort in policy.cohorts
    where cohort.adopted.value < policy.adopted.value && cohort.adopted.value.millionths >= 1
      && policy.adopted.value <= .percent(100)
    {
      once(
        .cohortBelowWait, at: cohort.adopted.span, &reported,
        "Cohort '\(cohort.name.value)' asks for \(cohort.adopted.value), less than the wait's "
          + "\(policy.adopted.value).",
        help: "Write a share above the wait's, or remove the cohort.",
        related: related("The share of the wait.", policy.adopted.span))
    }
  }
}

/// What a wait's passing would do to clients that have not adopted, and at which sites.
struct Losses {
  /// The sites that wait; not empty.
  var sites: [Site]

  /// What such clients would do then, to follow their number.
  var wouldDo: String
}

/// The two shares of a policy with which a wait may end.
private enum ProtectingShare: String {
  case adopted
  case floor

  /// Below it a plan is refused.
  static let least = Share.percent(80)

  /// Below it more clients are left behind than the records that never report again explain
  /// (`docs/SEPM.md`, "How soon clients come"). A floor is that decision said aloud, so that it may lie
  /// somewhat lower.
  var usual: Share { self == .adopted ? .percent(95) : .percent(90) }

  var moment: String {
    self == .adopted ? "the wait passes" : "the wait goes on at its deadline"
  }
}

extension Share {
  /// The most of `whole` that may be missing while the share is reached.
  fileprivate func left(of whole: Int) -> Int {
    whole - min(whole, (whole * millionths + 999_999) / 1_000_000)
  }

  /// What is left of all.
  fileprivate var rest: Share { Share(millionths: max(0, 1_000_000 - millionths)) }
}
