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
  }

  /// The number that the mailbox gave it.
  package let id: Int64

  /// What is asked.
  package let verb: Verb

  /// Of which step, by id; nil for `pause` and `unpause`.
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
