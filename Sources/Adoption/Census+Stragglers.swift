package import RotationEngine
import SEPMClient

extension Census {
  /// The clients that hold the wait back at this time by the server, at most `limit` of them by name. Its clock is ahead of
  /// the run's by `skew` milliseconds: times that people see are the run's.
  package func stragglers(at time: Int64, skew: Int64, limit: Int) -> Stragglers {
    var result: [Straggler] = []
    for entry in entries where counts(entry) && !entry.rule.isExcluded {
      guard case .pending(let isOnline) = standing(of: entry, at: time) else { continue }
      let row = entry.row
      let seen = row.lastContact.map { Instant(milliseconds: $0.milliseconds - skew) }
      let (obstacle, reason) = obstacle(entry, isOnline: isOnline, seen: seen)
      result.append(
        Straggler(name: row.name, group: row.groupPath, lastSeen: seen, obstacle, reason: reason))
    }
    for member in missing where !isExplained(member, at: time) {
      result.append(
        Straggler(
          name: member.machine.name, group: "",
          lastSeen: Instant(milliseconds: member.lastContact - skew), .vanished,
          reason: Self.vanished))
    }
    return Stragglers(result, limit: limit)
  }

  private static let vanished =
    "It is no longer in the site's list, although it is too early for SEPM to have deleted it: look whether "
    + "somebody did."

  private func obstacle(
    _ entry: Entry, isOnline: Bool, seen: Instant?
  ) -> (Straggler.Obstacle, reason: String) {
    let row = entry.row
    if entry.hasVanished { return (.vanished, Self.vanished) }
    if let group = row.group, scope.deafGroups.contains(group) {
      return (
        .deafGroup,
        "Its group \(row.groupPath) downloads no policies, or connects to no server: it can never adopt."
      )
    }
    switch criterion.obstacle(of: row) {
    case .unknownGroup:
      return (
        .newGroup,
        "Its group \(row.groupPath) was made after the change, so nothing says which policy it must have."
      )
    case .otherGroup:
      return (
        .moved, "It was moved to \(row.groupPath) and still has the policy of the group before."
      )
    case .otherServer where isOnline || !row.lastServer.isEmpty:
      return (
        .otherServer,
        "Its last contact was with \(row.lastServer), which does not have the new certificate."
      )
    default: break
    }
    if isStuck(entry) {
      return (
        .stuck, "It has made contact again and again since the change, and has not adopted."
      )
    }
    if isOnline { return (.connected, "It is connected and asks at its next heartbeat.") }
    return (.offline, seen.map { "It has been offline since \($0)." } ?? "It was never seen.")
  }
}
