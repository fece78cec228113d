public import PlanText

/// Where a value of a plan comes from.
public struct ValueOrigin: Sendable, Equatable {
  /// The keys that lead to it: `sites.paris.servers.sepm-par-01.address`, `replication[0].sites[1]`.
  public let path: String

  /// The value as text; three asterisks for what may be a secret.
  public let value: String

  /// Where it stands; nil for what holds because the plan says nothing.
  public let span: SourceSpan?

  /// A value at `path`.
  public init(path: String, value: String, span: SourceSpan?) {
    self.path = path
    self.value = value
    self.span = span
  }
}
