import PlanModel
import RotationEngine
import RotationGraph

/// What reports say of one kind of thing that a run has opened and not closed.
struct OpeningWords {
  /// What is open, as the subject of a sentence.
  let subject: String

  /// What is so for certain, and what may be so.
  let certain: String
  let possible: String

  /// The words for an opening of what has this name.
  init(_ opening: Opening, of name: String) {
    switch opening {
    case .certificateUnproven:
      subject = "What \(name) presents"
      certain = "was not checked since its certificate changed"
      possible = "may have changed and was not checked"
    case .verificationOff:
      subject = "Clients of \(name)"
      certain = "do not check signatures"
      possible = "may not be checking signatures"
    case .clientsOnHTTP:
      subject = "Clients of \(name)"
      certain = "use HTTP"
      possible = "may use HTTP"
    case .replicationBroken:
      subject = "Replication \(name)"
      certain = "is broken"
      possible = "may be broken"
    }
  }
}
