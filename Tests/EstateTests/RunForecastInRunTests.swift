import CanonicalJSON
import Forecasts
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Testing

@testable import Estate

@Suite("Forecasts of a simulated run's end")
struct RunForecastInRunTests {
  private typealias Made = (at: Instant, forecast: RunForecast)

  private func forecasts(_ run: SimulatedRun) -> [Made] {
    run.events.compactMap { event in
      guard case .waitSampled(_, _, .counted(let count)) = event.kind,
        let forecast = count.runForecast
      else { return nil }
      return (event.at, forecast)
    }
  }

  @Test("The first count says when the run ends, and most often it does")
  func comesTrue() async throws {
    var hits = 0
    for seed in 0..<10 as Range<Int64> {
      let run = try await SimulatedRun(Plans.one(clients: 150), seed: seed)
      let first = try #require(forecasts(run).first)
      let ended = try #require(run.events.last?.at)
      let ends = try #require(first.forecast.ends)
      #expect(first.forecast.notBefore <= ended)
      let (early, late) = (try #require(ends.early), try #require(ends.late))
      #expect(first.forecast.notBefore <= late && early <= late)
      if (early...late).contains(ended) { hits += 1 }
      // Nobody is off by more than a few days.
      #expect(abs((ended - (try #require(ends.median))).components.seconds) < 4 * 86_400)
    }
    #expect(hits >= 6, "\(hits) of 10")
  }

  @Test("What it says of exposure and of clients is near what comes, and gets nearer")
  func costs() async throws {
    let run = try await SimulatedRun(Plans.one(clients: 150), seed: 3)
    let made = forecasts(run)
    let off = try #require(run.figures?.verificationOff.first)
    for forecast in made {
      let ends = try #require(forecast.forecast.ends)
      guard let predicted = ends.verificationOff.first else { continue }
      #expect(predicted.site == off.name)
      #expect(abs(predicted.seconds.middle - off.seconds) < 4 * 86_400)
      #expect(ends.leavesBehind.middle <= 150 / 10)
      #expect(ends.expiresFirst == nil)
    }
    let (first, last) = (try #require(made.first), try #require(made.last))
    let ended = try #require(run.events.last?.at)
    func width(_ made: Made) throws -> Duration {
      try #require(made.forecast.ends?.late) - (try #require(made.forecast.ends?.early))
    }
    #expect(try width(last) <= width(first) + .hours(1))
    #expect(last.at < ended)
  }

  @Test("The same seed makes the same forecasts")
  func seeded() async throws {
    let one = try await SimulatedRun(Plans.one(clients: 80), seed: 5)
    let other = try await SimulatedRun(Plans.one(clients: 80), seed: 5)
    #expect(forecasts(one).map(\.forecast) == forecasts(other).map(\.forecast))
    #expect(!forecasts(one).isEmpty)
  }

  @Test("With too little history there is no end, only the least that the plan allows")
  func littleHistory() async throws {
    let run = try await SimulatedRun(Plans.one(clients: 80), Scenario(observed: .days(2)))
    let first = try #require(forecasts(run).first)
    #expect(first.forecast.ends == nil)
    #expect(first.forecast.notBefore <= (try #require(run.events.last?.at)))
  }

  @Test("A declared absence that is still to come puts the end behind it")
  func absence() async throws {
    var plan = Plans.one(clients: 150)
    // The first wait is over by then.
    plan.calendar = PlanCalendar(
      timeZone: Located(try #require(PlanTimeZone(named: "UTC"))),
      absences: [
        .init(
          from: Located(try #require(CivilDate("2026-01-13"))),
          to: Located(try #require(CivilDate("2026-01-20"))), share: Located(.percent(50)))
      ])
    let back = try #require(Instant("2026-01-21T00:00:00Z"))
    let run = try await SimulatedRun(plan)
    let first = try #require(forecasts(run).first)
    #expect(first.at < (try #require(Instant("2026-01-07T00:00:00Z"))))
    #expect(try #require(first.forecast.ends?.median) > back)
    #expect(try #require(run.events.last?.at) > back)
  }

  @Test("An old certificate that expires before its server has the new one is seen coming")
  func expiry() async throws {
    let run = try await SimulatedRun(Plans.one(clients: 80))
    let graph = run.state.graph
    for (days, wanted) in [(1, Share.percent(100)), (300, .percent(0))] {
      var state = RunState(graph: graph)
      for event in run.events.prefix(while: { event in
        if case .waitSampled = event.kind { false } else { true }
      }) {
        var seen = event
        if case .stepSucceeded(let step, let attempt, let evidence) = event.kind,
          graph.steps[step].action == .checkServer
        {
          let chains: JSONValue = .object([
            .init(
              "sha256:00",
              .object([.init("expires", .string((event.at + .days(days)).description))]))
          ])
          seen = RunEvent(
            sequence: event.sequence, at: event.at,
            kind: .stepSucceeded(
              step: step, attempt: attempt,
              evidence: Evidence(evidence.members + [.init("chains", chains)])))
        }
        try state.apply(seen)
      }
      let wait = try #require(state.steps.indices.first { state.steps[$0].phase == .waiting })
      let counted = try #require(
        run.events.lazy.compactMap { event -> AdoptionCount? in
          guard case .waitSampled(wait, _, .counted(let count)) = event.kind else { return nil }
          return count
        }.first)
      let forecast = await run.driver.forecast(
        of: state, counting: wait, counted, at: try #require(state.lastAt))
      #expect(forecast?.ends?.expiresFirst == wanted)
    }
  }
}
