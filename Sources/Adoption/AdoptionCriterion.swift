package import SEPMClient

/// What a client must show to count as adopted (`docs/SEPM.md`, "What counts as adopted").
package struct AdoptionCriterion: Sendable, Equatable {
  /// For each group the time of the policy that its clients must have, in the server's milliseconds: read after the
  /// change was confirmed. A client of a group that is not here cannot be judged.
  package var markers: [SEPMID: Int64]

  /// The last contact must be later than this, in the server's milliseconds.
  package var changedAt: Int64

  /// After a certificate was changed: since when the services of each server that was changed have been up with it, by
  /// ``serverKey(_:)``. A last contact with one of these must be later than that.
  package var servers: [String: Int64]

  /// Whether the last contact must be with one of ``servers``: where clients verify while certificates change, that is
  /// what shows that they trust the new one.
  package var needsChangedServer: Bool

  /// A criterion.
  package init(
    markers: [SEPMID: Int64], changedAt: Int64, servers: [String: Int64] = [:],
    needsChangedServer: Bool = false
  ) {
    self.markers = markers
    self.changedAt = changedAt
    self.servers = servers
    self.needsChangedServer = needsChangedServer
  }

  /// What makes names of one server equal: SEPM may call it by another case than the plan, or by its whole name.
  package static func serverKey(_ name: String) -> String {
    String(name.prefix { $0 != "." }).lowercased()
  }

  /// What of it a client does not show; nil where it shows all.
  func obstacle(of row: Computer) -> Obstacle? {
    guard !row.isDeleted else { return .deleted }
    guard let group = row.group, let marker = markers[group] else { return .unknownGroup }
    guard let serial = row.serial else { return .noPolicy }
    guard serial.isOf(group) else { return .otherGroup }
    guard serial.time.milliseconds >= marker else { return .oldPolicy }
    let contact = row.lastContact?.milliseconds ?? 0
    guard contact > changedAt else { return .noContact }
    guard !servers.isEmpty else { return nil }
    if let up = servers[Self.serverKey(row.lastServer)] { return contact > up ? nil : .noContact }
    return needsChangedServer ? .otherServer : nil
  }

  /// Why a row does not count as adopted.
  enum Obstacle: Sendable {
    case deleted
    case unknownGroup
    case noPolicy
    case otherGroup
    case oldPolicy
    case noContact
    case otherServer
  }
}
