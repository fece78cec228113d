import Forecasts
import PlanModel
import PlanText
import RotationEngine
import Testing

@Suite("Forecasts of waits")
struct WaitForecastTests {
  private let monday = ModelPopulation.monday

  @Test("The interval holds the outcome about as often as it says")
  func coverage() throws {
    let policy = WaitPolicy.reaching(96)
    var (hits, misses) = (0, Duration.zero)
    let seeds = 40
    for seed in 0..<UInt64(seeds) {
      var clients = ModelPopulation(160, seed: seed)
      clients.live(until: monday + 20)
      let forecast = WaitForecast(
        of: clients.question(since: monday + 20, policy), clients.hours, seed: seed)
      let ends = try #require(forecast.ends)
      let outcome = clients.outcome(since: monday + 20, policy)
      let (early, late) = (try #require(ends.early), try #require(ends.late))
      if (early...late).contains(outcome) { hits += 1 }
      let median = try #require(ends.median)
      misses += max(outcome, median) - min(outcome, median)
    }
    // Eight of ten, and three standard deviations either way.
    #expect((24...39).contains(hits), "\(hits) of \(seeds)")
    #expect(misses / seeds < .hours(24), "\(misses / seeds)")
  }

  @Test("The same seed gives the same forecast")
  func seeded() {
    var clients = ModelPopulation(200, seed: 1)
    clients.live(until: monday)
    let question = clients.question(since: monday, .reaching(95))
    let forecast = WaitForecast(of: question, clients.hours, seed: 9)
    #expect(forecast == WaitForecast(of: question, clients.hours, seed: 9))
  }

  @Test("Below a week of history it says only what the plan guarantees")
  func littleHistory() {
    var clients = ModelPopulation(200, seed: 2, from: monday - 6 * 24)
    clients.live(until: monday)
    let forecast = WaitForecast(
      of: clients.question(since: monday, .reaching(95, minimum: .days(2))), clients.hours, seed: 1)
    #expect(forecast.ends == nil)
    #expect(forecast.historyHours == 144)
    #expect(forecast.notBefore == ContactHours.begin(of: monday) + .days(2))
  }

  @Test("Where the minimum is longer than any client takes, the end is certain")
  func certain() throws {
    var clients = ModelPopulation(200, seed: 3)
    clients.live(until: monday + 10)
    let forecast = WaitForecast(
      of: clients.question(since: monday + 10, .reaching(90, minimum: .days(7))), clients.hours,
      seed: 1)
    let ends = try #require(forecast.ends)
    let expected = ContactHours.begin(of: monday + 10) + .days(7)
    #expect(ends.early == expected && ends.median == expected && ends.late == expected)
    #expect(ends.meetsDeadline == .percent(100))
    #expect(try #require(ends.leavesBehind) < 20)
  }

  @Test("A higher share never ends earlier, and leaves no more clients behind")
  func monotone() throws {
    var clients = ModelPopulation(400, seed: 4)
    clients.live(until: monday + 10)
    let ends = try [80, 90, 95, 98].map {
      try #require(
        WaitForecast(
          of: clients.question(since: monday + 10, .reaching($0)), clients.hours, seed: 5
        ).ends)
    }
    for (lower, higher) in zip(ends, ends.dropFirst()) {
      #expect(try #require(lower.median) <= (higher.median ?? .init(milliseconds: .max)))
      #expect((lower.leavesBehind ?? .max) >= (higher.leavesBehind ?? 0))
    }
  }

  @Test("Clients that are stuck keep a threshold from being reached for ever")
  func stuck() throws {
    var clients = ModelPopulation(200, seed: 6)
    clients.live(until: monday + 10)
    var question = clients.question(since: monday + 10, .reaching(96))
    question.denominator += 20
    question.stuck = 20
    let ends = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends)
    #expect(ends.median == nil && ends.late == nil && ends.meetsDeadline == .percent(0))
  }

  @Test("Clients that go on joining put the end off")
  func joining() throws {
    var clients = ModelPopulation(200, seed: 10)
    clients.live(until: monday + 12)
    var question = clients.question(since: monday, .reaching(99))
    // Three are missing, who were here an hour ago.
    question.adopted = 197
    question.pending = [.init(lastHour: monday + 11, cohorts: 0): 3]
    let early = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends?.median)
    question.joined = 100
    let ends = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends)
    #expect(ends.median.map { $0 > early } ?? true)
  }

  @Test("A cohort that is behind holds the wait back")
  func cohort() throws {
    var clients = ModelPopulation(200, seed: 7)
    clients.live(until: monday + 10)
    var policy = WaitPolicy.reaching(80)
    policy.cohorts = [
      WaitPolicy.Cohort(
        name: Located("dc"), selector: ClientSelector(), adopted: Located(.percent(100)))
    ]
    var question = clients.question(since: monday + 10, policy)
    question.cohorts = [(counted: 4, adopted: 3)]
    let free = try #require(
      WaitForecast(of: clients.question(since: monday + 10, .reaching(80)), clients.hours, seed: 1)
        .ends?.median)
    // The one that is missing has not been seen for weeks.
    question.pending[.init(lastHour: monday - 500, cohorts: 1)] = 1
    question.denominator += 1
    let ends = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends)
    #expect((ends.median ?? .init(milliseconds: .max)) > free + .hours(12))
  }

  @Test("Who was not seen for too long leaves the count, and the wait ends")
  func stale() throws {
    var clients = ModelPopulation(200, seed: 8)
    clients.live(until: monday + 10)
    var policy = WaitPolicy.reaching(97)
    policy.activeWithin = Located(.days(30))
    var question = clients.question(since: monday + 10, policy)
    question.pending[.init(lastHour: monday - 28 * 24, cohorts: 0)] = 30
    question.denominator += 30
    // Nobody was ever seen to come back after so long.
    let median = try #require(WaitForecast(of: question, clients.hours, seed: 1).ends?.median)
    #expect(median - question.now > .hours(36) && median - question.now < .days(5))
  }
}
