import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

extension SimulatedEstate {
  /// An hour between two scheduled runs.
  private static let schedule: Int64 = 3_600_000

  mutating func apply(_ action: Action, toLink link: Int) -> Outcome {
    let partnership = plan.partnerships[link]
    switch action {
    case .breakReplication:
      let isDeleted = partnership.breaking.value == .delete
      let side: ReplicationLink.Side = isDeleted ? .deleted : .rescheduled
      links[link].sides = [side, side]
      if isDeleted { endReplication(of: link) } else { postponeReplication(of: link) }
      return .done(
        Evidence([
          .init("break", .string(side.rawValue)), .init("sides", names(of: link)),
        ]))
    case .restoreReplication:
      let wasDeleted = links[link].sides.contains(.deleted)
      links[link].sides = [.active, .active]
      links[link].restoredAt = time
      links[link].failedRuns = 0
      links[link].knownCertificates = managerCertificates(of: link)
      if wasDeleted {
        links[link].status = .neverReplicated
        links[link].needsFullRun = true
        links[link].lastRun = 0
        links[link].lastSuccess = 0
      }
      scheduleRun(of: link, after: runLength(of: link))
      return .done(
        Evidence([
          .init("sides", names(of: link)),
          .init("authority", partnership.authority.map { .string($0.value) } ?? .null),
          .init("fullReplication", .bool(wasDeleted)),
        ]))
    default: return refusal(of: action, target: links[link].name)
    }
  }

  /// After no side lists the other any more.
  mutating func endReplication(of link: Int) {
    links[link].restoredAt = nil
    links[link].nextRun = nil
    occurrences.removeAll { $0.kind == .replicationRun(link: link) }
  }

  /// After the schedule was moved out of the way: as far as a schedule goes, and then it comes round.
  mutating func postponeReplication(of link: Int) {
    links[link].restoredAt = nil
    scheduleRun(of: link, after: Partnership.longestSchedule.milliseconds)
  }

  /// The end of a run. A rescheduled partnership has one too, if the break outlasts its schedule.
  mutating func runReplication(of link: Int) {
    guard links[link].sides.contains(where: { $0 != .deleted }) else { return }
    let next =
      links[link].sides.contains(.active)
      ? Self.schedule : Partnership.longestSchedule.milliseconds
    links[link].lastRun = time
    // A side that still lists the other fails at its schedule.
    if links[link].sides.contains(.deleted) || replicationFails(link) {
      links[link].status = .failedConnect
      links[link].failedRuns += 1
      scheduleRun(of: link, after: next)
      return
    }
    if links[link].needsFullRun {
      overwriteFromAuthority(link)
      links[link].needsFullRun = false
    } else {
      exchangeChanges(link)
    }
    links[link].status = .succeeded
    links[link].lastSuccess = time
    renewReplica(of: link)
    scheduleRun(of: link, after: next)
  }

  /// The managers' certificates, by which partners know each other.
  func managerCertificates(of link: Int) -> [[Int32]] {
    links[link].sites.map { site in sites[site].servers.map { $0[.manager].loaded } }
  }

  /// A partner whose certificate changed while replication was on is refused
  /// (`docs/SEPM.md`, "Replication"), and so is one of another version.
  private func replicationFails(_ link: Int) -> Bool {
    if links[link].trouble == .failing { return true }
    if managerCertificates(of: link) != links[link].knownCertificates { return true }
    if links[link].restoredAt != nil {
      // Servers whose version the plan does not tell are taken to fit.
      let versions = links[link].sites.flatMap { sites[$0].servers.compactMap(\.version) }
      if versions.contains(where: { $0 != versions[0] }) { return true }
    }
    guard let fault = scenario.faults.replicationFailure, let restoredAt = links[link].restoredAt
    else { return false }
    return links[link].failedRuns < fault.tries
      || time - restoredAt < fault.lasting.milliseconds
  }

  /// A full run after a partnership was made anew: the authority's groups replace the other side's.
  private mutating func overwriteFromAuthority(_ link: Int) {
    let members = links[link].sites
    guard members.count == 2 else { return }
    let authority = plan.partnerships[link].authority?.value
    let winner = members.first { sites[$0].name == authority } ?? members[0]
    guard let loser = members.first(where: { $0 != winner }) else { return }
    copySettings(of: link, from: winner, to: loser) { _, _ in true }
  }

  /// A usual run: of each group the newer policy wins on both sides.
  private mutating func exchangeChanges(_ link: Int) {
    let members = links[link].sites
    guard members.count == 2 else { return }
    copySettings(of: link, from: members[0], to: members[1]) { $0.policyDate > $1.policyDate }
    copySettings(of: link, from: members[1], to: members[0]) { $0.policyDate > $1.policyDate }
  }

  private mutating func copySettings(
    of link: Int, from source: Int, to destination: Int,
    where wins: (SimulatedSite.Group, SimulatedSite.Group) -> Bool
  ) {
    var changed: [Int] = []
    for group in sites[source].groups.indices where !sites[source].groups[group].inherits {
      let from = sites[source].groups[group]
      let to = sites[destination].groups[group]
      let isEqual = zip(from.locations, to.locations).allSatisfy { $0.verifies == $1.verifies }
      guard !isEqual, wins(from, to) else { continue }
      changed.append(group)
    }
    if links[link].trouble == .half { changed.removeLast(changed.count / 2) }
    for group in changed {
      for (location, from) in sites[source].groups[group].locations.enumerated() {
        sites[destination].groups[group].locations[location].verifies = from.verifies
      }
    }
    if !changed.isEmpty { publish(site: destination, sources: changed) }
  }

  mutating func scheduleRun(of link: Int, after delay: Int64) {
    occurrences.removeAll { $0.kind == .replicationRun(link: link) }
    links[link].nextRun = time + delay
    occurrences.append(Occurrence(at: time + delay, kind: .replicationRun(link: link)))
  }

  /// How long the next run takes in milliseconds: minutes for what changed, hours for a whole database.
  package func runLength(of link: Int) -> Int64 {
    guard links[link].needsFullRun else { return 300_000 }
    let records = links[link].sites.reduce(0) { $0 + sites[$1].clients.count }
    return 5_400_000 + Int64(records) * 250
  }

  func names(of link: Int) -> JSONValue {
    .array(links[link].sites.map { .string(sites[$0].name) })
  }
}
