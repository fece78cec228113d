package import RotationEngine

/// A run at one count, as a forecast of its end needs it.
package struct RunQuestion: Sendable {
  /// The time of the count.
  package var now: Instant

  /// Where the run stands, without the count.
  package var state: RunState

  /// The wait that was counted, and the forecast of its end; nil before a run.
  package var counted: (step: Int, count: AdoptionCount)?

  /// For each site that somebody watched the absences and returns of its clients.
  package var habits: [Int: ReturnHours]

  /// For each site that was looked at how many clients it has.
  package var clients: [Int: Int]

  /// Of them those of which one look is all there is (``ReturnHours/init(ages:before:)``).
  package var lookedAt: Set<Int>

  /// Time zone and declared absences.
  package var calendar: ForecastCalendar

  /// A run at one count.
  package init(
    now: Instant, state: RunState, counted: (step: Int, count: AdoptionCount)?,
    habits: [Int: ReturnHours], clients: [Int: Int] = [:],
    lookedAt: Set<Int> = [], calendar: ForecastCalendar
  ) {
    self.now = now
    self.state = state
    self.counted = counted
    self.habits = habits
    self.clients = clients
    self.lookedAt = lookedAt
    self.calendar = calendar
  }
}
