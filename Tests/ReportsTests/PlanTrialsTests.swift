import CanonicalJSON
import Forecasts
import PlanModel
import RotationEngine
import RotationGraph
import Testing

@testable import Reports

@Suite("What simulated runs of a plan came to")
struct PlanTrialsTests {
  private static func column(_ whatIf: String?, days: Int, orphans: Int) -> PlanTrials.Column {
    let figures = RunFigures(
      sites: 2, servers: 2, clients: 5_100, orphans: orphans, latentOrphans: 0, gates: 3,
      verificationOff: [.init(name: "paris", seconds: 86_400 * days, isOpen: false)],
      replicationBroken: [])
    let trials = (0..<10).map { seed in
      RotationTrial(
        seed: Int64(seed), ending: seed == 9 ? .resting(.operator) : .succeeded,
        lasted: .days(days) + .hours(seed), figures: figures,
        waits: [
          .init(step: 5, lasted: .days(days - 1), isByMinimum: false, metDeadline: seed != 9)
        ])
    }
    return PlanTrials.Column(
      whatIf: whatIf, graph: RunStory.graph(), digest: "sha256:00", summary: TrialSummary(trials))
  }

  private static func trials() -> PlanTrials {
    PlanTrials(
      scenario: "default", start: Instant(milliseconds: 1_767_600_000_000), seeds: 0..<10,
      columns: [
        column(nil, days: 14, orphans: 20),
        column("waits.default.adopted=99%", days: 21, orphans: 6),
      ])
  }

  @Test("A row for each figure, a column for each change, and what the change costs and saves")
  func text() {
    let text = PlanTrialsText.text(of: Self.trials(), layout: TextLayout(width: 140))
    for words in [
      "A  waits.default.adopted=99%", "14d 4h (14d 1h to 14d 7h)", "9 of 10", "2026-01-19",
      "In the middle it takes 7d longer and loses 14 clients fewer",
      "1 run stood still until somebody decides", "await-verification-disabled/paris",
    ] {
      #expect(text.contains(words), "\(words) in\n\(text)")
    }
  }

  @Test("The same for programs")
  func json() throws {
    let json = try JSONValue(parsing: Array(PlanTrialsJSON.text(of: Self.trials()).utf8))
    let columns = try #require(json["columns"]?.array)
    #expect(columns.count == 2)
    #expect(columns[0]["whatIf"] == .null)
    #expect(columns[1]["orphans"]?["q50"] == .integer(6))
    #expect(columns[0]["endsAt"]?["q10"]?.string == "2026-01-19T09:00:00.000Z")
    #expect(columns[0]["finished"] == .integer(9))
    #expect(columns[0]["unfinished"]?.array?.first?["reason"] == .string("operator"))
    #expect(columns[0]["waits"]?.array?.first?["deadlineMetMillionths"] == .integer(900_000))
  }
}
