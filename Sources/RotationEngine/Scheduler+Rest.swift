import PlanModel
import PlanText
import RotationGraph

extension Scheduler {
  /// Takes up a run that an executor left, in whatever state: what operators asked meanwhile is
  /// followed, and what was under way is looked at first.
  mutating func resume(by name: String, _ requests: [OperatorRequest]) {
    // First of all, so that everything since is looked at.
    take(requests.filter { $0.verb == .adopt })
    if !state.status.isEnded, !state.isPaused { emit(.runResumed(by: name)) }
    take(requests)
    if !state.status.isEnded, !state.isPaused { takeUp() }
  }

  /// Gives every step that is neither done nor waiting to start its task or its timer again.
  mutating func takeUp() {
    for step in state.steps.indices where work[step] == nil {
      switch state.steps[step].phase {
      case .running:
        takeUpRunning(step)
      case .gateOpen where state.steps[step].unknownSince != nil:
        // What is asked for may have been done and approved since.
        queue.occupy(step)
        begin(.observing, step, with: .observe(step: step))
      case .gateOpen where state.recountedWait(of: step) != nil:
        recount(step)
      case .gateOpen:
        begin(.attending, step, with: .attend(step: step))
      case .gateApproved:
        queue.occupy(step)
        begin(.observing, step, with: .observe(step: step))
      case .waiting:
        if let policy = state.policy(of: step), let progress = state.waits[step] {
          timers.set(step, at: progress.nextPoll(policy))
        }
      case .retrying(let at):
        timers.set(step, at: at)
      case .pending, .inDoubt, .failed, .succeeded, .skipped:
        break
      }
    }
  }

  /// An intent without an outcome.
  private mutating func takeUpRunning(_ step: Int) {
    let graphStep = state.graph.steps[step]
    if state.steps[step].unknownSince != nil {
      queue.occupy(step)
      begin(.observing, step, with: .observe(step: step))
    } else if graphStep.channel == .operator {
      // Nobody was asked yet: asking is no effect.
      begin(.describing, step, with: .describeGate(step: step, reason: nil))
    } else if graphStep.action.effect == .readOnly {
      emit(
        .stepInterrupted(
          step: step, attempt: state.steps[step].attempt,
          finding: .notDone("It changes nothing, so it is done again.")))
      if canStart { launch(step) }
    } else {
      queue.occupy(step)
      begin(.observing, step, with: .observe(step: step))
    }
  }

  /// Ends the run, or the executor's stay, where nothing more can be done.
  mutating func comeToRest() {
    guard !isBusy, !isEnding else { return }
    if aborting != nil, state.status != .succeeded, state.status != .aborted {
      isEnding = true
      return ask(.tellTruth)
    }
    switch state.status {
    case .new: break
    case .succeeded: finish(.succeeded)
    case .failed: finish(.failed)
    case .aborted: finish(.aborted)
    case .running, .resting:
      if state.isComplete || isStuck {
        isEnding = true
        ask(.tellTruth)
      } else if let reason = restReason {
        if state.status != .resting(reason) { emit(.runWaiting(reason)) }
        finish(.resting(reason))
      }
    }
  }

  private mutating func finish(_ end: RunEnd) {
    isEnding = true
    ask(.finish(end))
  }

  /// Whether something failed and neither time nor a person at a gate brings anything further.
  private var isStuck: Bool {
    let counts = state.counts
    return counts.failed > 0 && counts.inDoubt == 0 && counts.underWay == 0
      && counts.gateOpen + counts.gateApproved == 0 && state.heldUpdates.isEmpty
      && state.stepsHeldByLine.isEmpty && canStart
  }

  /// Why there is nothing to do; nil while time or a person may bring the run further and the executor
  /// is to stay for it.
  private var restReason: RestReason? {
    if isStopping { return .stopped }
    if state.isPaused { return .paused }
    let counts = state.counts
    let canMove =
      counts.underWay + counts.gateOpen + counts.gateApproved > 0 || !state.heldUpdates.isEmpty
      || !state.stepsHeldByLine.isEmpty
    if !canMove { return counts.inDoubt > 0 ? .inDoubt : .stopped }
    if options.restsAtHeldWaits, isNothingButHeld { return .operator }
    guard options.until == .waiting else { return nil }
    // A timer that is due is still something to do now.
    if let next = timers.next, next <= now { return nil }
    if counts.inDoubt > 0 { return .inDoubt }
    if state.needsPerson(at: now) { return .operator }
    return counts.waiting > 0 || !state.heldUpdates.isEmpty ? .clients : .retry
  }

  /// Whether everything that is left polls past its deadline, or waits for the line to be released.
  private var isNothingButHeld: Bool {
    let counts = state.counts
    let held = state.stepsHeldByLine.count { state.steps[$0].phase != .pending }
    guard counts.gateOpen + counts.gateApproved + counts.running + counts.retrying == held else {
      return false
    }
    let waits = state.waits.keys.filter { state.steps[$0].phase == .waiting }
    return waits.allSatisfy { state.attention(of: $0, at: now) == .pastDeadline }
      && state.heldUpdates.allSatisfy { state.attention(of: $0, at: now) == .pastDeadline }
  }

  /// Records the run's end with the figures that matter.
  mutating func end(_ truth: EstateTruth?) {
    isEnding = false
    let figures = state.figures(at: now, truth: truth)
    if let request = aborting {
      aborting = nil
      answered.append(request.id)
      emit(.runAborted(figures))
    } else {
      emit(state.isComplete ? .runSucceeded(figures) : .runFailed(figures))
    }
  }
}

/// How an executor's stay ends.
package enum RunEnd: Sendable, Equatable {
  case succeeded
  case failed
  case aborted
  case resting(RestReason)
}
