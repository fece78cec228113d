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

  /// What to do about it by hand.
  let putBack: String

  /// When, or how to go on: the rest of that sentence or another one.
  let rest: String

  /// The words for an opening of what has this name.
  init(_ opening: Opening, of name: String) {
    switch opening {
    case .certificateUnproven:
      subject = "What \(name) presents"
      certain = "was not checked since its certificate changed"
      possible = "may have changed and was not checked"
      putBack = "Check the certificate on every TLS port of \(name)"
      rest = ". Where some ports have the new one and some the old one, restart its services."
    case .verificationOff:
      subject = "Clients of \(name)"
      certain = "do not check signatures"
      possible = "may not be checking signatures"
      putBack = "Turn verification on again at \(name)"
      rest = "."
    case .clientsOnHTTP:
      subject = "Clients of \(name)"
      certain = "use HTTP"
      possible = "may use HTTP"
      putBack = "Put the clients of \(name) back on HTTPS"
      rest = ", when they verify again."
    case .replicationBroken:
      subject = "Replication \(name)"
      certain = "is broken"
      possible = "may be broken"
      putBack = "Restore replication \(name)"
      rest = ", when nothing is open at either site any more."
    }
  }
}
