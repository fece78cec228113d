/// Why a journal takes no more events.
package struct JournalError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds, each with its own exit status.
  package enum Kind: Sendable, Equatable {
    /// Another executor holds the run.
    case held

    /// A hold that cannot be: its times and this machine's clock contradict each other.
    case impossibleLease

    /// The lease ran out, or went to another executor.
    case leaseLost

    /// The disk, the file or its format.
    case storage
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

extension JournalError {
  /// The lease ran out between an effect's intent and the effect, which did not begin.
  package static func stoodStill(_ run: String) -> JournalError {
    JournalError(
      .leaseLost,
      "This process stood still for so long that it may not hold run \(run) any more, and stops before it does "
        + "anything else. Nothing was done since. Resume the run: what was about to begin is looked at first."
    )
  }
}
