/// Why a lab cannot be, or not do what it is asked for.
package struct LabError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What happened and what to do next.
  package let message: String

  /// An error.
  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
