import PlanModel
import PlanText
package import RotationEngine

extension WaitForecast {
  /// How many courses are drawn.
  package static let courses = 200

  /// The forecast of a wait.
  ///
  /// - Parameters:
  ///   - question: The wait at one count.
  ///   - seen: The absences and returns of its site, hour by hour, from weeks before the wait until now.
  ///   - calendar: Time zone and declared absences.
  ///   - seed: Of chance: the same seed gives the same forecast.
  package init(
    of question: WaitQuestion, _ seen: ReturnHours, _ calendar: ForecastCalendar = .init(),
    seed: UInt64
  ) {
    let rates = ReturnRates(seen, calendar)
    guard !rates.isTooLittle else {
      self.init(
        notBefore: question.notBefore, historyHours: rates.watchedHours, ends: nil,
        stuck: question.stuck)
      return
    }
    var simulation = WaitSimulation(question, rates, calendar)
    var draws = RandomDraws(seed: seed)
    let courses = (0..<Self.courses).map { _ in simulation.course(&draws) }
    self.init(
      notBefore: question.notBefore, historyHours: rates.watchedHours,
      ends: Self.ends(of: question, courses),
      absentSince: Self.alarm(question, seen, calendar).map { ContactHours.begin(of: $0) },
      stuck: question.stuck)
  }

  private static func ends(
    of question: WaitQuestion, _ courses: [WaitSimulation.Course]
  ) -> Ends? {
    let times = courses.map { $0.passes ?? RunSimulation.never }
    let deadline = (question.startedAt + question.policy.deadline.value).milliseconds
    guard let passes = TrialRange(times), let tomorrow = TrialRange(courses.map(\.tomorrow)) else {
      return nil
    }
    let left = courses.filter { $0.passes != nil }.map(\.left)
    return Ends(
      early: instant(passes.low), median: instant(passes.middle), late: instant(passes.high),
      meetsDeadline: Share(times.count { $0 <= deadline }, of: times.count),
      leavesBehind: passes.middle == RunSimulation.never ? nil : TrialRange(left)?.middle,
      tomorrow: Band(at: question.now + .hours(24), adopted: tomorrow.low...tomorrow.high))
  }

  /// Whether clients stopped coming back since the wait began, against the hours before it; where those are too few,
  /// against all but the last three days.
  private static func alarm(
    _ question: WaitQuestion, _ seen: ReturnHours, _ calendar: ForecastCalendar
  ) -> Int64? {
    let now = ContactHours.hour(of: question.now.milliseconds)
    let began = ContactHours.hour(of: question.startedAt.milliseconds)
    for first in [began, now - 72] {
      let rates = ReturnRates(seen.before(first), calendar)
      if !rates.isTooLittle { return ReturnAlarm.since(seen.from(first), rates, calendar) }
    }
    return nil
  }
}

/// An instant that was drawn; nil for one that is later than is looked.
func instant(_ milliseconds: Int64) -> Instant? {
  milliseconds == RunSimulation.never ? nil : Instant(milliseconds: milliseconds)
}
