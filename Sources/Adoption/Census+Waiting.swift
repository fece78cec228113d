package import Forecasts
import PlanModel
import RotationEngine
import SEPMClient

extension Census {
  /// How long a client may make contact without adopting: two heartbeats of the default length and a minute.
  private static let patience: Int64 = 2 * 3_600_000 + 60_000

  /// The last contact of every client of the site that is in its list.
  package var ownContacts: some Sequence<Int64> {
    entries.lazy.filter { [scope] in
      !$0.hasVanished && !$0.row.isDeleted && scope.isOwn($0.row)
    }.map(\.row.contact)
  }

  /// The clients that count at this time by the server and have not adopted, by when they were last seen, and how many
  /// will not by themselves: their groups download no policies, or they make contact again and again and do not adopt.
  package mutating func waiting(at time: Int64) -> (pending: [WaitQuestion.Group: Int], stuck: Int)
  {
    identifyMachines()
    var (groups, stuck) = ([WaitQuestion.Group: Int](), 0)
    for entry in entries where counts(entry) && !entry.rule.isExcluded && !entry.hasVanished {
      guard case .pending = standing(of: entry, at: time) else { continue }
      if isStuck(entry) {
        stuck += 1
        continue
      }
      let contact = ContactHours.hour(of: min(entry.row.contact, time))
      let group = WaitQuestion.Group(
        lastHour: contact,
        cohorts: entry.rule.cohorts.reduce(0) { $1 < 32 ? $0 | 1 << UInt32($1) : $0 })
      groups[group, default: 0] += 1
    }
    return (groups, stuck)
  }

  /// Whether a client that has not adopted will not by itself.
  func isStuck(_ entry: Entry) -> Bool {
    if let group = entry.row.group, scope.deafGroups.contains(group) { return true }
    // Another server may be next.
    if criterion.needsChangedServer { return false }
    return entry.changedSince.map { entry.row.contact - $0 >= Self.patience } ?? false
  }
}
