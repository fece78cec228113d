import CanonicalJSON
import PlanModel
import RotationGraph

extension Scheduler {
  mutating func take(_ requests: [OperatorRequest]) {
    for request in requests where requestsInHand.insert(request.id).inserted { take(request) }
  }

  /// Follows an operator's request, or records why not.
  mutating func take(_ request: OperatorRequest) {
    answered.append(request.id)
    switch state.ruling(on: request) {
    case .refused(let reason):
      emit(.requestRefused(request: request, reason: reason))
    case .unaccepted(let danger):
      let reason = danger.words + " To skip it, accept that with `--accept-orphans`."
      emit(.requestRefused(request: request, reason: reason))
    case .pause:
      emit(.runPaused(request.word))
    case .abort:
      // Answered together with the event that ends the run.
      answered.removeLast()
      aborting = request
      for (step, task) in work where task == .attending { work[step] = nil }
    case .unpause:
      emit(.runResumed(by: request.word.by))
      takeUp()
    case .releaseLine:
      releaseLine(request.word)
    case .approve(let step):
      giveUpTask(of: step)
      approve(step, request.word)
    case .reject(let step):
      giveUpTask(of: step)
      reject(step, request.word)
    case .skip(let step):
      giveUpTask(of: step)
      emit(.stepSkipped(step: step, word: request.word))
      reopen(by: request.word.by)
    case .retry(let steps):
      for step in steps {
        giveUpTask(of: step)
        emit(.stepReset(step: step, word: request.word))
      }
      reopen(by: request.word.by)
    case .resolveDone(let step):
      emit(
        .stepSucceeded(
          step: step, attempt: state.steps[step].attempt,
          evidence: .confirmation(request.word)))
    case .resolveNotDone(let step):
      emit(.stepReset(step: step, word: request.word))
    case .noteAdoption:
      emit(.runAdopted(request.word))
    case .noteUnlock:
      emit(.runUnlocked(request.word))
    }
  }

  /// A failed run goes on once an operator gave it something to do.
  private mutating func reopen(by name: String) {
    guard state.status.isEnded else { return }
    emit(.runResumed(by: name))
  }
}

extension RunState {
  /// What is to be done about a request.
  package enum Ruling: Sendable, Equatable {
    case approve(Int)
    case reject(Int)
    case skip(Int)
    /// The steps to send back, in order.
    case retry([Int])
    case pause
    case unpause
    case releaseLine
    case abort
    case resolveDone(Int)
    case resolveNotDone(Int)
    /// The journal was adopted, and the run is to know.
    case noteAdoption
    /// The run was unlocked, which is to be recorded.
    case noteUnlock
    /// It cannot be followed, and why, in a full sentence with the way out.
    case refused(String)
    /// It asks to skip a step that protects clients, and does not accept that some may be lost.
    case unaccepted(SkipDanger)
  }

  /// Whether a request can be followed as the run stands; asked when it is made and again when the
  /// executor takes it.
  package func ruling(on request: OperatorRequest) -> Ruling {
    switch request.verb {
    case .pause:
      return isPaused ? .refused("The run is paused already.") : whileUnderWay(.pause)
    case .unpause:
      return isPaused ? .unpause : releasing(request)
    case .abort:
      return status == .succeeded || status == .aborted ? .refused("The run has ended.") : .abort
    case .adopt: return .noteAdoption
    case .unlock: return .noteUnlock
    case .approve, .reject, .retry, .skip, .resolveDone, .resolveNotDone:
      break
    }
    guard let id = request.step else { return .refused("`\(request.verb.rawValue)` needs a step.") }
    guard let step = graph.steps.indices.first(where: { graph.id(of: $0) == id }) else {
      return .refused("The run has no step `\(id)`.")
    }
    let phase = steps[step].phase
    switch (request.verb, phase) {
    case (.approve, .gateOpen): return approving(step, request)
    case (.reject, .gateOpen): return .reject(step)
    case (.resolveDone, .inDoubt): return .resolveDone(step)
    case (.resolveNotDone, .inDoubt): return .resolveNotDone(step)
    case (.skip, .failed), (.skip, .gateOpen), (.skip, .waiting), (.skip, .retrying),
      (.skip, .inDoubt):
      return skipping(step, request)
    case (.skip, .pending) where isReady(step): return skipping(step, request)
    case (.retry, .failed), (.retry, .retrying): return .retry([step])
    // Nothing tells whether it is done: who asked may ask again, or go on without.
    case (.retry, .gateApproved) where unanswered[step] != nil: return .retry([step])
    case (.skip, .gateApproved) where unanswered[step] != nil: return skipping(step, request)
    case (.retry, .succeeded): return retryOfDone(step, id)
    default:
      return .refused("`\(id)` is \(phase.words), so it cannot be \(request.verb.participle).")
    }
  }

  /// While the line is stopped, what opens something is approved only by who says that it was done already: it has to be
  /// known then, and nobody should do it now.
  private func approving(_ step: Int, _ request: OperatorRequest) -> Ruling {
    guard isLineStopped, graph.steps[step].action.beginsExposure,
      request.word.note?.isEmpty != false
    else { return .approve(step) }
    return .refused(
      "The line is stopped because contacts fell, and `\(graph.id(of: step))` would open more: do not do it now. If "
        + "it was done already, say so with `--note`. Else find out why contacts fell, and release the line first."
    )
  }

  private func skipping(_ step: Int, _ request: OperatorRequest) -> Ruling {
    if !request.word.acceptsOrphans, let danger = danger(ofSkipping: step) {
      return .unaccepted(danger)
    }
    return .skip(step)
  }

  /// A stopped line is released with a reason, by somebody who looked.
  private func releasing(_ request: OperatorRequest) -> Ruling {
    guard isLineStopped else { return .refused("The run is not paused.") }
    guard request.word.note?.isEmpty == false else {
      return .refused(
        "The line is stopped because contacts fell. To release it, say with `--note` why they did.")
    }
    return whileUnderWay(.releaseLine)
  }

  private func whileUnderWay(_ ruling: Ruling) -> Ruling {
    status.isEnded ? .refused("The run has ended.") : ruling
  }

  /// A step that is done goes back only while nothing was built on it: a failed verification sends the
  /// restart before it back, say.
  private func retryOfDone(_ step: Int, _ id: String) -> Ruling {
    let dependents = graph.dependents[step].map(Int.init)
    var failed: [Int] = []
    for dependent in dependents {
      switch steps[dependent].phase {
      case .failed: failed.append(dependent)
      case .pending: break
      default:
        return .refused(
          "`\(id)` succeeded and `\(graph.id(of: dependent))` was built on it, so it cannot be "
            + "done again.")
      }
    }
    guard !failed.isEmpty else {
      return .refused(
        "`\(id)` succeeded and nothing after it failed, so there is nothing to retry.")
    }
    return .retry([step] + failed)
  }
}

extension OperatorRequest.Verb {
  /// For messages: «cannot be …».
  var participle: String {
    switch self {
    case .approve: "approved"
    case .reject: "rejected"
    case .retry: "retried"
    case .skip: "skipped"
    case .pause: "paused"
    case .unpause: "unpaused"
    case .abort: "aborted"
    case .adopt: "adopted"
    case .unlock: "unlocked"
    case .resolveDone, .resolveNotDone: "resolved"
    }
  }
}

extension StepState.Phase {
  /// For messages: «the step is …».
  package var words: String {
    switch self {
    case .pending: "not started"
    case .running: "running"
    case .retrying: "about to be tried again"
    case .waiting: "waiting for clients"
    case .gateOpen: "waiting for an operator"
    case .gateApproved: "being confirmed"
    case .inDoubt: "in doubt"
    case .failed: "failed"
    case .succeeded: "done"
    case .skipped: "skipped"
    }
  }
}
