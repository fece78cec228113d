import PlanModel
import PlanText
import RotationGraph

/// A count of clients right before a certificate update that did not let the update begin.
package struct HoldingCount: Sendable, Equatable {
  /// The first such count in a row.
  package let since: Instant

  /// The last one.
  package let at: Instant

  /// What it saw.
  package let sample: WaitSample

  /// Since when nobody can be counted; nil where the last count counted.
  package let uncountedSince: Instant?
}

/// The last count of clients before a certificate update, whatever it came to.
package struct GuardCount: Sendable, Equatable {
  /// When it was made.
  package let at: Instant

  /// What it saw.
  package let sample: WaitSample

  /// Whether the update may be done by it.
  package let isEnough: Bool
}

extension RunState {
  /// The wait whose clients must still have adopted when a certificate is updated: the wait that the
  /// update directly follows, else the site's wait for verification to be off; nil for other steps and
  /// for the first server of a failover.
  package func guardingWait(of step: Int) -> Int? {
    guard graph.steps[step].action.changesCertificate, let site = graph.site(of: step) else {
      return nil
    }
    let direct = graph.dependencies[step].first { graph.steps[Int($0)].action.waitKind != nil }
    return direct.map(Int.init) ?? verificationWaits[site]
  }

  /// The count that holds a certificate update back, which could begin otherwise; nil for any other
  /// step.
  package func holdingCount(of step: Int) -> HoldingCount? {
    switch steps[step].phase {
    case .pending where isReady(step) && !isHeldByLine(step), .retrying where !isHeldByLine(step):
      holdingCounts[step]
    default: nil
    }
  }

  /// The last count for the open gate of a certificate update: of the day on which the gate opened, or a later
  /// one. Nil for any other step, and where nobody has to be counted.
  package func gateCount(of step: Int) -> GuardCount? {
    steps[step].phase == .gateOpen ? guardCounts[step] : nil
  }

  /// The wait whose clients are counted again while the gate of a certificate update is open; nil for any
  /// other step, and where an operator waived the wait.
  func recountedWait(of step: Int) -> Int? {
    guard steps[step].phase == .gateOpen, let wait = guardingWait(of: step),
      steps[wait].phase != .skipped
    else { return nil }
    return wait
  }

  /// The waits whose clients may be counted again: those that go on, and those before a certificate update that is not
  /// done.
  package var countedWaits: Set<Int> {
    guard !status.isEnded else { return [] }
    var result: Set<Int> = []
    for step in steps.indices where !steps[step].isDone {
      if steps[step].phase == .waiting { result.insert(step) }
      if let wait = guardingWait(of: step) { result.insert(wait) }
    }
    return result
  }

  /// The certificate updates that a count holds back, in no order.
  package var heldUpdates: [Int] {
    holdingCounts.keys.filter { holdingCount(of: $0) != nil }
  }

  /// Whether the clients still have what the wait before `update` waited for, by the same denominator and
  /// cohorts. A wait that passed at its deadline with the floor is held to the floor; one that an
  /// operator waived guards nothing any more.
  func stillHolds(_ sample: WaitSample, before update: Int, at instant: Instant) -> Bool {
    guard let wait = guardingWait(of: update) else { return true }
    if steps[wait].phase == .skipped { return true }
    guard let policy = policy(of: wait), var progress = waits[wait] else { return false }
    progress.add(plausible(sample, of: wait), at: instant, policy: policy)
    guard progress.inconclusiveReason == nil, let count = progress.lastCount else { return false }
    if progress.thresholdsHold(policy) { return true }
    guard policy.onDeadline.value == .proceed, let floor = policy.floor,
      instant >= progress.deadline(policy)
    else { return false }
    return floor.value.isReached(by: count.adopted, of: progress.denominator)
      && count.reachesCohorts(of: policy)
  }

  /// Keeps a count that was made right before an update.
  mutating func keepGuardSample(_ update: Int, _ sample: WaitSample, at instant: Instant) {
    let isEnough = stillHolds(sample, before: update, at: instant)
    guardCounts[update] = GuardCount(at: instant, sample: sample, isEnough: isEnough)
    if isEnough {
      holdingCounts[update] = nil
    } else {
      let before = holdingCounts[update]
      var uncountedSince: Instant?
      if let wait = guardingWait(of: update), case .inconclusive = plausible(sample, of: wait) {
        uncountedSince = before?.uncountedSince ?? instant
      }
      holdingCounts[update] = HoldingCount(
        since: before?.since ?? instant, at: instant, sample: sample,
        uncountedSince: uncountedSince)
    }
  }

  /// A count that cannot be right is no count: nobody at all, or less than half of the clients that the
  /// plan expects. An API that answers with an empty page must not let a wait pass.
  func plausible(_ sample: WaitSample, of wait: Int) -> WaitSample {
    guard case .counted(let count) = sample, let site = graph.site(of: wait) else { return sample }
    let reason = count.implausibility(expecting: graph.plan.sites[site].clients?.value)
    return reason.map { .inconclusive(reason: $0) } ?? sample
  }

  /// For each site its wait for verification to be off; nil for sites that keep it on.
  static func verificationWaits(of graph: StepGraph) -> [Int?] {
    var waits = [Int?](repeating: nil, count: graph.plan.sites.count)
    for (position, step) in graph.steps.enumerated() {
      if step.action.waitKind == .verificationDisabled, let site = graph.site(of: position) {
        waits[site] = position
      }
    }
    return waits
  }
}

extension AdoptionCount {
  /// Why it cannot be right where the plan expects so many clients; nil where it can.
  package func implausibility(expecting expected: Int?) -> String? {
    if expected == 0 { return nil }
    guard counted > 0 else { return "No client was counted." }
    let seen = counted + stale + excluded
    guard let expected, seen * 2 < expected else { return nil }
    return "Only \(seen) clients were found; the plan expects \(expected)."
  }
}
