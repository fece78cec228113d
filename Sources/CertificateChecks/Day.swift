/// Days as people write them.
enum Day {
  static let seconds: Int64 = 86_400

  /// `2026-01-05`, the day in UTC of a time in seconds since 1970; the proleptic Gregorian calendar.
  static func text(of time: Int64) -> String {
    // Howard Hinnant's conversion: eras of 400 years that begin on 1 March.
    let day = time.flooredDay + 719_468
    let era = (day >= 0 ? day : day - 146_096) / 146_097
    let dayOfEra = day - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return
      "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2))"
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

extension Int64 {
  fileprivate var flooredDay: Int64 {
    let (days, rest) = quotientAndRemainder(dividingBy: Day.seconds)
    return rest < 0 ? days - 1 : days
  }
}
