package import RotationEngine
import SEPMClient

extension Census {
  /// The clients that hold the wait back at this time by the server, the connected ones first and then those seen last,
  /// at most `limit`. Its clock is ahead of the run's by `skew` milliseconds: times that people see are the run's.
  package func stragglers(at time: Int64, skew: Int64, limit: Int) -> [Straggler] {
    var pending: [(isOnline: Bool, entry: Entry)] = []
    for entry in entries where counts(entry) && !entry.rule.isExcluded {
      guard case .pending(let isOnline) = standing(of: entry, at: time) else { continue }
      pending.append((isOnline, entry))
    }
    pending.sort { one, other in
      if one.isOnline != other.isOnline { return one.isOnline }
      let (left, right) = (one.entry.row, other.entry.row)
      return left.contact == right.contact
        ? left.name < right.name : left.contact > right.contact
    }
    var result = pending.prefix(limit).map { isOnline, entry in
      let row = entry.row
      let seen = row.lastContact.map { Instant(milliseconds: $0.milliseconds - skew) }
      return Straggler(
        name: row.name, group: row.groupPath, lastSeen: seen,
        reason: reason(entry, isOnline: isOnline, seen: seen))
    }
    for member in missing where result.count < limit && !isExplained(member, at: time) {
      result.append(
        Straggler(
          name: member.machine.name, group: "",
          lastSeen: Instant(milliseconds: member.lastContact - skew), reason: Self.vanished))
    }
    return result
  }

  private static let vanished =
    "It is no longer in the site's list, although it is too early for SEPM to have deleted it: look whether "
    + "somebody did."

  private func reason(_ entry: Entry, isOnline: Bool, seen: Instant?) -> String {
    let row = entry.row
    if entry.hasVanished { return Self.vanished }
    if let group = row.group, scope.deafGroups.contains(group) {
      return
        "Its group \(row.groupPath) downloads no policies, or connects to no server: it can never adopt."
    }
    switch criterion.obstacle(of: row) {
    case .unknownGroup:
      return
        "Its group \(row.groupPath) was made after the change, so nothing says which policy it must have."
    case .otherGroup:
      return "It was moved to \(row.groupPath) and still has the policy of the group before."
    case .otherServer where isOnline || !row.lastServer.isEmpty:
      return "Its last contact was with \(row.lastServer), which does not have the new certificate."
    default: break
    }
    if isOnline { return "It is connected and asks at its next heartbeat." }
    return seen.map { "It has been offline since \($0)." } ?? "It was never seen."
  }
}
