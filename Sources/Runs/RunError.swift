/// Why a run cannot be worked with: a failure of what is stored, or of what was asked for.
package struct RunError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds; the message says which run, and what to do next.
  package enum Kind: Sendable, Equatable {
    /// What is stored with the run cannot be read any more.
    case unreadable

    /// The run as it stands does not allow what was asked for.
    case refused

    /// The journal is older than what is known of the run elsewhere.
    case setBack

    /// This version of Waltz has no world of that kind, or cannot open it.
    case noWorld
  }

  /// The kind.
  package let kind: Kind

  /// What happened and what to do next.
  package let message: String

  /// An error.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}
