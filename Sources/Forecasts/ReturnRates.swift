#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How fast clients that are away come back, by how long they are and by the kind of hour: occurrences by exposure, which
/// takes care of absences that began before anybody looked or are not over.
package struct ReturnRates: Sendable {
  /// How many hours must have been watched: a week shows what days do, three days do not.
  package static let leastHours = 168

  /// How many hours outside of absences they rest on.
  package let watchedHours: Int

  /// By bin and kind of hour, minus the logarithm of the chance to stay away for the hour.
  private let hazards: [Double]

  /// By bin the returns that were seen: what is known of the bin's level.
  let returns: [Double]

  /// By how much days differ beyond chance: the variance of a day's factor.
  package let spread: Double

  private let calendar: ForecastCalendar

  /// The rates that hours show. Hours of an absence say nothing of ordinary ones.
  package init(_ seen: ReturnHours, _ calendar: ForecastCalendar) {
    self.calendar = calendar
    let (bins, slots) = (ReturnHours.binCount, ForecastCalendar.slotCount)
    let hours = seen.counts.keys.sorted().filter { !calendar.isAbsence($0) }
    watchedHours = hours.count
    var away = [Double](repeating: 0, count: bins * slots)
    var returned = away
    for hour in hours {
      guard let counts = seen.counts[hour] else { continue }
      let slot = calendar.slot(of: hour)
      for bin in 0..<bins {
        away[bin * slots + slot] += Double(counts.away[bin])
        returned[bin * slots + slot] += Double(counts.returned[bin])
      }
    }
    let (levels, weights) = Self.fit(away, returned)
    var chances = away
    for bin in 0..<bins {
      for slot in 0..<slots {
        let cell = bin * slots + slot
        // Cells with few clients lean on what bin and hour say of each other.
        let expected = levels[bin] * weights[slot]
        chances[cell] = (returned[cell] + 20 * expected) / (away[cell] + 20)
      }
    }
    hazards = chances.map { -log(1 - min(max($0, 0), 0.999)) }
    returns = (0..<bins).map { bin in
      returned[bin * slots..<(bin + 1) * slots].reduce(0, +)
    }
    spread = Self.spread(seen, hours, chances, calendar)
  }

  /// The level of each bin and the weight of each kind of hour, by twelve rounds of proportional fitting.
  private static func fit(
    _ away: [Double], _ returned: [Double]
  ) -> (levels: [Double], weights: [Double]) {
    let (bins, slots) = (ReturnHours.binCount, ForecastCalendar.slotCount)
    var levels = [Double](repeating: 0, count: bins)
    var weights = [Double](repeating: 1, count: slots)
    let total = away.reduce(0, +)
    for _ in 0..<12 {
      for bin in 0..<bins {
        var (came, at) = (0.0, 0.0)
        for slot in 0..<slots {
          came += returned[bin * slots + slot]
          at += away[bin * slots + slot] * weights[slot]
        }
        // Where nobody was seen to be away for so long, the bin before is all that is known.
        let prior = bin == 0 ? 0.02 : levels[bin - 1]
        levels[bin] = (came + 0.5 * prior) / (at + 0.5)
      }
      var weighted = 0.0
      for slot in 0..<slots {
        var (came, at, all) = (0.0, 0.0, 0.0)
        for bin in 0..<bins {
          came += returned[bin * slots + slot]
          at += levels[bin] * away[bin * slots + slot]
          all += away[bin * slots + slot]
        }
        weights[slot] = (came + 2) / (at + 2)
        weighted += weights[slot] * all
      }
      guard weighted > 0 else { continue }
      for slot in 0..<slots { weights[slot] *= total / weighted }
    }
    return (levels, weights)
  }

  /// How much more the returns of a day vary than chance alone would have it, of clients that were away for hours.
  private static func spread(
    _ seen: ReturnHours, _ hours: [Int64], _ chances: [Double], _ calendar: ForecastCalendar
  ) -> Double {
    var days: [Int64: (came: Double, expected: Double)] = [:]
    for hour in hours {
      guard let counts = seen.counts[hour] else { continue }
      let slot = calendar.slot(of: hour)
      var (came, expected) = (0.0, 0.0)
      for bin in ReturnHours.firstMissedBin..<ReturnHours.binCount {
        came += Double(counts.returned[bin])
        expected += Double(counts.away[bin]) * chances[bin * ForecastCalendar.slotCount + slot]
      }
      let day = days[calendar.day(of: hour)] ?? (0, 0)
      days[calendar.day(of: hour)] = (day.came + came, day.expected + expected)
    }
    var (sum, count) = (0.0, 0.0)
    for day in days.keys.sorted() {
      guard let (came, expected) = days[day], expected >= 1 else { continue }
      sum += ((came - expected) * (came - expected) - expected) / (expected * expected)
      count += 1
    }
    return count > 0 ? min(max(sum / count, 0.003), 1) : 1
  }

  /// Whether too little was watched to say anything of the weeks to come.
  package var isTooLittle: Bool { watchedHours < Self.leastHours }

  /// The hazard of an hour for who was last seen so many whole hours before it, from 1.
  func hazard(_ bin: Int, _ hour: Int64) -> Double {
    hazards[bin * ForecastCalendar.slotCount + calendar.slot(of: hour)]
  }

  /// The hazard of a bin in a kind of hour.
  func hazard(_ bin: Int, slot: Int) -> Double {
    hazards[bin * ForecastCalendar.slotCount + slot]
  }

  /// Of the clients that were away for four hours or longer at the beginning of an hour, how many came back and how many
  /// should have.
  func missed(_ counts: ReturnHours.Counts, in hour: Int64) -> (came: Double, expected: Double) {
    var (came, expected) = (0.0, 0.0)
    for bin in ReturnHours.firstMissedBin..<ReturnHours.binCount {
      came += Double(counts.returned[bin])
      expected += Double(counts.away[bin]) * (1 - exp(-hazard(bin, hour)))
    }
    return (came, expected)
  }
}
