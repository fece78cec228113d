import CanonicalJSON
import Forecasts
import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Estate

@Suite("Forecasts of a simulated run's waits")
struct WaitForecastInRunTests {
  private typealias Made = (at: Instant, step: Int, forecast: WaitForecast, count: AdoptionCount)

  private func forecasts(_ run: SimulatedRun) -> [Made] {
    run.events.compactMap { event in
      guard case .waitSampled(let step, _, .counted(let count)) = event.kind,
        let forecast = count.forecast
      else { return nil }
      return (event.at, step, forecast, count)
    }
  }

  @Test("The first count of a wait has a forecast, and one a day until the thresholds hold")
  func pace() async throws {
    let run = try await SimulatedRun(Plans.one())
    let made = forecasts(run)
    let first = try #require(made.first)
    #expect(first.at == run.state.steps[first.step].startedAt)
    let hours = first.forecast.historyHours
    #expect((14 * 24..<14 * 24 + 6).contains(hours))
    let policy = try #require(run.state.policy(of: first.step))
    for forecast in made where forecast.step == first.step {
      #expect((forecast.at - first.at).milliseconds % 86_400_000 < policy.every.value.milliseconds)
      #expect(!forecast.count.reaches(policy))
    }
    let returns = try #require(first.count.evidence["returns"])
    #expect(returns["hours"]?.integer == Int64(hours))
    #expect(returns["attachment"]?.string?.hasPrefix("sha256:") == true)
  }

  @Test("Where the minimum decides, the forecast is the minimum, and comes true")
  func minimum() async throws {
    let run = try await SimulatedRun(Plans.one())
    let first = try #require(forecasts(run).first)
    let ends = try #require(first.forecast.ends)
    let ended = try #require(run.state.steps[first.step].endedAt)
    #expect(ends.median == first.at + .days(7))
    let (early, late) = (try #require(ends.early), try #require(ends.late))
    #expect((early...(late + .minutes(15))).contains(ended))
    #expect(ends.meetsDeadline == .percent(100))
  }

  @Test("The same seed makes the same forecasts")
  func seeded() async throws {
    let one = try await SimulatedRun(Plans.one(clients: 120), seed: 5)
    let other = try await SimulatedRun(Plans.one(clients: 120), seed: 5)
    #expect(one.events == other.events)
  }

  @Test("A site that was watched for three days has too little history for more than the plan says")
  func littleHistory() async throws {
    let run = try await SimulatedRun(Plans.one(clients: 120), Scenario(observed: .days(3)))
    let first = try #require(forecasts(run).first)
    #expect(first.forecast.ends == nil)
    #expect(first.forecast.notBefore == first.at + .days(7))
  }

  @Test("Every client that makes contact in an hour came back in it")
  func returns() throws {
    var estate = SimulatedEstate(plan: Plans.one(clients: 60), scenario: Scenario(), seed: 3)
    var book = ReturnBook(estate, site: 0, observedFor: .days(2))
    estate.advance(to: estate.now + .hours(30))
    book.extend(in: estate)
    let first = ContactHours.hour(of: estate.startedAt) - 48
    #expect(book.hours.counts.count == 48 + 30)
    for hour in first..<first + 78 {
      let (begin, end) = (hour * ContactHours.length, (hour + 1) * ContactHours.length)
      var came = 0
      for client in estate.sites[0].clients where estate.clients.retiredAt[client] == .max {
        let person = estate.clients.person[client]
        let seen = estate.presence.lastContact(client, person, before: end - 1)
        if let seen, seen >= begin { came += 1 }
      }
      let counts = try #require(book.hours.counts[hour])
      #expect(counts.returned.reduce(0, +) == came)
      #expect(counts.away.reduce(0, +) >= came)
    }
  }

  @Test("Going through the hours in parts comes to the same")
  func parts() {
    var estate = SimulatedEstate(plan: Plans.one(clients: 60), scenario: Scenario(), seed: 4)
    let whole = ReturnBook(estate, site: 0, observedFor: .days(3))
    var (once, often) = (whole, whole)
    for hours in [5, 1, 17, 30] {
      estate.advance(to: estate.now + .hours(hours))
      often.extend(in: estate)
    }
    once.extend(in: estate)
    #expect(once.hours == often.hours)
  }

  @Test("Clients that make contact again and again and do not adopt are stuck")
  func stuck() throws {
    var scenario = Scenario()
    scenario.faults.oldAgents = Scenario.OldAgents(share: .percent(100))
    var estate = SimulatedEstate(plan: Plans.one(clients: 100), scenario: scenario, seed: 2)
    // Nothing was changed, so nobody can adopt: who is there is stuck after two heartbeats.
    let marker = SimulatedSite.Marker(
      at: estate.time, policyDates: estate.sites[0].groups.map { _ in .max })
    let census = AdoptionCensus(
      of: estate, site: 0, policy: Plans.usualWait, criterion: .serial(marker),
      startedAt: estate.time)
    let (pending, none) = census.waiting(in: estate)
    #expect(none == 0 && pending.values.reduce(0, +) > 90)
    estate.advance(to: estate.now + .hours(6))
    let (left, stuck) = census.waiting(in: estate)
    #expect(stuck > 50)
    #expect(stuck + left.values.reduce(0, +) == pending.values.reduce(0, +))
  }

  @Test("Desktops are woken on a patch night, and on no other")
  func patchNight() {
    var scenario = Scenario()
    scenario.patchNights = Scenario.PatchNights(share: .percent(100), first: .days(2), days: 14)
    #expect(scenario.digest != Scenario().digest)
    let estate = SimulatedEstate(plan: Plans.one(clients: 200), scenario: scenario, seed: 1)
    func desktopsAt(_ hour: Int64) -> (there: Int, all: Int) {
      let desktops = estate.sites[0].clients.filter {
        estate.clients.person[$0].kind == ClientKind.desktop.rawValue
          && !estate.clients.person[$0].isAlwaysOn
      }
      let there = desktops.count {
        estate.presence.presence(
          $0, estate.clients.person[$0], at: estate.startedAt + hour * ContactHours.length
        ).isOnline
      }
      return (there, desktops.count)
    }
    // The run starts on a Monday at 8.
    let (woken, all) = desktopsAt(2 * 24 + 13)
    #expect(woken == all && all > 50)
    #expect(desktopsAt(24 + 13).there < all / 10)
    #expect(desktopsAt(9 * 24 + 13).there < all / 10)
    #expect(desktopsAt(16 * 24 + 13).there == all)
  }
}
