import RotationEngine

/// For each hour that was watched as a whole: how many clients were away at its beginning, by how long, and how many of
/// them came back in it. Sums, so that what was seen by several looks is added up.
///
/// Age is all that is known of a client: classes of clients by how often they come look obvious and are worse, since they
/// take people on holiday for rare machines.
package struct ReturnHours: Sendable, Equatable {
  /// From which age on an absence falls into each bin, in hours. From a day on they are cut after midnight, when nobody
  /// leaves and nobody comes: so a bin holds those who missed as many working days.
  package static let bounds: [Int64] = [
    0, 1, 2, 4, 8, 12, 16, 24, 32, 56, 80, 104, 128, 248, 368, 512,
  ]

  /// How many bins there are.
  package static let binCount = bounds.count

  /// The first bin of clients that are away for long enough to be missed: four hours.
  static let firstMissedBin = 3

  /// The bins of who comes every hour, of who was there some working days ago, and of who is away for a week and longer:
  /// each kind comes back at hours of its own.
  static let kinds = [0..<3, 3..<12, 12..<16]

  /// What was seen in one hour, by bin.
  package struct Counts: Sendable, Equatable {
    /// Clients that were away at the beginning.
    package var away: [Int]

    /// Those of them that made contact.
    package var returned: [Int]

    /// Nobody.
    package init() {
      away = Array(repeating: 0, count: ReturnHours.binCount)
      returned = away
    }

    /// So many.
    package init(away: [Int], returned: [Int]) {
      self.away = away
      self.returned = returned
    }
  }

  /// The hours, counted from 1970.
  package private(set) var counts: [Int64: Counts] = [:]

  /// No hour.
  package init() {}

  /// The age of an absence from which on Saturdays and Sundays add nothing to it: who comes on Monday as on every working
  /// day has missed nothing.
  private static let shortAge: Int64 = 16

  /// The bin in an hour of a client that was last seen in an hour before.
  package static func bin(since last: Int64, in hour: Int64) -> Int {
    let age = max(
      min(hour - last - 1, shortAge), workingHours(before: hour) - workingHours(before: last + 1))
    return age >= bounds[binCount - 1] ? binCount - 1 : Int(bins[Int(max(age, 0))])
  }

  /// The first hour in which a client that was last seen in an hour is in the bin after one; nil after the last.
  static func end(of bin: Int, since last: Int64) -> Int64? {
    guard bin + 1 < binCount else { return nil }
    let age = bounds[bin + 1]
    if age <= shortAge { return last + 1 + age }
    let worked = workingHours(before: last + 1) + age - 1
    return worked / 120 * 168 + worked % 120 + 1 - firstMonday
  }

  /// The hours from a Monday in 1969 on that are of Mondays to Fridays, in UTC: nights and mornings of a weekend that
  /// begins hours earlier or later elsewhere cancel out.
  private static func workingHours(before hour: Int64) -> Int64 {
    let since = hour + firstMonday
    return since / 168 * 120 + min(since % 168, 120)
  }

  /// The first day of 1970 was a Thursday.
  private static let firstMonday: Int64 = 72

  private static let bins: [UInt8] = {
    var bins: [UInt8] = []
    for bin in 0..<(binCount - 1) {
      bins += repeatElement(UInt8(bin), count: Int(bounds[bin + 1] - bounds[bin]))
    }
    return bins
  }()

  /// Puts an hour that was watched as a whole in place of what was known of it.
  package mutating func set(_ hour: Int64, _ seen: Counts) { counts[hour] = seen }

  /// Adds the hours that another has and this one has not.
  package mutating func merge(_ other: ReturnHours) {
    counts.merge(other.counts) { own, _ in own }
  }

  /// The hours before one.
  package func before(_ hour: Int64) -> ReturnHours { filter { $0 < hour } }

  /// The hours from one on.
  package func from(_ hour: Int64) -> ReturnHours { filter { $0 >= hour } }

  /// The hours that another does not have.
  package func without(_ other: ReturnHours) -> ReturnHours {
    filter { other.counts[$0] == nil }
  }

  /// The last ten weeks of those that are here.
  package var latest: ReturnHours {
    counts.keys.max().map { from($0 - ContactHours.remembered) } ?? self
  }

  private func filter(_ isWanted: (Int64) -> Bool) -> ReturnHours {
    var result = ReturnHours()
    result.counts = counts.filter { isWanted($0.key) }
    return result
  }
}

/// Counts absences into the hours of one stretch that is watched without a gap.
package struct ReturnTally: Sendable {
  private let hours: Range<Int64>

  /// By hour and bin how many more clients are away from that hour on.
  private var changes: [Int]
  private var returned: [Int]

  /// A tally of these hours.
  package init(_ hours: Range<Int64>) {
    self.hours = hours
    changes = Array(repeating: 0, count: (hours.count + 1) * ReturnHours.binCount)
    returned = changes
  }

  /// A client that was seen in one hour and next in another, which may lie behind the stretch.
  package mutating func add(seen last: Int64, then next: Int64, clients: Int = 1) {
    guard next > last else { return }
    addAbsence(since: last, before: next + 1, clients)
    guard hours.contains(next) else { return }
    let place = Int(next - hours.lowerBound) * ReturnHours.binCount
    returned[place + ReturnHours.bin(since: last, in: next)] += clients
  }

  /// A client that was seen in one hour and not since.
  package mutating func add(awaySince last: Int64, clients: Int = 1) {
    addAbsence(since: last, before: hours.upperBound, clients)
  }

  private mutating func addAbsence(since last: Int64, before end: Int64, _ clients: Int) {
    var first = max(last + 1, hours.lowerBound)
    let end = min(end, hours.upperBound)
    while first < end {
      let bin = ReturnHours.bin(since: last, in: first)
      let next = min(ReturnHours.end(of: bin, since: last) ?? end, end)
      changes[Int(first - hours.lowerBound) * ReturnHours.binCount + bin] += clients
      changes[Int(next - hours.lowerBound) * ReturnHours.binCount + bin] -= clients
      first = next
    }
  }

  /// What was counted, for each hour of the stretch.
  package var result: ReturnHours {
    var result = ReturnHours()
    var away = [Int](repeating: 0, count: ReturnHours.binCount)
    for (position, hour) in hours.enumerated() {
      let place = position * ReturnHours.binCount
      for bin in away.indices { away[bin] += changes[place + bin] }
      result.set(
        hour,
        ReturnHours.Counts(
          away: away, returned: Array(returned[place..<place + ReturnHours.binCount])))
    }
    return result
  }
}
