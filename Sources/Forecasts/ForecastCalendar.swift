/// What the clock and the calendar of the people at a site say of an hour.
package struct ForecastCalendar: Sendable, Equatable {
  /// A stretch of hours in which a part of the people is away together.
  package struct Absence: Sendable, Equatable {
    /// The hours, counted from 1970.
    package var hours: Range<Int64>

    /// Which part of the clients, from 0 to 1.
    package var share: Double

    /// An absence.
    package init(hours: Range<Int64>, share: Double) {
      self.hours = hours
      self.share = share
    }
  }

  /// From when on local time is ahead of UTC by so many minutes.
  package struct Offset: Sendable, Equatable {
    package var from: Int64
    package var minutes: Int64

    /// An offset from an hour on, counted from 1970.
    package init(from: Int64, minutes: Int64) {
      self.from = from
      self.minutes = minutes
    }
  }

  /// Kinds of hours: working day, Saturday and Sunday, each with 24.
  static let slotCount = 72

  /// In order of time; before the first, UTC.
  package var offsets: [Offset]

  /// In order of time.
  package var absences: [Absence]

  /// UTC, and nobody away, unless said otherwise.
  package init(offsets: [Offset] = [], absences: [Absence] = []) {
    self.offsets = offsets.sorted { $0.from < $1.from }
    self.absences = absences.sorted { $0.hours.lowerBound < $1.hours.lowerBound }
  }

  /// Whether people are away together in an hour.
  func isAbsence(_ hour: Int64) -> Bool { absences.contains { $0.hours.contains(hour) } }

  /// The day, counted from 1970, in local time.
  func day(of hour: Int64) -> Int64 { divided(local(hour), by: 24) }

  /// The kind of an hour.
  func slot(of hour: Int64) -> Int {
    let local = local(hour)
    let day = divided(local, by: 24)
    // The first day of 1970 was a Thursday.
    let weekday = (day + 3) - divided(day + 3, by: 7) * 7
    return max(Int(weekday) - 4, 0) * 24 + Int(local - day * 24)
  }

  /// Half hours count to the hour before.
  private func local(_ hour: Int64) -> Int64 {
    guard let offset = offsets.last(where: { $0.from <= hour }) else { return hour }
    return hour + divided(offset.minutes, by: 60)
  }

  private func divided(_ dividend: Int64, by divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }
}
