public import RotationEngine

/// Where a run stands, in the words of `waltz status` and `waltz runs`.
public enum RunStanding: String, Sendable, CaseIterable {
  case running
  case waitingForClients = "waiting-for-clients"
  case waitingForOperator = "waiting-for-operator"
  case inDoubt = "in-doubt"
  case paused
  case stopped
  case succeeded
  case failed
  case aborted

  /// The standing of a folded run. A run whose executor stays while only clients or people can bring it
  /// further counts as waiting for them.
  public init(_ state: RunState) {
    switch state.status {
    case .succeeded: self = .succeeded
    case .failed: self = .failed
    case .aborted: self = .aborted
    case .resting(let reason): self = state.isPaused ? .paused : RunStanding(reason)
    case .new, .running:
      let counts = state.counts
      if state.isPaused {
        self = .paused
      } else if counts.running + counts.retrying + counts.gateApproved > 0 {
        self = .running
      } else if counts.inDoubt > 0 {
        self = .inDoubt
      } else if counts.gateOpen > 0 {
        self = .waitingForOperator
      } else {
        let isHeld = state.steps.indices.contains { state.holdingCount(of: $0) != nil }
        self = counts.waiting > 0 || isHeld ? .waitingForClients : .running
      }
    }
  }

  /// Why a run rests.
  public init(_ reason: RestReason) {
    switch reason {
    case .clients: self = .waitingForClients
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
    case .waitingForClients: "waiting for clients"
    case .waitingForOperator: "waiting for an operator"
    case .inDoubt: "in doubt"
    case .paused: "paused"
    case .stopped: "stopped"
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .aborted: "aborted"
    }
  }

  var meaning: Palette.Meaning {
    switch self {
    case .running: .busy
    case .waitingForClients, .paused, .stopped: .waiting
    case .waitingForOperator: .person
    case .inDoubt, .failed, .aborted: .trouble
    case .succeeded: .good
    }
  }
}
