/// How many clients of each group made contact in each hour, by the server's clock. An hour is here only if it was
/// watched as a whole.
package struct ContactHours: Sendable, Equatable {
  /// The length of an hour, in milliseconds.
  package static let length: Int64 = 3_600_000

  /// For how many hours contacts are of use: ten weeks.
  package static let remembered: Int64 = 1_680

  /// The hours of a week.
  private static let week: Int64 = 168

  /// For each hour, counted from 1970, and each group by its path the clients that made contact.
  package private(set) var counts: [Int64: [String: Int]] = [:]

  /// The groups that may be in any of them.
  private(set) var groups: Set<String> = []

  /// The first and the last of them; nil where there is none.
  package private(set) var bounds: ClosedRange<Int64>?

  /// No hour.
  package init() {}

  /// The hour that a time is in.
  package static func hour(of milliseconds: Int64) -> Int64 {
    let quotient = milliseconds / length
    return milliseconds % length < 0 ? quotient - 1 : quotient
  }

  /// When an hour begins.
  package static func begin(of hour: Int64) -> Instant { Instant(milliseconds: hour * length) }

  /// Adds an hour that was watched as a whole, in place of what was known of it.
  package mutating func add(_ hour: Int64, _ contacts: [String: Int]) {
    counts[hour] = contacts
    groups.formUnion(contacts.keys)
    extend(to: hour)
  }

  /// Counts one more client of a group in an hour.
  package mutating func count(_ group: String, in hour: Int64) {
    if counts[hour]?[group] == nil {
      groups.insert(group)
      extend(to: hour)
    }
    counts[hour, default: [:]][group, default: 0] += 1
  }

  private mutating func extend(to hour: Int64) {
    bounds = min(bounds?.lowerBound ?? hour, hour)...max(bounds?.upperBound ?? hour, hour)
  }

  /// Adds the hours that another has and this one has not.
  package mutating func merge(_ other: ContactHours) {
    for (hour, contacts) in other.counts where counts[hour] == nil { add(hour, contacts) }
  }

  /// The hours that were over at a time.
  package func before(_ milliseconds: Int64) -> ContactHours {
    filter { ($0 + 1) * Self.length <= milliseconds }
  }

  /// The hours that another does not have.
  package func without(_ other: ContactHours) -> ContactHours {
    filter { other.counts[$0] == nil }
  }

  /// The hours from this one on.
  package func from(_ hour: Int64) -> ContactHours { filter { $0 >= hour } }

  /// The last ten weeks of those that are here.
  package var latest: ContactHours { bounds.map { from($0.upperBound - Self.remembered) } ?? self }

  private func filter(_ isWanted: (Int64) -> Bool) -> ContactHours {
    var result = ContactHours()
    result.counts = counts.filter { isWanted($0.key) }
    result.groups = groups
    if let first = result.counts.keys.min(), let last = result.counts.keys.max() {
      result.bounds = first...last
    }
    return result
  }

  package static func == (one: ContactHours, other: ContactHours) -> Bool {
    one.counts == other.counts
  }

  /// The contacts of an hour: of one group, or of all.
  func contacts(in hour: Int64, of group: String?) -> Int? {
    guard let groups = counts[hour] else { return nil }
    return group.map { groups[$0] ?? 0 } ?? groups.values.reduce(0, +)
  }

  /// The contacts of each hour of a week, as the mean of the weeks that have it: 168, from Monday midnight in UTC; nil where
  /// no week has the hour.
  package func week() -> [Int?] {
    var sums = [Int](repeating: 0, count: Int(Self.week))
    var weeks = sums
    for (hour, groups) in counts {
      // The first day of 1970 was a Thursday.
      let place = Int(((hour + 72) % Self.week + Self.week) % Self.week)
      sums[place] += groups.values.reduce(0, +)
      weeks[place] += 1
    }
    return zip(sums, weeks).map { $1 > 0 ? ($0 + $1 / 2) / $1 : nil }
  }

  /// What an hour should have, by the same hour of the weeks that are here: the mean of them, and of how many. Of each
  /// week the least of the hour and the two beside it counts, so that a change to summer time is no fall. Nil where no
  /// week has that hour.
  func expectation(of hour: Int64, group: String?) -> (contacts: Double, weeks: Int)? {
    guard let bounds else { return nil }
    var (sum, weeks) = (0, 0)
    // The first hour of that place in the week that can be here, before or after.
    let offset = ((hour - bounds.lowerBound) % Self.week + Self.week) % Self.week
    var candidate = bounds.lowerBound + offset
    while candidate <= bounds.upperBound {
      if let own = contacts(in: candidate, of: group) {
        let beside = [candidate - 1, candidate + 1].compactMap { contacts(in: $0, of: group) }
        sum += ([own] + beside).min() ?? own
        weeks += 1
      }
      candidate += Self.week
    }
    return weeks > 0 ? (Double(sum) / Double(weeks), weeks) : nil
  }
}
