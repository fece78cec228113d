package import PlanText

/// What `record-settings` takes down as what to go back to, where it finds a site in the middle of a rotation: without
/// it verification that is found off would stay off for good (`docs/PROCEDURE.md`, "Settings that were changed before").
package struct RecordedSettings: Sendable, Equatable {
  /// Which verification is put back.
  package enum Verification: String, Sendable, CaseIterable {
    /// Off stays off: these clients never verified.
    case asFound = "as-found"

    /// On, everywhere.
    case on
  }

  /// Which management server lists are put back.
  package enum ServerLists: String, Sendable, CaseIterable {
    /// Those that are found, whatever they are called.
    case asFound = "as-found"
  }

  /// What verification is put back to; nil where the plan does not say.
  package var verification: Located<Verification>?

  /// Which lists are put back; nil where the plan does not say.
  package var serverLists: Located<ServerLists>?

  /// What a plan says, which is nothing as a rule.
  package init(
    verification: Located<Verification>? = nil, serverLists: Located<ServerLists>? = nil
  ) {
    self.verification = verification
    self.serverLists = serverLists
  }
}
