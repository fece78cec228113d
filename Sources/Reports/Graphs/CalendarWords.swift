import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

/// What a plan says of its people's calendar, for people and for programs.
enum CalendarWords {
  /// A title and what it says, for each line: `people away`, `60% from 2026-12-21 to 2027-01-03`.
  static func rows(_ calendar: PlanCalendar?) -> [(title: String, text: String)] {
    guard let calendar else { return [] }
    return [("time zone", calendar.timeZone.value.name)]
      + calendar.absences.sorted { $0.from.value < $1.from.value }.map {
        ("people away", "\($0.share.value) from \($0.from.value) to \($0.to.value)")
      }
  }

  /// The member `calendar`; null where the plan has none.
  static func write(_ calendar: PlanCalendar?, to json: inout JSONWriter) {
    json.key("calendar")
    guard let calendar else { return json.null() }
    json.object { json in
      json.member("timeZone", calendar.timeZone.value.name)
      json.key("absences")
      json.array { json in
        for absence in calendar.absences.sorted(by: { $0.from.value < $1.from.value }) {
          let seconds = calendar.seconds(of: absence)
          json.object { json in
            json.member("from", absence.from.value.description)
            json.member("to", absence.to.value.description)
            json.member("shareMillionths", absence.share.value.millionths)
            json.member("begins", Instant(milliseconds: seconds.lowerBound * 1_000).description)
            json.member("ends", Instant(milliseconds: seconds.upperBound * 1_000).description)
          }
        }
      }
    }
  }
}
