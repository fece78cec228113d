import Estate
import Forecasts
import PlanModel
import RotationEngine
import RotationGraph
import Testing

@testable import Runs

@Suite("Many simulated runs of a plan")
struct RotationTrialsTests {
  private static func graph() throws -> SealedGraph { try sealed(try Samples.unhurried()) }

  @Test("Each seed is run once, in order, whatever is done at once")
  func seeds() async throws {
    let trials = RotationTrials(of: try Self.graph(), in: Scenario())
    let one = try await trials.run(3..<7, atOnce: 1)
    #expect(one.map(\.seed) == [3, 4, 5, 6])
    #expect(one == (try await trials.run(3..<7, atOnce: 4)))
    #expect(one.allSatisfy { $0.ending == .succeeded && $0.figures?.orphans == 0 })
    #expect(Set(one.map(\.lasted)).count > 1)
    #expect(one.allSatisfy { $0.waits.count == 4 })
  }

  @Test("What they come to is a range of each figure, and why others did not end")
  func summary() async throws {
    let graph = try Self.graph()
    let trials = try await RotationTrials(of: graph, in: Scenario()).run(0..<5, atOnce: 2)
    let summary = TrialSummary(trials)
    #expect(summary.runs == 5 && summary.finished == 5 && summary.losing == 0)
    let lasted = try #require(summary.lasted)
    #expect(lasted.low <= lasted.middle && lasted.middle <= lasted.high)
    #expect(summary.waits.count == 4)
    #expect(summary.waits.map(\.lasted.middle) == summary.waits.map(\.lasted.middle).sorted(by: >))
  }

  @Test("Gates are answered where the scenario has nobody, and a wait that holds ends a run")
  func unfinished() async throws {
    var scenario = Scenario()
    scenario.operator.isAbsent = true
    // Longer than the plan waits.
    scenario.absences = [Scenario.Absence(share: .percent(60), since: .days(5), back: .days(60))]
    let summary = TrialSummary(
      try await RotationTrials(of: try Self.graph(), in: scenario).run(0..<2, atOnce: 2))
    #expect(summary.finished == 0 && summary.lasted == nil)
    #expect(summary.unfinished.map(\.runs) == [2])
    #expect(summary.unfinished.first?.ending == .resting(.operator))
  }
}
