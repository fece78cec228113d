import CanonicalJSON
import PlanModel
import PlanText
import RotationGraph

extension Scheduler {
  /// A count of clients, for a wait or for the check before an update.
  mutating func take(_ sample: WaitSample, of step: Int, for purpose: SamplePurpose) {
    switch purpose {
    case .wait: takeWaitSample(sample, of: step)
    case .guardOf(let update): takeGuardSample(sample, of: step, before: update)
    }
  }

  private mutating func takeWaitSample(_ sample: WaitSample, of step: Int) {
    guard take(.sampling, from: step), state.steps[step].phase == .waiting,
      let policy = state.policy(of: step)
    else { return }
    emit(.waitSampled(step: step, sample: sample))
    guard let progress = state.waits[step] else { return }
    switch progress.verdict(at: now, policy: policy) {
    case .passed(let passing):
      emit(.waitPassed(step: step, passing: passing))
      emit(
        .stepSucceeded(
          step: step, attempt: state.steps[step].attempt,
          evidence: Evidence([
            .init("adopted", .integer(Int64(passing.adopted))),
            .init("counted", .integer(Int64(passing.counted))),
            .init("ground", .string(passing.ground.rawValue)),
          ])))
    case .failed:
      let share = progress.share.map { "\($0)" } ?? "no count"
      fail(
        step,
        StepFailure(
          .timedOut,
          "The deadline of \(policy.deadline.value.planNotation) passed at \(share) of "
            + "\(policy.adopted.value).",
          help: "See `waltz status --stragglers` for the clients that hold it back, then "
            + "`waltz retry` to wait again or `waltz skip` to go on without them."))
    case .goOn, .held:
      timers.set(step, at: progress.nextPoll(policy))
    }
  }

  /// Under the threshold the update holds; it is looked at again at the pace of the wait.
  private mutating func takeGuardSample(
    _ sample: WaitSample, of wait: Int, before update: Int
  ) {
    guard take(.sampling, from: update) else { return }
    queue.vacate(update)
    guard state.steps[update].phase == .pending, let policy = state.policy(of: wait) else { return }
    emit(.waitSampled(step: wait, sample: sample))
    if state.stillHolds(wait, sample, at: now) {
      heldUpdates[update] = nil
      if canStart { beginAttempt(update) } else { queue.insert(update) }
    } else {
      let next = now + policy.every.value
      if heldUpdates[update] == nil { heldUpdates[update] = now }
      timers.set(update, at: next)
    }
  }
}
