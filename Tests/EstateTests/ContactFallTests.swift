import Estate
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import TestSupport
import Testing

@Suite("Contacts that fall after a swap in a simulated estate")
struct ContactFallTests {
  /// Two sites one after the other. Half of the clients would do for the waits.
  private static func plan() -> RotationPlan {
    var plan = Plans.two(
      waits: WaitPolicy(adopted: Located(.percent(30)), minimum: Located(.days(3))))
    plan.partnerships = []
    // With a second server clients would learn of the new certificate from the one that still has the old.
    plan.sites[0].servers.removeLast()
    plan.strategy.waves = [[Located("paris")], [Located("berlin")]]
    return plan
  }

  private static func opened(_ run: SimulatedRun, at site: String) -> Bool {
    run.driver.entries.contains { $0.effect.beginsExposure && $0.target.hasPrefix(site) }
  }

  @Test("Desktops that nobody told are missed, and the next site is left alone", arguments: [0, 1])
  func missedGroup(seed: Int64) async throws {
    var scenario = Scenario()
    scenario.faults.missedGroup = Scenario.MissedGroup(group: "My Company")
    let run = try await SimulatedRun(
      Self.plan(), scenario, seed: seed, options: .init(restsAtHeldWaits: true))
    #expect(run.end == .resting(.operator), "seed \(seed)")
    let stop = try #require(run.state.lineStops.first)
    #expect(run.state.graph.site(of: stop.step) == 0)
    #expect(stop.fall.seen * 3 <= stop.fall.expected * 2)
    // What was open at the first site is closed; nothing was opened at the second.
    #expect(run.driver.entries.contains { $0.effect == .enableVerification })
    #expect(!Self.opened(run, at: "berlin"))
  }

  @Test("Calm weeks and weekends stop nothing", arguments: 0..<8)
  func calm(seed: Int64) async throws {
    let run = try await SimulatedRun(Self.plan(), seed: seed)
    #expect(run.end == .succeeded, "seed \(seed)")
    #expect(run.state.lineStops.isEmpty)
    #expect(Self.opened(run, at: "berlin"))
  }

  @Test("People who are away and come back stop nothing", arguments: 0..<6)
  func holidays(seed: Int64) async throws {
    var scenario = Scenarios.holiday
    scenario.habits.holidays.share = .percent(8)
    let run = try await SimulatedRun(Self.plan(), scenario, seed: seed)
    #expect(run.end == .succeeded, "seed \(seed)")
    #expect(run.state.lineStops.isEmpty, "seed \(seed)")
  }
}
