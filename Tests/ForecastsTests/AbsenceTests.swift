import Forecasts
import PlanModel
import RotationEngine
import Testing

@Suite("Absences that everybody shares")
struct AbsenceTests {
  private let monday = ModelPopulation.monday

  /// Four of ten are away from the second day on, for ten days.
  private var away: Range<Int64> { monday + 24..<monday + 11 * 24 }

  private func population(_ seed: UInt64) -> ModelPopulation {
    let away = away
    return ModelPopulation(300, seed: seed) { client, hour in
      away.contains(hour) && client % 5 < 2 ? 0 : ModelPopulation.office(client, hour)
    }
  }

  private var calendar: ForecastCalendar {
    ForecastCalendar(absences: [.init(hours: away, share: 0.4)])
  }

  private let policy = WaitPolicy.reaching(93)

  @Test("Declared, an absence that is still to come puts the end behind it")
  func declared() throws {
    // The wait begins in the evening before: nobody comes in until the absence has begun.
    var clients = population(1)
    clients.live(until: monday + 20)
    let question = clients.question(since: monday + 20, policy)
    let ends = try #require(
      WaitForecast(of: question, clients.hours, calendar, seed: 1).ends)
    let outcome = clients.outcome(since: monday + 20, policy)
    // Two of ten outcomes lie outside, by some hours.
    let (early, late) = (try #require(ends.early), try #require(ends.late))
    #expect(outcome + .hours(6) > early && outcome < late + .hours(6))
    #expect(early >= ContactHours.begin(of: away.upperBound))
    let blind = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends?.late)
    #expect(blind < ContactHours.begin(of: away.upperBound))
  }

  @Test("While it runs, who was not seen since is the likelier away the longer it lasts")
  func running() throws {
    var clients = population(2)
    clients.live(until: monday + 20)
    clients.live(until: monday + 4 * 24)
    let question = clients.question(since: monday + 20, policy)
    let ends = try #require(
      WaitForecast(of: question, clients.hours, calendar, seed: 1).ends)
    let outcome = clients.outcome(since: monday + 20, policy)
    // Two of ten outcomes lie outside, by some hours.
    let (early, late) = (try #require(ends.early), try #require(ends.late))
    #expect(outcome + .hours(6) > early && outcome < late + .hours(6))
    #expect(outcome > ContactHours.begin(of: away.upperBound))
  }

  @Test("The hours of an absence are no history of ordinary ones")
  func history() {
    var clients = population(3)
    clients.live(until: away.upperBound)
    #expect(ReturnRates(clients.hours, calendar).watchedHours == 15 * 24)
  }

  @Test("Undeclared, it is an alarm within two working days, and no wrong date")
  func undeclared() throws {
    for seed in 0..<4 as Range<UInt64> {
      var clients = population(seed)
      clients.live(until: monday + 20)
      clients.live(until: monday + 3 * 24)
      let forecast = WaitForecast(
        of: clients.question(since: monday + 20, policy), clients.hours, seed: seed)
      let since = try #require(forecast.absentSince, "seed \(seed)")
      #expect(since >= ContactHours.begin(of: away.lowerBound))
    }
  }

  @Test("Ordinary weeks raise no alarm")
  func quiet() {
    for seed in 0..<4 as Range<UInt64> {
      var clients = ModelPopulation(300, seed: seed)
      clients.live(until: monday + 10)
      for _ in 0..<4 {
        clients.live(until: clients.hour + 60)
        let forecast = WaitForecast(
          of: clients.question(since: monday + 10, policy), clients.hours, seed: seed)
        #expect(forecast.absentSince == nil, "seed \(seed), hour \(clients.hour)")
      }
    }
  }

  @Test("A day begins and ends by the clock of the site")
  func localTime() {
    let calendar = ForecastCalendar(offsets: [.init(from: 0, minutes: 9 * 60)])
    // Sunday in UTC, Monday in Tokyo: a population that keeps Tokyo's hours is even by its calendar alone.
    var clients = ModelPopulation(400, seed: 4) { client, hour in
      ModelPopulation.office(client, hour + 9)
    }
    clients.live(until: monday)
    #expect(
      ReturnRates(clients.hours, calendar).spread < ReturnRates(clients.hours, .init()).spread
        + 0.01)
  }
}
