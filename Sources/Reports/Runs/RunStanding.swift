package import RotationEngine

/// Where a run stands, in the words of `waltz status` and `waltz runs`.
package enum RunStanding: String, Sendable, CaseIterable {
  case running
  /// Something was under way when its executor went, and nobody has taken it up.
  case unattended
  case waitingForClients = "waiting-for-clients"
  case waitingToRetry = "waiting-to-retry"
  case waitingForOperator = "waiting-for-operator"
  case inDoubt = "in-doubt"
  case paused
  case stopped
  case succeeded
  case failed
  case aborted

  /// The standing of a folded run at `instant`. What needs a person comes first, whatever else goes on. A
  /// run whose executor stays while only clients can bring it further counts as waiting for them; one that is
  /// recorded as going on needs an executor that is there.
  package init(
    _ state: RunState, at instant: Instant, executor: RunSurroundings.Executor = .atWork
  ) {
    self.init(RunGist(state, at: instant), executor: executor)
  }

  /// The same of a run of which only that much is known.
  package init(_ gist: RunGist, executor: RunSurroundings.Executor = .atWork) {
    let needsPerson = gist.needsPerson
    switch gist.status {
    case .succeeded: self = .succeeded
    case .failed: self = .failed
    case .aborted: self = .aborted
    case .resting where gist.isPaused: self = .paused
    case .resting(.clients) where needsPerson, .resting(.retry) where needsPerson:
      self = .waitingForOperator
    case .resting(let reason): self = RunStanding(reason)
    case .new, .running:
      let counts = gist.counts
      if gist.isPaused {
        self = .paused
      } else if executor != .atWork {
        self = .unattended
      } else if counts.inDoubt > 0 {
        self = .inDoubt
      } else if needsPerson {
        self = .waitingForOperator
      } else if counts.running + counts.retrying + counts.gateApproved > 0 {
        self = .running
      } else {
        self = counts.waiting > 0 || gist.hasHeldUpdates ? .waitingForClients : .running
      }
    }
  }

  /// Why a run rests.
  package init(_ reason: RestReason) {
    switch reason {
    case .clients: self = .waitingForClients
    case .retry: self = .waitingToRetry
    case .operator: self = .waitingForOperator
    case .inDoubt: self = .inDoubt
    case .paused: self = .paused
    case .stopped: self = .stopped
    }
  }

  /// `waiting for clients`.
  var words: String {
    switch self {
    case .running: "running"
    case .unattended: "nobody is working on it"
    case .waitingForClients: "waiting for clients"
    case .waitingToRetry: "waiting to try again"
    case .waitingForOperator: "waiting for an operator"
    case .inDoubt: "in doubt"
    case .paused: "paused"
    case .stopped: "stopped"
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .aborted: "aborted"
    }
  }

  /// `succeeded with 38 orphans`: an end that lost clients says so wherever it is named.
  func words(_ figures: RunFigures?) -> String {
    let lost = LostClients(figures).words
    return lost.isEmpty ? words : "\(words) with \(lost)"
  }

  /// The colour of an end that lost clients is that of trouble.
  func meaning(_ figures: RunFigures?) -> Palette.Meaning {
    LostClients(figures).isEmpty ? meaning : .trouble
  }

  var meaning: Palette.Meaning {
    switch self {
    case .running: .busy
    case .waitingForClients, .waitingToRetry, .paused, .stopped: .waiting
    case .unattended, .waitingForOperator: .person
    case .inDoubt, .failed, .aborted: .trouble
    case .succeeded: .good
    }
  }
}
