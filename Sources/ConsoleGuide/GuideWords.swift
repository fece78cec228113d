/// The words between the texts of a language.
package struct GuideWords: Sendable {
  /// What stands before a line that says what the screen shows.
  package let lookLead: String

  /// What stands before a line that says how to tell that it worked.
  package let proofLead: String

  /// What stands before a line that says what to do where it did not.
  package let troubleLead: String

  /// Between the last two of several.
  let and: String

  /// Where a console is: `{address}` and `{port}`.
  let console: String

  /// Where a password is, by the kind of its reference: `{name}`.
  let environment: String
  let passwordFile: String
  let program: String

  /// How verification stands.
  let on: String
  let off: String

  /// A list or a state that nobody could see.
  let unseen: String

  /// Clients of a function of the operating system: `{name}`.
  let clientsOf: String

  func look(_ line: String) -> String { lookLead + line }
  func proof(_ line: String) -> String { proofLead + line }
  func trouble(_ line: String) -> String { troubleLead + line }

  /// `a`, `a and b`, `a, b and c`.
  package func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " \(and) " + last
  }
}
