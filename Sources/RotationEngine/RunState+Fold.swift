import PlanModel
import RotationGraph

/// An event that does not follow from the ones before it.
package struct FoldError: Error, Equatable, CustomStringConvertible {
  /// The event's position.
  package let sequence: Int

  /// What does not fit.
  package let message: String

  package var description: String { "event \(sequence): \(message)" }
}

extension RunState {
  /// Takes in the next event.
  ///
  /// - Throws: ``FoldError`` where the position or the step does not fit; the state is then unchanged.
  package mutating func apply(_ event: RunEvent) throws(FoldError) {
    guard event.sequence == lastSequence + 1 else {
      throw FoldError(
        sequence: event.sequence, message: "expected event \(lastSequence + 1) at this place")
    }
    if let step = event.kind.step, !steps.indices.contains(step) {
      throw FoldError(sequence: event.sequence, message: "the graph has no step \(step)")
    }
    let previous = lastAt
    lastSequence = event.sequence
    lastAt = event.at
    if case .runAdopted = event.kind { adopt(since: previous, at: event.at) }
    fold(event.kind, at: event.at)
  }

  private mutating func fold(_ kind: RunEvent.Kind, at instant: Instant) {
    switch kind {
    case .runStarted(let start):
      self.start = start.withoutAttachments
      startedAt = instant
      status = .running
    case .runResumed:
      isPaused = false
      status = .running
    case .runPaused:
      isPaused = true
    case .runWaiting(let reason):
      status = .resting(reason)
    case .runSucceeded(let figures):
      end(.succeeded, figures)
    case .runFailed(let figures):
      end(.failed, figures)
    case .runAborted(let figures):
      end(.aborted, figures)
    case .requestRefused, .runAdopted, .runUnlocked:
      break
    case .stepStarted(let step, let attempt):
      begin(step, attempt: attempt, at: instant)
    case .stepSucceeded(let step, _, let evidence):
      keepCertificateEnd(step, evidence)
      finish(step, .succeeded, at: instant)
      forgetReleases(after: step)
      steps[step].hasSucceeded = true
      steps[step].successSequence = lastSequence
      closeLedgers(step, at: instant)
    case .stepSkipped(let step, let word):
      finish(step, .skipped, at: instant)
      skips[step] = word
      cancelLedgers(step)
    case .stepFailed(let step, _, let failure, let retryAt):
      fail(step, failure.withoutAttachments, retryAt: retryAt, at: instant)
      if failure.kind == .rejected { cancelLedgers(step) }
    case .stepInterrupted(let step, _, let finding):
      interrupt(step, finding, at: instant)
    case .stepReset(let step, _):
      reset(step)
    case .waitSampled(let step, _, let event):
      let sample = event.withoutAttachments
      if let policy = policy(of: step) {
        let sample = plausible(sample, of: step)
        if case .counted(let count) = sample, let made = count.runForecast {
          (forecast, forecastAt) = (made, instant)
        }
        waits[step]?.add(sample, at: instant, policy: policy)
      } else {
        keepGuardSample(step, sample, at: instant)
      }
    case .waitPassed:
      break
    case .lineStopped(let step, let fall):
      stopLine(LineStop(step: step, at: instant, fall: fall))
    case .lineReleased:
      releaseLine()
    case .gateOpened(let step, _, let gate):
      gates[step] = gate
      move(step, to: .gateOpen)
    case .gateApproved(let step, _, _):
      if let since = steps[step].startedAt { keepAnswer(since..<max(instant, since)) }
      move(step, to: .gateApproved)
    }
  }

  /// From now on every step that is not done may have been.
  private mutating func adopt(since: Instant?, at instant: Instant) {
    adoptedAt = instant
    for step in steps.indices
    where !steps[step].isDone && graph.steps[step].action.leavesTrace {
      steps[step].unknownSince = since ?? instant
    }
  }

  private mutating func end(_ status: Status, _ figures: RunFigures) {
    self.status = status
    self.figures = figures
  }

  private mutating func begin(_ step: Int, attempt: Int, at instant: Instant) {
    steps[step].attempt = attempt
    steps[step].attemptsSinceReset += 1
    steps[step].startedAt = instant
    steps[step].firstStartedAt = steps[step].firstStartedAt ?? instant
    steps[step].endedAt = nil
    openLedgers(step, at: instant)
    if graph.steps[step].action.waitKind != nil {
      move(step, to: .waiting)
      waits[step] = WaitProgress(startedAt: instant)
    } else {
      move(step, to: .running)
    }
  }

  private mutating func finish(_ step: Int, _ phase: StepState.Phase, at instant: Instant) {
    if gates.removeValue(forKey: step) != nil, phase == .succeeded { gatesClosed += 1 }
    move(step, to: phase)
    forgetFailures(of: step)
    steps[step].unknownSince = nil
    steps[step].firstStartedAt = nil
    steps[step].endedAt = instant
    for dependent in graph.dependents[step] {
      openDependencies[Int(dependent)] -= 1
      if openDependencies[Int(dependent)] == 0 { newlyReady.append(Int(dependent)) }
    }
  }

  private mutating func fail(
    _ step: Int, _ failure: StepFailure, retryAt: Instant?, at instant: Instant
  ) {
    gates[step] = nil
    steps[step].lastFailure = failure
    steps[step].failuresInARow += 1
    if failure.isPassing { steps[step].passingFailures += 1 }
    if let retryAt {
      move(step, to: .retrying(at: retryAt))
    } else {
      move(step, to: .failed(failure))
      steps[step].endedAt = instant
    }
  }

  /// An attempt that was cut short is over: it is in doubt where evidence is needed and there is none,
  /// else another attempt is due. A look without an answer changes nothing.
  private mutating func interrupt(_ step: Int, _ finding: Finding, at instant: Instant) {
    if case .inconclusive(let reason) = finding {
      unanswered[step] = UnansweredLook(
        since: unanswered[step]?.since ?? instant, at: instant, reason: reason)
      return
    }
    unanswered[step] = nil
    let wasLost = steps[step].unknownSince != nil
    steps[step].unknownSince = nil
    // Who is asked at a gate knows what nobody can see.
    if steps[step].phase == .gateOpen { return }
    if case .unknown(let reason) = finding,
      graph.steps[step].action.needsEvidence(afterLoss: wasLost)
    {
      move(step, to: .inDoubt(reason))
    } else if steps[step].phase == .running {
      move(step, to: .retrying(at: instant))
    }
  }

  private mutating func reset(_ step: Int) {
    let wasDone = steps[step].isDone
    gates[step] = nil
    skips[step] = nil
    move(step, to: .pending)
    steps[step].attemptsSinceReset = 0
    steps[step].passingFailures = 0
    forgetFailures(of: step)
    steps[step].endedAt = nil
    if wasDone {
      for dependent in graph.dependents[step] { openDependencies[Int(dependent)] += 1 }
    }
    if openDependencies[step] == 0 { newlyReady.append(step) }
  }

  private mutating func forgetFailures(of step: Int) {
    steps[step].lastFailure = nil
    steps[step].failuresInARow = 0
  }

  private mutating func move(_ step: Int, to phase: StepState.Phase) {
    counts.count(steps[step].phase, by: -1)
    counts.count(phase, by: 1)
    steps[step].phase = phase
    unanswered[step] = nil
  }

  /// What is opened counts from its first attempt: from then on it may be open.
  private mutating func openLedgers(_ step: Int, at instant: Instant) {
    switch (graph.steps[step].action.opens, graph.steps[step].target) {
    case (.verificationOff, .site(let site)): verificationOff.open(site, at: instant)
    case (.replicationBroken, .partnership(let index)): replicationBroken.open(index, at: instant)
    default: break
    }
  }

  /// What a person did not do after all opened nothing.
  private mutating func cancelLedgers(_ step: Int) {
    guard !steps[step].hasSucceeded, graph.steps[step].channel == .operator else { return }
    switch (graph.steps[step].action.opens, graph.steps[step].target) {
    case (.verificationOff, .site(let site)): verificationOff.cancel(site)
    case (.replicationBroken, .partnership(let index)): replicationBroken.cancel(index)
    default: break
    }
  }

  private mutating func closeLedgers(_ step: Int, at instant: Instant) {
    switch (graph.steps[step].action.closes, graph.steps[step].target) {
    case (.verificationOff, .site(let site)): verificationOff.close(site, at: instant)
    case (.replicationBroken, .partnership(let index)): replicationBroken.close(index, at: instant)
    default: break
    }
  }
}

extension RunEvent.Kind {
  /// The step that the event is about; nil for events of the whole run.
  package var step: Int? {
    switch self {
    case .stepStarted(let step, _), .stepSucceeded(let step, _, _), .stepFailed(let step, _, _, _),
      .stepInterrupted(let step, _, _), .stepSkipped(let step, _), .waitSampled(let step, _, _),
      .waitPassed(let step, _, _), .gateOpened(let step, _, _), .gateApproved(let step, _, _),
      .stepReset(let step, _), .lineStopped(let step, _):
      step
    case .runStarted, .requestRefused, .runWaiting, .runPaused, .runResumed, .runAdopted,
      .runUnlocked, .lineReleased, .runSucceeded, .runFailed, .runAborted:
      nil
    }
  }
}
