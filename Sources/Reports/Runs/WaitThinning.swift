import PlanModel
import PlanText
public import RotationEngine

/// Leaves out the polls of waits that show a person nothing new.
///
/// A wait polls every quarter of an hour for weeks. A poll is news when it is the first of its wait, the
/// share moved by a point or more since the last one shown, a day went by, the thresholds were reached
/// or lost, or the count became inconclusive or conclusive again. Output for machines is never thinned.
public struct WaitThinning: Sendable {
  private struct Shown {
    let at: Instant
    let share: Share
    let holds: Bool
    let isConclusive: Bool
  }

  private var shown: [Int: Shown] = [:]

  /// Nothing was shown yet.
  public init() {}

  /// Whether to show an event; `state` holds the event already. Events that are no polls always are.
  public mutating func isNews(_ event: RunEvent, in state: RunState) -> Bool {
    switch event.kind {
    case .stepStarted(let step, _):
      shown[step] = nil
      return true
    case .waitSampled(let step, let sample):
      return isNews(sample, of: step, at: event.at, in: state)
    default:
      return true
    }
  }

  private mutating func isNews(
    _ sample: WaitSample, of step: Int, at instant: Instant, in state: RunState
  ) -> Bool {
    let last = shown[step]
    let now: Shown
    switch sample {
    case .inconclusive:
      now = Shown(
        at: instant, share: last?.share ?? Share(millionths: 0), holds: last?.holds ?? false,
        isConclusive: false)
    case .counted(let count):
      let figures = SampleFigures(count, of: step, in: state)
      now = Shown(at: instant, share: figures.share, holds: figures.holds, isConclusive: true)
    }
    guard let last else {
      shown[step] = now
      return true
    }
    let moved = abs(now.share.millionths - last.share.millionths) >= 10_000
    let isNews =
      moved || now.holds != last.holds || now.isConclusive != last.isConclusive
      || now.at - last.at >= .days(1)
    if isNews { shown[step] = now }
    return isNews
  }
}

/// A count against the wait that it belongs to, independent of the polls after it.
struct SampleFigures {
  let count: AdoptionCount
  /// The clients that count: the frozen denominator with joins and without removals.
  let denominator: Int
  let share: Share
  /// Whether the share of the plan and of every cohort is reached; false where there is no policy.
  let holds: Bool

  init(_ count: AdoptionCount, of step: Int, in state: RunState) {
    self.count = count
    let frozen = state.waits[step]?.frozen ?? count.counted
    let denominator = max(count.counted, frozen + count.joined - count.removed)
    self.denominator = denominator
    share = Share(min(count.adopted, denominator), of: denominator)
    guard let policy = state.policy(of: step) else {
      holds = false
      return
    }
    holds =
      policy.adopted.value.isReached(by: count.adopted, of: denominator)
      && count.cohortsBehind(policy).isEmpty
  }
}

extension AdoptionCount {
  /// The cohorts of the policy that have not reached their own share; one that was not counted has not.
  func cohortsBehind(_ policy: WaitPolicy) -> [CohortBehind] {
    policy.cohorts.compactMap { cohort in
      let name = cohort.name.value
      guard let count = cohorts.first(where: { $0.name == name }) else {
        return CohortBehind(name: name, counted: 0, adopted: 0, required: cohort.adopted.value)
      }
      guard !cohort.adopted.value.isReached(by: count.adopted, of: count.counted) else {
        return nil
      }
      return CohortBehind(
        name: name, counted: count.counted, adopted: count.adopted, required: cohort.adopted.value)
    }
  }
}

/// A cohort that holds a wait back.
struct CohortBehind: Equatable {
  let name: String
  let counted: Int
  let adopted: Int
  let required: Share

  /// `domain-controllers 3 of 4, 100% wanted`.
  var words: String {
    "\(name) \(Wording.number(adopted)) of \(Wording.number(counted)), \(required) wanted"
  }
}
