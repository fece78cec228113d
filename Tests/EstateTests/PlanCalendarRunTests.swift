import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Estate

@Suite("A simulated run of a plan with a calendar")
struct PlanCalendarRunTests {
  /// From the first day of the run on for two weeks.
  private func plan(_ share: Share = .percent(40)) throws -> RotationPlan {
    var plan = Plans.one()
    plan.calendar = PlanCalendar(
      timeZone: Located(try #require(PlanTimeZone(named: "Europe/Berlin"))),
      absences: [
        .init(
          from: Located(try #require(CivilDate("2026-01-05"))),
          to: Located(try #require(CivilDate("2026-01-18"))), share: Located(share))
      ])
    return plan
  }

  private func first(_ run: SimulatedRun) throws -> (made: WaitForecast, ended: Instant) {
    for event in run.events {
      guard case .waitSampled(let step, _, .counted(let count)) = event.kind,
        let forecast = count.forecast
      else { continue }
      return (forecast, try #require(run.state.steps[step].endedAt))
    }
    throw CancellationError()
  }

  @Test("People are away, and the forecast knew it", arguments: [0, 1, 2] as [Int64])
  func declared(seed: Int64) async throws {
    let back = try #require(Instant("2026-01-18T23:00:00Z"))
    let (made, ended) = try first(try await SimulatedRun(try plan(), seed: seed))
    #expect(ended > back)
    let ends = try #require(made.ends)
    #expect(try #require(ends.median) > back)
    #expect(try #require(ends.late) + .hours(12) > ended)
    let (blind, before) = try first(try await SimulatedRun(Plans.one(), seed: seed))
    #expect(before < back)
    #expect(try #require(blind.ends?.late) < back)
  }

  @Test("About the declared share of those who are not always there stays away")
  func share() throws {
    let estate = SimulatedEstate(plan: try plan(), scenario: Scenario(), seed: 3)
    let plain = SimulatedEstate(plan: Plans.one(), scenario: Scenario(), seed: 3)
    let day = Int(estate.startedAt / PresenceModel.dayLength) + 3
    func there(_ estate: SimulatedEstate) -> Int {
      estate.sites[0].clients.count {
        let person = estate.clients.person[$0]
        return person.kind != ClientKind.server.rawValue && !person.isAlwaysOn
          && estate.presence.interval($0, person, day: day) != nil
      }
    }
    let part = Double(there(estate)) / Double(there(plain))
    #expect((0.5...0.7).contains(part))
    let after = Int(estate.startedAt / PresenceModel.dayLength) + 15
    for client in estate.sites[0].clients {
      let person = estate.clients.person[client]
      let (one, other) = (
        estate.presence.interval(client, person, day: after),
        plain.presence.interval(client, person, day: after)
      )
      #expect(one?.start == other?.start && one?.end == other?.end)
    }
  }
}
