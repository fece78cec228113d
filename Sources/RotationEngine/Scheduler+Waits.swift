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
    let attempt = state.steps[step].attempt
    emit(.waitSampled(step: step, attempt: attempt, sample: sample))
    stopLine(at: step, for: sample)
    guard let progress = state.waits[step] else { return }
    switch progress.verdict(at: now, policy: policy) {
    case .passed(let passing):
      emit(.waitPassed(step: step, attempt: attempt, passing: passing))
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
          help:
            "Look at its stragglers, the clients that hold it back. Then retry the step to wait again, or skip "
            + "it to go on without them\(riskOfSkipping(step))."))
    case .goOn, .held:
      timers.set(step, at: progress.nextPoll(policy))
    }
  }

  /// Counts the clients anew for the open gate of a certificate update: whoever is asked for it for days is told
  /// of today.
  mutating func recount(_ step: Int) {
    guard let wait = state.recountedWait(of: step) else { return }
    begin(.sampling, step, with: .sample(step: wait, purpose: .guardOf(step)))
  }

  /// Nobody is at a gate: its clients are counted again at the pace of their wait.
  mutating func armRecount(_ step: Int) {
    guard options.recountsGates, let wait = state.recountedWait(of: step),
      let policy = state.policy(of: wait)
    else { return }
    timers.set(step, at: now + policy.every.value)
  }

  /// Under the threshold the update holds; it is looked at again at the pace of the wait.
  private mutating func takeGuardSample(
    _ sample: WaitSample, of wait: Int, before update: Int
  ) {
    guard take(.sampling, from: update) else { return }
    queue.vacate(update)
    switch state.steps[update].phase {
    case .pending, .retrying: break
    case .gateOpen:
      emit(.waitSampled(step: update, attempt: state.steps[update].attempt, sample: sample))
      stopLine(at: update, for: sample)
      return begin(.attending, update, with: .attend(step: update))
    default: return
    }
    emit(
      .waitSampled(step: update, attempt: state.steps[update].attempt + 1, sample: sample))
    stopLine(at: update, for: sample)
    if state.isHeldByLine(update) { return }
    if state.holdingCount(of: update) == nil {
      if canStart { beginAttempt(update) } else { queue.insert(update) }
    } else if let next = state.nextHeldCount(of: update) {
      timers.set(update, at: next)
    }
  }
}
