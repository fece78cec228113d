import Forecasts
package import PlanModel
import PlanText
package import RotationEngine
import SEPMClient

extension Census {
  /// What the list says at a time by its server.
  ///
  /// - Parameters:
  ///   - time: The server's time.
  ///   - skew: By how many milliseconds its clock is ahead of the run's, in which times are told.
  ///   - wait: The first wait of the rotation, whose policy the census has; nil where the site does not rotate.
  ///   - limit: How many of those who would be left behind are named.
  /// - Returns: What is seen
  package mutating func observation(
    at time: Int64, skew: Int64, wait: WaitKind?, limit: Int
  ) -> ObservedClients {
    identifyMachines()
    let present = entries.filter { counts($0) && !$0.hasVanished && !$0.row.isDeleted }
    var ages = [Int](repeating: 0, count: ObservedClients.Age.allCases.count)
    for entry in present {
      ages[ObservedClients.Age(of: entry.row.contact, at: time).rawValue] += 1
    }
    return ObservedClients(
      at: Instant(milliseconds: time - skew), clients: present.count,
      online: present.count { $0.row.isOnline }, ages: ages,
      outlook: present.isEmpty
        ? nil : wait.map { outlook($0, of: present, at: time, skew: skew, limit: limit) })
  }

  /// How many clients are away by how long, for each bin of `ReturnHours`: those that a wait would count, and those that
  /// were not seen for longer.
  ///
  /// * `time`: The server's time.
  package mutating func ages(at time: Int64) -> [Int] {
    identifyMachines()
    let hour = ContactHours.hour(of: time)
    var ages = [Int](repeating: 0, count: ReturnHours.binCount)
    for entry in entries
    where counts(entry) && !entry.hasVanished && !entry.row.isDeleted && !entry.rule.isExcluded
      && entry.row.contact > 0
    {
      let last = min(ContactHours.hour(of: entry.row.contact), hour - 1)
      ages[ReturnHours.bin(since: last, in: hour)] += 1
    }
    return ages
  }

  private func outlook(
    _ wait: WaitKind, of present: [Entry], at time: Int64, skew: Int64, limit: Int
  ) -> ObservedClients.Outlook {
    let policy = scope.policy
    let window = policy.activeWithin.value.milliseconds
    let counted = present.filter { !$0.rule.isExcluded && $0.row.contact >= time - window }
    var reached = Self.age(ofShare: policy.adopted.value, of: counted, at: time)
    for (position, cohort) in policy.cohorts.enumerated() {
      let members = counted.filter { $0.rule.cohorts.contains(position) }
      reached = max(reached, Self.age(ofShare: cohort.adopted.value, of: members, at: time))
    }
    let after = max(reached, policy.minimum.value.milliseconds)
    let end = min(after, policy.deadline.value.milliseconds)
    let late = counted.filter { $0.row.contact < time - end }
    let stale = present.filter { !$0.rule.isExcluded && $0.row.contact < time - window }
    let excluded = present.filter(\.rule.isExcluded)
    let named =
      late.sorted(by: Self.isSeenLater).map {
        ($0, Straggler.Obstacle.late, "It would come too late for the wait.")
      }
      + stale.sorted(by: Self.isSeenLater).map {
        ($0, .uncounted, "The wait would not count it: it was not seen for too long.")
      }
      + excluded.sorted(by: Self.isSeenLater).map {
        ($0, .uncounted, "The plan excludes it from waits.")
      }
    return ObservedClients.Outlook(
      wait: wait, counted: counted.count, reachedAfter: .milliseconds(after),
      deadline: policy.deadline.value, pending: late.count, stale: stale.count,
      excluded: excluded.count,
      leftBehind: named.prefix(limit).map { entry, obstacle, reason in
        Straggler(
          name: entry.row.name, group: entry.row.groupPath,
          lastSeen: entry.row.lastContact.map { Instant(milliseconds: $0.milliseconds - skew) },
          obstacle, reason: reason)
      })
  }

  private static func isSeenLater(_ one: Entry, _ other: Entry) -> Bool {
    one.row.contact == other.row.contact
      ? one.row.name < other.row.name : one.row.contact > other.row.contact
  }

  /// How many milliseconds ago, at the most, a share of clients made contact.
  private static func age(ofShare share: Share, of entries: [Entry], at time: Int64) -> Int64 {
    let needed = (0...entries.count).first { share.isReached(by: $0, of: entries.count) } ?? 0
    guard needed > 0 else { return 0 }
    return max(time - entries.map(\.row.contact).sorted(by: >)[needed - 1], 0)
  }
}

extension ObservedClients.Age {
  /// The age of a contact in milliseconds; 0 for never.
  fileprivate init(of contact: Int64, at time: Int64) {
    let (age, day) = (time - contact, Int64(86_400_000))
    self =
      contact == 0
      ? .never
      : age <= ContactHours.length
        ? .hour : age <= day ? .day : age <= 7 * day ? .week : age <= 30 * day ? .month : .longer
  }
}
