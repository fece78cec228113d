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

  /// What is known of each bin.
  private let levels: [ReturnLevel]

  /// By kind of bins, the returns on Saturdays and on Sundays.
  private let weekendReturns: [[Double]]

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
    var chances = away
    var fitted: [ReturnLevel] = []
    var profile = [Double](repeating: 1, count: slots)
    for kind in ReturnHours.kinds {
      let fit = ReturnFit(
        away, returned, of: kind, leaningOn: profile, after: fitted.last?.value ?? 0.02)
      profile = fit.weights
      fitted += fit.levels
      for bin in kind {
        for slot in 0..<slots {
          let cell = bin * slots + slot
          // Cells with few clients lean on what bin and hour say of each other.
          let expected = fit.levels[bin - kind.lowerBound].value * fit.weights[slot]
          chances[cell] = (returned[cell] + 20 * expected) / (away[cell] + 20)
        }
      }
    }
    levels = fitted
    weekendReturns = ReturnHours.kinds.map { kind in
      [1, 2].map { day in
        kind.reduce(0) { sum, bin in
          let first = bin * slots + day * 24
          return sum + returned[first..<first + 24].reduce(0, +)
        }
      }
    }
    hazards = chances.map { -log(1 - min(max($0, 0), 0.999)) }
    spread = Self.spread(seen, hours, chances, calendar)
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

  /// By what factor the hazards of each bin are drawn to differ from the likeliest, on a working day, a Saturday and a
  /// Sunday.
  func drawnLevels(_ draws: inout RandomDraws) -> [Double] {
    var factors: [Double] = []
    for kind in ReturnHours.kinds.indices {
      let weekend = weekendReturns[kind].map { draws.gamma(shape: $0 + 1) / ($0 + 1) }
      for bin in ReturnHours.kinds[kind] {
        let shape = levels[bin].returns + 1
        let factor = draws.gamma(shape: shape) / shape
        factors.append(factor)
        factors += weekend.map { factor * $0 }
      }
    }
    return factors
  }

  /// How likely somebody is away with others who was last seen in an hour, at a later one: by Bayes, the longer ago the
  /// likelier.
  func chanceAway(
    since last: Int64, in absence: ForecastCalendar.Absence, at hour: Int64
  ) -> Double {
    guard last < absence.hours.lowerBound else { return 0 }
    var sum = 0.0
    for past in absence.hours.lowerBound..<max(hour, absence.hours.lowerBound) {
      sum += hazard(ReturnHours.bin(since: last, in: past), past)
    }
    return absence.share / (absence.share + (1 - absence.share) * exp(-sum))
  }
}
