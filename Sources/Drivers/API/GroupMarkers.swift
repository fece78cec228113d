package import CanonicalJSON
package import SEPMClient

/// The policy times that the groups of a site had once a change was confirmed: what clients are held against, and the
/// attachment of the step that made the change (`docs/SEPM.md`, "What counts as adopted").
package struct GroupMarkers: Sendable, Equatable {
  /// For each group its policy's time, in the server's milliseconds since 1970.
  package var times: [SEPMID: Int64]

  /// When the change had been confirmed, in the server's milliseconds since 1970: clients must have been there since.
  package let changedAt: Int64

  /// Markers.
  package init(times: [SEPMID: Int64], changedAt: Int64) {
    self.times = times
    self.changedAt = changedAt
  }

  /// The markers of groups that were read after the change.
  package init(_ groups: [ClientGroup], changedAt: ServerTime) {
    self.init(times: Self.times(of: groups), changedAt: changedAt.milliseconds)
  }

  /// For each group its policy's time, in the server's milliseconds since 1970.
  static func times(of groups: [ClientGroup]) -> [SEPMID: Int64] {
    Dictionary(
      groups.compactMap { group in group.policyDate.map { (group.id, $0.milliseconds) } },
      uniquingKeysWith: max)
  }

  /// The markers as they are stored, sorted by the group's id.
  package var json: JSONValue {
    .object([
      .init("formatVersion", .string("1.0")), .init("changedAt", .integer(changedAt)),
      .init(
        "groups",
        .array(
          times.keys.sorted().map { group in
            .array([.string(group.description), .integer(times[group] ?? 0)])
          })),
    ])
  }

  /// The markers that ``json`` was made of; nil where it is none.
  package init?(_ json: JSONValue) {
    guard let changedAt = json["changedAt"]?.integer, let rows = json["groups"]?.array else {
      return nil
    }
    var times: [SEPMID: Int64] = [:]
    for row in rows {
      guard let parts = row.array, parts.count == 2,
        let id = parts[0].string.flatMap({ SEPMID($0) }), let time = parts[1].integer
      else { return nil }
      times[id] = time
    }
    self.init(times: times, changedAt: changedAt)
  }
}
