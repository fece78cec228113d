/// What an operator asks of a run, from any process; the executor turns it into events.
package struct OperatorRequest: Sendable, Equatable {
  /// What can be asked.
  package enum Verb: String, Sendable, CaseIterable {
    /// The gate's action is done.
    case approve

    /// The gate's action will not be done.
    case reject

    /// Do a failed step again.
    case retry

    /// Take a step as not needed.
    case skip

    /// Start nothing new.
    case pause

    /// Go on.
    case unpause

    /// End the run as it stands.
    case abort

    /// Say of a step in doubt that it happened.
    case resolveDone = "resolve-done"

    /// Say of a step in doubt that it did not happen.
    case resolveNotDone = "resolve-not-done"

    /// The journal is a copy, perhaps an old one: what happened since is not known.
    case adopt

    /// The hold on the run was taken from an executor that was believed to be gone.
    case unlock
  }

  /// The number that the mailbox gave it.
  package let id: Int64

  /// What is asked.
  package let verb: Verb

  /// Of which step, by id; nil for what is about the whole run.
  package let step: String?

  /// Who asks, and why.
  package let word: OperatorWord

  /// A request.
  package init(id: Int64, verb: Verb, step: String?, word: OperatorWord) {
    self.id = id
    self.verb = verb
    self.step = step
    self.word = word
  }
}

extension OperatorRequest {
  /// `approve back-up-server/paris/sepm-par-01`, as it was typed.
  package var words: String {
    verb.rawValue + (step.map { " \($0)" } ?? "")
  }

  /// What was done by it once it is followed: `approved`, `resolved as done`.
  package var participle: String {
    switch verb {
    case .resolveDone: "resolved as done"
    case .resolveNotDone: "resolved as not done"
    default: verb.participle
    }
  }
}

/// A request as it stands in a run's mailbox, for whoever looks at it.
package struct PostedRequest: Sendable, Equatable {
  /// The request.
  package let request: OperatorRequest

  /// When it was posted, in real time.
  package let postedAt: Instant

  /// Whether the executor at work has taken it up, and has not recorded its answer yet.
  package let isTaken: Bool

  /// A request of a mailbox.
  package init(_ request: OperatorRequest, postedAt: Instant, isTaken: Bool) {
    self.request = request
    self.postedAt = postedAt
    self.isTaken = isTaken
  }
}
