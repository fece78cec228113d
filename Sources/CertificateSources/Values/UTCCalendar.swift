/// The Gregorian calendar, counted in years that begin in March, so that the leap day is the last.
enum UTCCalendar {
  static let secondsOfDay: Int64 = 86_400

  /// Days from the first of March of the year 0 to the start of 1970.
  private static let epoch: Int64 = 719_468
  private static let daysOfEra: Int64 = 146_097

  /// The days since 1970 of a date; those of a day that its month does not have run on into the next.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let (era, yearOfEra) = floorDivision(month <= 2 ? year - 1 : year, 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * daysOfEra + dayOfEra - epoch
  }

  /// The date of a second since 1970.
  static func date(of seconds: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = floorDivision(seconds, secondsOfDay).quotient + epoch
    let (era, dayOfEra) = floorDivision(shifted, daysOfEra)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// A division whose remainder is never negative.
  static func floorDivision(_ value: Int64, _ divisor: Int64)
    -> (quotient: Int64, remainder: Int64)
  {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
