package import PlanModel
import PlanText
import RotationEngine

extension ForecastCalendar {
  /// What a plan says of its people; UTC and nobody away where it says nothing.
  package init(_ calendar: PlanCalendar?) {
    guard let calendar else {
      self.init()
      return
    }
    let zone = calendar.timeZone.value
    let hour = ContactHours.length / 1_000
    self.init(
      offsets: [Offset(from: .min, minutes: Int64(zone.minutes))]
        + zone.changes.map {
          // A change within an hour counts from the next one on.
          Offset(from: ($0.second + hour - 1) / hour, minutes: Int64($0.minutes))
        },
      absences: calendar.absences.map { absence in
        let seconds = calendar.seconds(of: absence)
        let first = seconds.lowerBound.flooredDivision(by: hour).quotient
        let last = (seconds.upperBound + hour - 1).flooredDivision(by: hour).quotient
        return Absence(
          hours: first..<max(last, first),
          share: Double(absence.share.value.millionths) / 1_000_000)
      })
  }
}
