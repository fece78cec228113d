package import RotationEngine

/// What a list of runs shows of each.
package struct RunEntry: Sendable, Equatable {
  /// Where a run stands, by its last event.
  package enum Standing: String, Sendable, CaseIterable {
    /// Not at its end: going, or resting until someone resumes it.
    case unfinished
    case succeeded
    /// A failed run keeps its sites: it can be tried again, or aborted.
    case failed
    case aborted
  }

  /// `NAME-N`.
  package let id: String

  /// The plan's name.
  package let plan: String

  /// The graph's digest.
  package let digest: String

  /// When it was made, in real time.
  package let createdAt: Instant

  /// The kind of its world: ``RecordedWorld/kind``.
  package let world: String

  /// The number of events.
  package let eventCount: Int

  /// The hash of the last event, or of the run's facts before the first, in hexadecimal.
  package let headHash: String

  /// The type of the last one; nil without events.
  package let lastType: String?

  /// When that was, by the run's clock.
  package let lastAt: Instant?

  /// Who may write; nil where nobody took or everybody gave back the lease.
  package let lease: LeaseTerm?

  /// Where it stands.
  package var standing: Standing { RunEntry.standing(lastType) }

  /// Where it stands, as its last event alone tells it: `waiting`.
  var words: String {
    switch lastType {
    case nil: "not started"
    case "run-waiting": "waiting"
    case "run-paused": "paused"
    default: standing == .unfinished ? "under way" : standing.rawValue
    }
  }

  static func standing(_ lastType: String?) -> Standing {
    switch lastType {
    case "run-succeeded": .succeeded
    case "run-failed": .failed
    case "run-aborted": .aborted
    default: .unfinished
    }
  }
}
