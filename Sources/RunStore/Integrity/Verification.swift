/// What a check of a run's record found.
package enum Verification: Sendable, Equatable {
  /// Everything is as it was written. `head` is the last hash in hexadecimal: kept elsewhere, it shows
  /// later that not even the whole chain was written anew.
  case intact(events: Int, head: String)

  /// Something is not.
  case altered(Alteration)

  /// Whether nothing was altered.
  package var isIntact: Bool {
    if case .intact = self { true } else { false }
  }

  /// What was found, in a sentence.
  package var words: String {
    switch self {
    case .intact(let events, let head):
      "\(events) events, nothing altered; the last hash is \(head)."
    case .altered(let alteration): alteration.message
    }
  }
}

/// The first place at which a run's record is not what was written.
package struct Alteration: Sendable, Equatable {
  /// What does not match.
  package enum Kind: String, Sendable, CaseIterable {
    /// The database file as a whole.
    case file
    /// The graph is not the one that the digest names.
    case graph
    /// The run's own facts.
    case header
    /// The event, its hash, or a column beside it.
    case event
    /// An event is missing before others.
    case missing
    /// An event stands at another one's place.
    case order
    /// Events are missing at the end.
    case truncated
    /// Events follow that the run does not know of.
    case inserted
    /// What the run says about its last event.
    case head
    /// What an event refers to.
    case attachment
    /// What the run's world remembers by itself.
    case world
    /// What is kept beside the journal so that looking at it is quick.
    case fold
  }

  /// What does not match.
  package let kind: Kind

  /// The position in the journal; nil where it concerns the run or the file.
  package let sequence: Int?

  /// The same in a sentence.
  package let message: String

  /// An alteration.
  package init(kind: Kind, sequence: Int?, message: String) {
    self.kind = kind
    self.sequence = sequence
    self.message = message
  }
}
