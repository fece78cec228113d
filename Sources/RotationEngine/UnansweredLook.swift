/// A look at a step's effect that had no answer: neither yes nor no.
package struct UnansweredLook: Sendable, Equatable {
  /// The first such look in a row.
  package let since: Instant

  /// The last one.
  package let at: Instant

  /// Why the last one had no answer.
  package let reason: String
}
