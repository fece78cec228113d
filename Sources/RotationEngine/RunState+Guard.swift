import PlanModel
import PlanText
import RotationGraph

/// A count of clients right before a certificate update that did not let the update begin.
public struct HoldingCount: Sendable, Equatable {
  /// The first such count in a row.
  public let since: Instant

  /// The last one.
  public let at: Instant

  /// What it saw.
  public let sample: WaitSample
}

extension RunState {
  /// The wait whose clients must still have adopted when a certificate is updated: the wait that the
  /// update directly follows, else the site's wait for verification to be off; nil for other steps and
  /// for the first server of a failover.
  public func guardingWait(of step: Int) -> Int? {
    guard graph.steps[step].action == .updateCertificate, let site = graph.site(of: step) else {
      return nil
    }
    let direct = graph.dependencies[step].first { graph.steps[Int($0)].action.waitKind != nil }
    return direct.map(Int.init) ?? verificationWaits[site]
  }

  /// The count that holds a certificate update back, which could begin otherwise; nil for any other
  /// step.
  public func holdingCount(of step: Int) -> HoldingCount? {
    guard steps[step].phase == .pending, isReady(step), let wait = guardingWait(of: step) else {
      return nil
    }
    return holdingCounts[wait]
  }

  /// Whether the clients still have what `wait` waited for. A wait that passed at its deadline with the
  /// floor is held to the floor; one that an operator waived guards nothing any more.
  func stillHolds(_ wait: Int, _ sample: WaitSample, at instant: Instant) -> Bool {
    if steps[wait].phase == .skipped { return true }
    guard case .counted(let count) = sample, let policy = policy(of: wait) else { return false }
    if count.reaches(policy) { return true }
    guard policy.onDeadline.value == .proceed, let floor = policy.floor, let progress = waits[wait],
      instant >= progress.deadline(policy)
    else { return false }
    return floor.value.isReached(by: count.adopted, of: count.counted)
  }

  /// Keeps a count that was made after its wait had passed: right before an update.
  mutating func keepGuardSample(_ wait: Int, _ sample: WaitSample, at instant: Instant) {
    if stillHolds(wait, sample, at: instant) {
      holdingCounts[wait] = nil
    } else {
      holdingCounts[wait] = HoldingCount(
        since: holdingCounts[wait]?.since ?? instant, at: instant, sample: sample)
    }
  }

  /// For each site its wait for verification to be off; nil for sites that keep it on.
  static func verificationWaits(of graph: StepGraph) -> [Int?] {
    var waits = [Int?](repeating: nil, count: graph.plan.sites.count)
    for (position, step) in graph.steps.enumerated() {
      if step.action == .awaitVerificationDisabled, let site = graph.site(of: position) {
        waits[site] = position
      }
    }
    return waits
  }
}
