import PlanText

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Foundation)
  internal import Foundation
#endif

/// The clocks of a place, looked up once: a graph takes them along, so that nobody who carries it out needs the system's
/// list of zones, and a digest covers what they show.
package struct PlanTimeZone: Sendable, Hashable {
  /// From when on the clocks are ahead of UTC by so many minutes.
  package struct Change: Sendable, Hashable {
    /// Seconds since 1970.
    package let second: Int64
    package let minutes: Int

    /// A change.
    package init(second: Int64, minutes: Int) {
      self.second = second
      self.minutes = minutes
    }
  }

  /// What is looked up: the years 2025 to 2040. Before and after, clocks show what they show at the ends.
  private static let looked: Range<Int64> = 1_735_689_600..<2_240_611_200

  /// The name in the list of IANA: `Europe/Berlin`.
  package let name: String

  /// By how many minutes the clocks are ahead of UTC before the first change.
  package let minutes: Int

  /// In the order of time.
  package let changes: [Change]

  /// A zone of which everything is known.
  package init(name: String, minutes: Int, changes: [Change]) {
    self.name = name
    self.minutes = minutes
    self.changes = changes
  }

  /// The zone of a place, from the system's list; nil where it has none of the name. Abbreviations such as CET are no
  /// places, and only places know when summer time begins.
  package init?(named name: String) {
    guard name == "UTC" || name.utf8.contains("/"), let zone = TimeZone(identifier: name) else {
      return nil
    }
    func minutes(at second: Int64) -> Int {
      zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(second))) / 60
    }
    let week: Int64 = 7 * 86_400
    var (at, last) = (Self.looked.lowerBound, minutes(at: Self.looked.lowerBound))
    var changes: [Change] = []
    let before = last
    while at < Self.looked.upperBound {
      let next = at + week
      let now = minutes(at: next)
      if now != last {
        var (low, high) = (at, next)
        while high - low > 1 {
          let middle = (low + high) / 2
          if minutes(at: middle) == last { low = middle } else { high = middle }
        }
        changes.append(Change(second: high, minutes: now))
        last = now
      }
      at = next
    }
    self.init(name: name, minutes: before, changes: changes)
  }

  /// By how many minutes the clocks are ahead of UTC at a second since 1970.
  package func minutes(at second: Int64) -> Int {
    changes.last { $0.second <= second }?.minutes ?? minutes
  }

  /// The second since 1970 at which a day begins. Where clocks are put forward at midnight that is the first there is,
  /// where they are put back over it the first of the two.
  package func begin(of day: CivilDate) -> Int64 { midnights(day).min() ?? 0 }

  /// The second since 1970 at which a day is over; where midnight comes twice, the second one.
  package func end(of day: CivilDate) -> Int64 {
    midnights(CivilDate(daysSinceEpoch: day.daysSinceEpoch + 1)).max() ?? 0
  }

  /// The instants at which clocks show the midnight that a day begins with; where none do, the one at which they pass it.
  private func midnights(_ day: CivilDate) -> [Int64] {
    let local = Int64(day.daysSinceEpoch) * 86_400
    // Clocks are at most 14 hours ahead or behind.
    let around = [local - 86_400, local + 86_400].map { minutes(at: $0) }
    let shown = around.map { local - Int64($0) * 60 }.filter {
      $0 + Int64(minutes(at: $0)) * 60 == local
    }
    return shown.isEmpty ? [local - Int64(around[0]) * 60] : shown
  }
}
