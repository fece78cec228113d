/// What repeating an action means (`docs/PROCEDURE.md`, "Attempts").
public enum EffectClass: String, Sendable, CaseIterable {
  /// Changes nothing.
  case readOnly

  /// Doing it again changes nothing more.
  case idempotent

  /// Whether it happened can be seen from outside.
  case observable

  /// Must not be done twice and cannot be seen.
  case nonRepeatable

  /// A wait for clients.
  case wait

  /// Whether carrying the action out changes the estate.
  package var isMutating: Bool {
    switch self {
    case .idempotent, .observable, .nonRepeatable: true
    case .readOnly, .wait: false
    }
  }

  /// Whether an attempt of unknown outcome must not simply be made again: without evidence it waits for an
  /// operator's word (`docs/PROCEDURE.md`, "Attempts").
  package var needsEvidence: Bool {
    switch self {
    case .observable, .nonRepeatable: true
    case .readOnly, .idempotent, .wait: false
    }
  }
}

extension Action {
  /// Whether carrying the action out leaves something behind: it changes servers or clients, or keeps what is there now
  /// for later steps.
  package var leavesTrace: Bool { effect.isMutating || self == .recordSettings }

  /// Whether an attempt of unknown outcome waits for an operator's word. After a loss of the journal also the record of
  /// the settings does: made in the middle of a rotation it would keep those of the middle.
  package func needsEvidence(afterLoss: Bool) -> Bool {
    effect.needsEvidence || (afterLoss && self == .recordSettings)
  }
}
