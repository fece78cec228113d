/// A partnership as SEPM's console would show it, for reports and tests.
package struct ReplicationReport: Sendable, Equatable {
  /// The partnership's name.
  package let name: String

  /// SEPM's status code: `SUCCEEDED`, `NEVER_REPLICATED` or `FAILED_CONNECT`.
  package let status: String

  /// How each side lists the other: `active`, `rescheduled` or `deleted`.
  package let sides: [String]

  /// How many runs failed since the partnership was restored.
  package let failedRuns: Int
}

extension SimulatedEstate {
  /// The partnerships in the order of the plan.
  package var replication: [ReplicationReport] {
    links.map {
      ReplicationReport(
        name: $0.name, status: $0.status.rawValue, sides: $0.sides.map(\.rawValue),
        failedRuns: $0.failedRuns)
    }
  }
}
