/// A partnership as SEPM's console would show it, for reports and tests.
public struct ReplicationReport: Sendable, Equatable {
  /// The partnership's name.
  public let name: String

  /// SEPM's status code: `SUCCEEDED`, `NEVER_REPLICATED` or `FAILED_CONNECT`.
  public let status: String

  /// How each side lists the other: `active`, `suspended` or `deleted`.
  public let sides: [String]

  /// How many runs failed since the partnership was restored.
  public let failedRuns: Int
}

extension SimulatedEstate {
  /// The partnerships in the order of the plan.
  public var replication: [ReplicationReport] {
    links.map {
      ReplicationReport(
        name: $0.name, status: $0.status.rawValue, sides: $0.sides.map(\.rawValue),
        failedRuns: $0.failedRuns)
    }
  }
}
