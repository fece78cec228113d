#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether far fewer clients come back than their absences let expect, by a cumulative sum that knows nights and weekends:
/// what no statistics sees coming, such as a company holiday that nobody declared, shows here within a day or two.
package enum ReturnAlarm {
  /// Which part of the expected returns is taken for a stall.
  private static let ratio = 0.5

  /// The sum at which there is an alarm: a wait is short for a false one.
  private static let threshold = 10.0

  /// Since when there is an alarm that is not over.
  ///
  /// - Parameters:
  ///   - seen: The hours to look at.
  ///   - rates: What was learnt from the hours before them.
  ///   - calendar: Whose absences are passed over: they were declared.
  /// - Returns: The hour, counted from 1970; nil for none
  package static func since(
    _ seen: ReturnHours, _ rates: ReturnRates, _ calendar: ForecastCalendar
  ) -> Int64? {
    var (sum, alarm) = (0.0, nil as Int64?)
    // How many more should have come since the sum was last 0, and the most that were.
    var (missing, most) = (0.0, 0.0)
    for hour in seen.counts.keys.sorted() where !calendar.isAbsence(hour) {
      guard let counts = seen.counts[hour] else { continue }
      let (came, expected) = rates.missed(counts, in: hour)
      // A day that is better or worse for everybody is no news of each client: many clients say little more than few.
      let weight = 1 / (1 + expected * rates.spread)
      sum = max(0, sum + weight * (came * log(ratio) + expected * (1 - ratio)))
      missing += expected - came
      most = max(most, missing)
      if alarm == nil {
        if sum > threshold { alarm = hour } else if sum == 0 { (missing, most) = (0, 0) }
      } else if missing <= most / 2 {
        // The longer they stay away the fewer are expected: it is over when they are back.
        (sum, alarm, missing, most) = (0, nil, 0, 0)
      }
    }
    return alarm
  }
}
