package import Estate
package import RotationEngine

/// An operation that was done to a lab, or that went wrong there.
package struct LabDeed: Sendable {
  /// When, in virtual time.
  package let at: Instant

  /// Who: `act`, `rest paris/sepm-par-01 rotation`.
  package let by: String

  /// What.
  package let operation: EstateOperation

  /// Whether it was done.
  package let isDone: Bool
}

/// Somebody beside a lab who hears of each operation while it happens. Neither function may ask the lab for anything: the
/// world stands still meanwhile.
package struct LabWitness: Sendable {
  let before: @Sendable (EstateOperation, _ author: String) -> Bool
  let after: @Sendable (EstateOperation, _ author: String) -> Void

  /// A witness.
  ///
  /// - Parameters:
  ///   - before: Is told right before an operation is done; false keeps it from being done.
  ///   - after: Is told right after, before whoever asked for it hears that it is done.
  package init(
    before: @escaping @Sendable (EstateOperation, _ author: String) -> Bool,
    after: @escaping @Sendable (EstateOperation, _ author: String) -> Void
  ) {
    self.before = before
    self.after = after
  }
}
