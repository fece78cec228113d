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
