import CanonicalJSON
import Forecasts
import PlanModel
package import RotationEngine
import RotationGraph

extension SimulatedDriver.World {
  /// Adds to a count when and how its wait will end, and what of the absences and returns that rests on is new.
  mutating func forecast(
    _ count: inout AdoptionCount, _ census: AdoptionCensus, _ policy: WaitPolicy,
    _ calendar: ForecastCalendar, observedFor observed: Duration, seed: UInt64
  ) {
    var book = book(of: census.site, observedFor: observed)
    let (pending, stuck) = census.waiting(in: estate)
    count.forecast = WaitForecast(
      of: WaitQuestion(
        count, at: estate.now, startedAt: Instant(milliseconds: census.startedAt), policy: policy,
        pending: pending, stuck: stuck),
      book.hours, calendar, seed: seed)
    count.evidence = count.evidence.adding(book.unrecorded().evidence)
    returns[census.site] = book
  }

  /// What is known of the absences and returns at a site until now. It is taken out, so that what is added to it is
  /// changed in place: whoever asks for it puts it back.
  mutating func book(of site: Int, observedFor observed: Duration) -> ReturnBook {
    var book =
      returns.removeValue(forKey: site) ?? ReturnBook(estate, site: site, observedFor: observed)
    book.extend(in: estate)
    return book
  }
}

extension SimulatedDriver {
  package func forecast(
    of state: RunState, counting step: Int, _ count: AdoptionCount, at now: Instant
  ) async -> RunForecast? {
    // Those whose waits were forecast, as the journal has it: a restart forgets none.
    let followed = state.waits.keys.filter { state.waits[$0]?.forecast != nil } + [step]
    let habits = habits(of: Set(followed.compactMap { state.graph.site(of: $0) }))
    let key = Int(truncatingIfNeeded: Chance.number(of: state.graph.id(of: step)))
    return RunForecast(
      of: RunQuestion(
        now: now, state: state, counted: (step, count), habits: habits, calendar: calendar),
      seed: chance.bits(.forecast, key, -Int(now.milliseconds)))
  }
}

extension StepGraph {
  /// The policy of a wait step; nil for other steps.
  func policy(of step: Int) -> WaitPolicy? { steps[step].action.waitKind.map { plan.waits[$0] } }
}
