package import Estate

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
