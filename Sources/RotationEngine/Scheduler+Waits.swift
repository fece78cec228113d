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

  /// The wait whose clients must still have adopted when a certificate is updated: the wait that the
  /// update directly follows, else the site's wait for verification to be off; nil for other steps and
  /// for the first server of a failover.
  func guardingWait(of step: Int) -> Int? {
    let graph = state.graph
    guard graph.steps[step].action == .updateCertificate, let site = graph.site(of: step) else {
      return nil
    }
    let direct = graph.dependencies[step].first { graph.steps[Int($0)].action.waitKind != nil }
    return direct.map(Int.init) ?? verificationWaitOfSite[site]
  }

  /// Under the threshold the update holds; it is looked at again at the pace of the wait.
  private mutating func takeGuardSample(
    _ sample: WaitSample, of wait: Int, before update: Int
  ) {
    guard take(.sampling, from: update) else { return }
    queue.vacate(update)
    guard state.steps[update].phase == .pending, let policy = state.policy(of: wait) else { return }
    emit(.waitSampled(step: wait, sample: sample))
    // A wait that an operator waived guards nothing any more.
    let isWaived = state.steps[wait].phase == .skipped
    if isWaived || holds(sample, of: wait, policy) {
      heldUpdates[update] = nil
      if canStart { beginAttempt(update) } else { queue.insert(update) }
    } else {
      let next = now + policy.every.value
      if heldUpdates[update] == nil { heldUpdates[update] = now }
      timers.set(update, at: next)
    }
  }

  /// Whether the clients still have what the wait waited for; a wait that passed at its deadline with
  /// the floor is held to the floor.
  private func holds(_ sample: WaitSample, of wait: Int, _ policy: WaitPolicy) -> Bool {
    guard case .counted(let count) = sample else { return false }
    if count.reaches(policy) { return true }
    guard policy.onDeadline.value == .proceed, let floor = policy.floor,
      let progress = state.waits[wait], now >= progress.deadline(policy)
    else { return false }
    return floor.value.isReached(by: count.adopted, of: count.counted)
  }
}
