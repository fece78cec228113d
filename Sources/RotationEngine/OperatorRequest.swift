/// What an operator asks of a run, from any process; the executor turns it into events.
public struct OperatorRequest: Sendable, Equatable {
  /// What can be asked.
  public enum Verb: String, Sendable, CaseIterable {
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
  public let id: Int64

  /// What is asked.
  public let verb: Verb

  /// Of which step, by id; nil for `pause` and `unpause`.
  public let step: String?

  /// Who asks, and why.
  public let word: OperatorWord

  /// A request.
  public init(id: Int64, verb: Verb, step: String?, word: OperatorWord) {
    self.id = id
    self.verb = verb
    self.step = step
    self.word = word
  }
}
