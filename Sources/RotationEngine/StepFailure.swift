/// Why an attempt did not succeed.
package struct StepFailure: Error, Sendable, Equatable {
  /// The three ways to end without success, and the operator's.
  package enum Kind: String, Sendable, CaseIterable {
    /// The driver said no.
    case failed

    /// The time ran out.
    case timedOut = "timed-out"

    /// The run was being stopped.
    case cancelled

    /// The operator rejected the gate.
    case rejected
  }

  /// How it ended.
  package let kind: Kind

  /// What is wrong, in a full sentence.
  package let message: String

  /// What to do next; nil where the message says it.
  package let help: String?

  /// Whether trying again may help.
  package let isRetryable: Bool

  /// Whether it passes by itself sooner or later, as a server that does not answer: it is tried again for as long as it
  /// lasts, which everything else is only a number of times.
  package let isPassing: Bool

  /// What was seen meanwhile, such as what a program printed; empty where there is nothing to show.
  package let evidence: Evidence

  /// A failure.
  package init(
    _ kind: Kind, _ message: String, help: String? = nil, isRetryable: Bool = false,
    isPassing: Bool = false, evidence: Evidence = Evidence()
  ) {
    self.kind = kind
    self.message = message
    self.help = help
    self.isRetryable = isRetryable || isPassing
    self.isPassing = isPassing
    self.evidence = evidence
  }

  /// The failure as a state keeps it: without what belongs into the store.
  var withoutAttachments: StepFailure {
    guard !evidence.attachments.isEmpty else { return self }
    return StepFailure(
      kind, message, help: help, isRetryable: isRetryable, isPassing: isPassing,
      evidence: Evidence(evidence.members))
  }
}
