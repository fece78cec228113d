/// How often clients of one bin come back.
struct ReturnLevel: Sendable {
  /// Those that did, and for how many hours of an ordinary weight they were away.
  var returns = 0.0
  var away = 0.0

  /// The level of all bins of its kind together, which is all that is known where nobody was seen to be away for so long.
  var prior = 0.02

  /// How many come back in an hour of an ordinary weight; the others of its kind count for one return. Not the bin before
  /// it: rates do not only fall, a holiday ends.
  var value: Double { (returns + 1) / (away + 1 / prior) }
}

/// The level of each bin of a kind, and the weight of each kind of hour, by twelve rounds of proportional fitting.
struct ReturnFit {
  private static let hoursOfDay = 24

  private(set) var levels: [ReturnLevel]
  private(set) var weights = [Double](repeating: 1, count: ForecastCalendar.slotCount)

  /// Fits levels and weights.
  ///
  /// - Parameters:
  ///   - away: The hours that clients were away, by bin and kind of hour.
  ///   - returned: How many came back in them.
  ///   - kind: The bins.
  ///   - profile: The weights of bins that are known better: they say how a day's returns are shared out among its hours.
  ///   - prior: The level of the bin before them.
  init(
    _ away: [Double], _ returned: [Double], of kind: Range<Int>, leaningOn profile: [Double],
    after prior: Double
  ) {
    let slots = ForecastCalendar.slotCount
    levels = Array(repeating: ReturnLevel(prior: prior), count: kind.count)
    let total = away[kind.lowerBound * slots..<kind.upperBound * slots].reduce(0, +)
    for _ in 0..<12 {
      for (place, bin) in kind.enumerated() {
        var level = ReturnLevel()
        for slot in 0..<slots {
          level.returns += returned[bin * slots + slot]
          level.away += away[bin * slots + slot] * weights[slot]
        }
        levels[place] = level
      }
      let together = Self.together(levels, of: kind, after: prior)
      for place in levels.indices { levels[place].prior = together }
      var weighted = 0.0
      for first in stride(from: 0, to: slots, by: Self.hoursOfDay) {
        weighted += weigh(first..<first + Self.hoursOfDay, away, returned, kind, profile)
      }
      guard weighted > 0 else { continue }
      for slot in 0..<slots { weights[slot] *= total / weighted }
    }
  }

  /// The level of all bins of a kind, but for the last of all, which holds those that are gone for good. The bin before them
  /// counts for one return.
  private static func together(
    _ levels: [ReturnLevel], of kind: Range<Int>, after prior: Double
  ) -> Double {
    var all = ReturnLevel(prior: prior)
    for (level, bin) in zip(levels, kind) where bin != ReturnHours.binCount - 1 {
      all.returns += level.returns
      all.away += level.away
    }
    return all.value
  }

  /// Weighs the hours of one kind of day: as a whole it is known better than each of them.
  ///
  /// - Returns: The weighted hours that clients were away in it
  private mutating func weigh(
    _ hours: Range<Int>, _ away: [Double], _ returned: [Double], _ kind: Range<Int>,
    _ profile: [Double]
  ) -> Double {
    let slots = ForecastCalendar.slotCount
    var (came, due, all) = (
      [Double](repeating: 0, count: hours.count), [Double](repeating: 0, count: hours.count),
      [Double](repeating: 0, count: hours.count)
    )
    for (place, bin) in kind.enumerated() {
      for (hour, slot) in hours.enumerated() {
        came[hour] += returned[bin * slots + slot]
        due[hour] += levels[place].value * away[bin * slots + slot]
        all[hour] += away[bin * slots + slot]
      }
    }
    let whole = due.reduce(0, +)
    let ofDay = (came.reduce(0, +) + 1) / (whole + 1)
    let mean = zip(due, profile[hours]).reduce(0) { $0 + $1.0 * $1.1 } / max(whole, 1e-9)
    var weighted = 0.0
    for (hour, slot) in hours.enumerated() {
      let expected = mean > 0 ? profile[slot] / mean * ofDay : ofDay
      weights[slot] = (came[hour] + 2 * expected) / (due[hour] + 2)
      weighted += weights[slot] * all[hour]
    }
    return weighted
  }
}
