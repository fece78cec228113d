package import CanonicalJSON

/// What an earlier run on the same servers recorded of a site's settings, and did not put back before it ended.
package struct EarlierSettings: Sendable, Equatable {
  /// The run's id.
  package let run: String

  /// The document that it recorded.
  package let record: JSONValue

  /// Whether it may have switched verification off, and did not switch it on again.
  package let hasLeftVerification: Bool

  /// Whether clients may have been put on another management server list, and not back.
  package let hasLeftServerLists: Bool

  /// What a run left behind.
  package init(
    run: String, record: JSONValue, hasLeftVerification: Bool, hasLeftServerLists: Bool
  ) {
    self.run = run
    self.record = record
    self.hasLeftVerification = hasLeftVerification
    self.hasLeftServerLists = hasLeftServerLists
  }
}
