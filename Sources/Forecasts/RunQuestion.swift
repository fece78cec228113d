package import RotationEngine

/// A run at one count, as a forecast of its end needs it.
package struct RunQuestion: Sendable {
  /// The time of the count.
  package var now: Instant

  /// Where the run stands, without the count.
  package var state: RunState

  /// The wait that was counted, and the forecast of its end.
  package var counted: (step: Int, count: AdoptionCount)

  /// For each site that somebody watched the absences and returns of its clients.
  package var habits: [Int: ReturnHours]

  /// Time zone and declared absences.
  package var calendar: ForecastCalendar

  /// A run at one count.
  package init(
    now: Instant, state: RunState, counted: (step: Int, count: AdoptionCount),
    habits: [Int: ReturnHours], calendar: ForecastCalendar
  ) {
    self.now = now
    self.state = state
    self.counted = counted
    self.habits = habits
    self.calendar = calendar
  }
}
