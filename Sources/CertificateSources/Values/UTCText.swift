/// Days and times of UTC as text.
public enum UTCText {
  /// `2027-03-01`.
  public static func day(_ seconds: Int64) -> String {
    let (year, month, day) = UTCCalendar.date(of: seconds)
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `2027-03-01T12:00:00Z`.
  public static func instant(_ seconds: Int64) -> String {
    let (_, rest) = UTCCalendar.floorDivision(seconds, UTCCalendar.secondsOfDay)
    return day(seconds)
      + "T\(padded(rest / 3_600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
  }

  /// Whole days from one time to another; negative where the other is earlier.
  public static func days(from start: Int64, to end: Int64) -> Int64 {
    let (difference, overflow) = end.subtractingReportingOverflow(start)
    return overflow ? 0 : UTCCalendar.floorDivision(difference, UTCCalendar.secondsOfDay).quotient
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
