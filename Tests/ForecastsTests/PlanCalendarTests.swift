import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Forecasts

@Suite("A plan's calendar in a forecast")
struct PlanCalendarTests {
  private func calendar(_ zone: String, _ from: String, _ to: String) throws -> ForecastCalendar {
    ForecastCalendar(
      PlanCalendar(
        timeZone: Located(try #require(PlanTimeZone(named: zone))),
        absences: [
          .init(
            from: Located(try #require(CivilDate(from))), to: Located(try #require(CivilDate(to))),
            share: Located(.percent(40)))
        ]))
  }

  private func hour(_ text: String) throws -> Int64 {
    ContactHours.hour(of: try #require(Instant(text)).milliseconds)
  }

  @Test("An absence is whole days by the clocks of the site, the last one included")
  func absence() throws {
    let calendar = try calendar("Europe/Berlin", "2026-12-21", "2027-01-03")
    let away = try #require(calendar.absences.first)
    #expect(away.share == 0.4)
    #expect(away.hours == (try hour("2026-12-20T23:00:00Z")..<hour("2027-01-03T23:00:00Z")))
    #expect(calendar.isAbsence(away.hours.lowerBound) && !calendar.isAbsence(away.hours.upperBound))
  }

  @Test("Hours of the day follow summer time")
  func slots() throws {
    let calendar = try calendar("Europe/Berlin", "2026-12-21", "2027-01-03")
    // Two Mondays, at eight by the clocks of Berlin.
    #expect(try calendar.slot(of: hour("2026-01-05T07:00:00Z")) == 8)
    #expect(try calendar.slot(of: hour("2026-07-06T06:00:00Z")) == 8)
    // Saturday has begun there.
    #expect(try calendar.slot(of: hour("2026-07-10T22:00:00Z")) == 24)
    #expect(ForecastCalendar(nil) == ForecastCalendar())
  }
}
