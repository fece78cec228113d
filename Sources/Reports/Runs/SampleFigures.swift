import PlanModel
import PlanText
import RotationEngine

/// A count against the wait that it belongs to, independent of the polls after it.
struct SampleFigures {
  let count: AdoptionCount
  /// The clients that count: the frozen denominator with joins and without removals.
  let denominator: Int
  let share: Share
  /// Whether the share of the plan and of every cohort is reached; false where there is no policy.
  let holds: Bool

  /// A count by a poll of a wait, or right before an update, which is then the step.
  init(_ count: AdoptionCount, of step: Int, in state: RunState) {
    self.count = count
    let wait = state.guardingWait(of: step) ?? step
    let frozen = state.waits[wait]?.frozen ?? count.counted
    let denominator = count.denominator(frozen: frozen)
    self.denominator = denominator
    share = Share(min(count.adopted, denominator), of: denominator)
    guard let policy = state.policy(of: wait) else {
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
