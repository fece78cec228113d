import CanonicalJSON
import PlanModel
import RotationGraph

extension Scheduler {
  /// Starts what may start, then looks whether anything is left to do.
  mutating func advance() {
    for step in state.newlyReady where state.steps[step].phase == .pending { queue.insert(step) }
    state.newlyReady.removeAll(keepingCapacity: true)
    guard state.start != nil else { return }
    if canStart {
      while let step = queue.next() {
        // A step may have left the phase in which it was queued.
        guard state.steps[step].phase == .pending, state.isReady(step), work[step] == nil,
          !state.isHeldByLine(step)
        else { continue }
        launch(step)
      }
    }
    comeToRest()
  }

  /// Begins an attempt, the first or another: at a certificate update with a fresh count of the clients,
  /// at anything else with its intent.
  mutating func launch(_ step: Int) {
    if state.steps[step].unknownSince != nil {
      beginAttempt(step)
    } else if let wait = state.guardingWait(of: step) {
      queue.occupy(step)
      begin(.sampling, step, with: .sample(step: wait, purpose: .guardOf(step)))
    } else {
      beginAttempt(step)
    }
  }

  /// Records the intent and asks for the effect; where it may be there already, it is looked for first.
  mutating func beginAttempt(_ step: Int) {
    let attempt = state.steps[step].attempt + 1
    emit(.stepStarted(step: step, attempt: attempt))
    if state.steps[step].unknownSince != nil {
      queue.occupy(step)
      begin(.observing, step, with: .observe(step: step))
    } else if state.graph.steps[step].action.waitKind != nil {
      begin(.sampling, step, with: .sample(step: step, purpose: .wait))
    } else if options.looksBefore, attempt == 1, state.graph.steps[step].action.mayBeDoneBefore {
      queue.occupy(step)
      begin(.lookingBefore, step, with: .observe(step: step))
    } else {
      bringAbout(step)
    }
  }

  /// Asks a person or the driver for the effect.
  private mutating func bringAbout(_ step: Int) {
    if state.graph.steps[step].channel == .operator {
      begin(.describing, step, with: .describeGate(step: step, reason: nil))
    } else {
      queue.occupy(step)
      begin(.performing, step, with: .perform(step: step, attempt: state.steps[step].attempt))
    }
  }

  /// What was found before anybody was asked for the effect; without an answer it is asked for as if it was not there.
  private mutating func takeFirstLook(_ finding: Finding, of step: Int) {
    guard state.steps[step].phase == .running else { return }
    if case .done(let evidence) = finding {
      emit(
        .stepSucceeded(
          step: step, attempt: state.steps[step].attempt,
          evidence: Evidence(
            [.init("foundDone", .bool(true)), .init("note", .string("done before this run"))]
              + evidence.members, attachments: evidence.attachments)))
    } else if canStart {
      bringAbout(step)
    }
    // Else it has an intent and no outcome: whoever goes on with the run takes it up.
  }

  /// A driver's answer.
  mutating func take(_ answer: StepAnswer, of step: Int) {
    guard take(.performing, from: step) else { return }
    queue.vacate(step)
    guard state.steps[step].phase == .running else { return }
    let attempt = state.steps[step].attempt
    switch answer {
    case .succeeded(let evidence):
      emit(.stepSucceeded(step: step, attempt: attempt, evidence: evidence))
    case .needsOperator(let reason):
      begin(.describing, step, with: .describeGate(step: step, reason: reason))
    case .failed(let failure):
      // A step stopped on the way out has an intent and no outcome: the next executor observes it.
      if failure.kind == .cancelled, isStopping { return }
      fail(step, failure)
    }
  }

  mutating func fail(_ step: Int, _ failure: StepFailure) {
    let attempt = state.steps[step].attempt
    var retryAt: Instant?
    if failure.isPassing
      || failure.isRetryable && state.steps[step].limitedAttempts < options.retries.attempts
    {
      retryAt =
        now
        + options.retries.pause(
          afterAttempt: state.steps[step].attemptsSinceReset, key: state.graph.id(of: step))
    }
    emit(.stepFailed(step: step, attempt: attempt, failure: failure, retryAt: retryAt))
    if let retryAt { timers.set(step, at: retryAt) }
  }

  /// The next attempt after a failed one: where the effect can be seen, it is looked for first, since a
  /// failed attempt may have done its work before it failed.
  mutating func tryAgain(_ step: Int) {
    if state.graph.steps[step].action.effect.needsEvidence {
      queue.occupy(step)
      begin(.observing, step, with: .observe(step: step))
    } else {
      launch(step)
    }
  }

  /// What an observation found: of a gate that was approved, of an interrupted attempt, or before
  /// another attempt.
  mutating func take(_ finding: Finding, of step: Int) {
    if take(.lookingBefore, from: step) {
      queue.vacate(step)
      return takeFirstLook(finding, of: step)
    }
    guard take(.observing, from: step) else { return }
    queue.vacate(step)
    let attempt = state.steps[step].attempt
    if case .inconclusive = finding { return askAgain(step, finding) }
    switch state.steps[step].phase {
    case .gateApproved:
      confirm(step, finding)
    case .gateOpen:
      if case .done(let evidence) = finding {
        emit(.stepSucceeded(step: step, attempt: attempt, evidence: evidence))
      } else {
        emit(.stepInterrupted(step: step, attempt: attempt, finding: finding))
        begin(.attending, step, with: .attend(step: step))
      }
    case .running:
      emit(.stepInterrupted(step: step, attempt: attempt, finding: finding))
      settle(step, finding)
    case .retrying:
      if case .unknown = finding {
        emit(.stepInterrupted(step: step, attempt: attempt, finding: finding))
      }
      settle(step, finding)
    default:
      break
    }
  }

  /// Goes on after an observation (`docs/PROCEDURE.md`, "Attempts"): done counts, not done is done
  /// again unless it must not be, unknown is left in doubt where evidence is needed.
  private mutating func settle(_ step: Int, _ finding: Finding) {
    let effect = state.graph.steps[step].action.effect
    switch finding {
    case .done(let evidence):
      emit(
        .stepSucceeded(step: step, attempt: state.steps[step].attempt, evidence: evidence))
    case .notDone(let reason):
      if effect == .nonRepeatable {
        emit(
          .stepInterrupted(
            step: step, attempt: state.steps[step].attempt, finding: .unknown(reason)))
      } else if mayStart(step) {
        launch(step)
      }
    case .unknown:
      if case .retrying = state.steps[step].phase, !effect.needsEvidence, mayStart(step) {
        launch(step)
      }
    case .inconclusive:
      askAgain(step, finding)
    }
  }

  /// No answer is neither yes nor no: the probe is asked again later, for as long as it takes. It is recorded, so that a
  /// person is called when it goes on.
  private mutating func askAgain(_ step: Int, _ finding: Finding) {
    emit(.stepInterrupted(step: step, attempt: state.steps[step].attempt, finding: finding))
    let since = state.unanswered[step]?.since ?? now
    timers.set(
      step, at: now + options.retries.pause(since: now - since, key: state.graph.id(of: step)))
  }

  /// Whether anything new may begin.
  var canStart: Bool {
    !isStopping && !state.isPaused && aborting == nil && !state.status.isEnded
  }

  /// Whether this step may begin.
  func mayStart(_ step: Int) -> Bool { canStart && !state.isHeldByLine(step) }

  /// What the probe says about a gate that a person closed.
  private mutating func confirm(_ step: Int, _ finding: Finding) {
    let attempt = state.steps[step].attempt
    switch finding {
    case .done(let evidence):
      emit(.stepSucceeded(step: step, attempt: attempt, evidence: evidence))
    case .notDone(let reason):
      begin(.describing, step, with: .describeGate(step: step, reason: reason))
    case .unknown(let reason):
      emit(
        .stepSucceeded(
          step: step, attempt: attempt,
          evidence: Evidence([
            .init("confirmedBy", .string("operator")), .init("notProbed", .string(reason)),
          ])))
    case .inconclusive:
      askAgain(step, finding)
    }
  }

  /// What the person at a gate says.
  mutating func take(_ attendance: Attendance, of step: Int) {
    guard take(.attending, from: step), state.steps[step].phase == .gateOpen else { return }
    switch attendance {
    case .approved(let word): approve(step, word)
    case .rejected(let word): reject(step, word)
    case .absent: armRecount(step)
    }
  }

  mutating func approve(_ step: Int, _ word: OperatorWord) {
    emit(.gateApproved(step: step, attempt: state.steps[step].attempt, word: word))
    queue.occupy(step)
    begin(.observing, step, with: .observe(step: step))
  }

  mutating func reject(_ step: Int, _ word: OperatorWord) {
    let note = word.note.map { ": \($0)" } ?? ""
    fail(
      step,
      StepFailure(
        .rejected, "\(word.by) rejected the gate\(note).",
        help:
          "Retry the step to open its gate again, or skip it if it is not needed\(riskOfSkipping(step))."
      ))
  }

  /// What help adds where it proposes to go on without a step.
  func riskOfSkipping(_ step: Int) -> String {
    state.danger(ofSkipping: step) == nil ? "" : ", accepting that clients may be orphaned by that"
  }

  /// Looks at every step whose instant has come.
  mutating func takeTimers() {
    for step in timers.take(dueAt: now) {
      guard work[step] == nil else { continue }
      switch state.steps[step].phase {
      case .waiting:
        begin(.sampling, step, with: .sample(step: step, purpose: .wait))
      case .retrying(let due):
        if !mayStart(step) {
          break
        } else if due <= now {
          tryAgain(step)
        } else {
          timers.set(step, at: due)
        }
      case .pending:
        if state.holdingCount(of: step) != nil { queue.insert(step) }
      case .gateOpen where state.steps[step].unknownSince == nil: recount(step)
      case .running, .gateApproved, .gateOpen:
        queue.occupy(step)
        begin(.observing, step, with: .observe(step: step))
      default:
        break
      }
    }
  }
}
