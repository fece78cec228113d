import Foundation
import PlanCompiler
import PlanModel
import PlanText
import RotationGraph
import Testing

/// Worked out by hand from the durations of `StepDurations`: a gate is an hour (a day at worst) and its
/// work; checks 1m (15m), settings 5m (30m), backup 30m (4h), break, restore and lists 15m (1h), update
/// 10m (30m), restart 5m (15m). 90 % of the clients come by in 3d, 95 % in 7d, and then hold for 1h.
@Suite("The figures of the plans that come with Waltz")
struct ShippedPlanFiguresTests {
  private func figures(_ plan: String) throws -> RotationFigures {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: root.appending(path: "plans/\(plan).yaml"))
    let source = SourceText(name: plan, bytes: Array(bytes))
    let read = try #require(checkPlans(source, id: SourceID(index: 0)).plans.first ?? nil)
    return RotationFigures(lower(read))
  }

  private func estimate(_ expected: String, _ worst: String) throws -> StepDurations.Estimate {
    StepDurations.Estimate(
      expected: try #require(Duration(planNotation: expected)),
      worst: try #require(Duration(planNotation: worst)))
  }

  @Test("One server")
  func oneServer() throws {
    let figures = try figures("one-server")
    #expect(figures.counts.sites == 1)
    #expect(figures.counts.servers == 1)
    #expect(figures.counts.clients == 40)
    #expect(figures.counts.steps == 17)
    #expect(figures.counts.waits == 4)
    // Backup, both lists, update, restart, the recovery file.
    #expect(figures.counts.gates == 6)
    // Verification off and on.
    #expect(figures.counts.apiSteps == 2)
    #expect(figures.counts.commands == 0)
    #expect(figures.counts.partnerships == 0)
    // 1m check, 1h30m backup, 1h15m list, 5m off, 168h wait, 1h10m update, 1h5m restart, 1m verify,
    // 73h wait, 5m on, 73h wait, 1h15m list, 73h wait, 5m confirm; at worst the waits take 14d each.
    #expect(figures.duration == (try estimate("393h32m", "1472h45m")))
    // 5m, 168h, 1h10m, 1h5m, 1m, 73h, 5m; at worst 30m, 336h, 24h30m, 24h15m, 15m, 336h, 30m.
    #expect(
      figures.verificationOff
        == [.init(position: 0, length: try estimate("243h26m", "722h"))])
    #expect(figures.verificationOffAtOnce == 1)
    #expect(figures.brokenAtOnce == 0)
    #expect(figures.waitsThatHold == 4)
    #expect(figures.firstPointOfNoReturn == nil)
  }

  @Test("Two sites that replicate")
  func quickstart() throws {
    let figures = try figures("quickstart")
    #expect(figures.counts.sites == 2)
    #expect(figures.counts.servers == 3)
    #expect(figures.counts.clients == 5_100)
    #expect(figures.counts.partnerships == 1)
    // Paris is the longer one: 1h31m, break 1h15m, list 1h15m, 5m, 169h, twice 2h16m, 169h, 5m, 169h,
    // 1h15m, 169h, 5m, restore 1h15m, replicated after 1h.
    #expect(figures.duration == (try estimate("688h18m", "1595h45m")))
    #expect(
      figures.verificationOff == [
        .init(position: 0, length: try estimate("342h42m", "771h")),
        .init(position: 1, length: try estimate("340h26m", "722h")),
      ])
    #expect(
      figures.replicationBroken
        == [.init(position: 0, length: try estimate("685h47m", "1543h30m"))])
    #expect(figures.brokenAtOnce == 1)
    #expect(figures.verificationOffAtOnce == 2)
    #expect(figures.verificationOffLongest?.position == 0)
  }

  @Test("Two servers that clients fail over between: verification stays on")
  func failoverPair() throws {
    let figures = try figures("failover-pair")
    #expect(figures.counts.steps == 18)
    #expect(figures.counts.waits == 2)
    #expect(figures.counts.gates == 6)
    #expect(figures.counts.commands == 2)
    #expect(figures.verificationOff.isEmpty)
    #expect(figures.verificationOffLongest == nil)
    // 1h31m, then twice 1h10m, 5m, 1m and 8d, then 5m. The command that restarts ends within its 15m.
    #expect(figures.duration == (try estimate("388h8m", "1086h45m")))
  }

  @Test("SQL Express renews its certificate while verification is off")
  func sqlExpress() throws {
    let figures = try figures("sql-express")
    // As one server, with 169h for each wait and 1h30m for the wizard; at worst 21d and 28h.
    #expect(figures.duration == (try estimate("684h2m", "2172h45m")))
    // 5m, 169h, 2h16m, 1h30m, 169h, 5m.
    #expect(
      figures.verificationOff == [.init(position: 0, length: try estimate("341h56m", "1086h"))])
  }

  @Test("Three sites in waves, with upgrades that nothing takes back")
  func waves() throws {
    let figures = try figures("three-sites-in-waves")
    #expect(figures.counts.sites == 3)
    #expect(figures.counts.servers == 4)
    #expect(figures.counts.upgrades == 4)
    #expect(figures.counts.pointsOfNoReturn == 4)
    #expect(figures.pointsOfNoReturn.count == 4)
    // Oslo: 1h31m, 1h15m, 5m, 169h, 2h16m, 169h, 5m, 169h, 1h15m, 169h, 1h30m for the backup of the
    // database; then its upgrade. The recovery file is kept beside a wait.
    #expect(figures.firstPointOfNoReturn == Duration(planNotation: "683h57m"))
    // The upgrade of 2h, 5m; then Milan, both servers at once: break 1h15m, 1h15m, 5m, 169h, 2h16m,
    // 169h, 5m, 169h, 1h15m, 169h, 1h30m, two upgrades, 5m, restore 1h15m, replicated after 1h.
    #expect(figures.duration.expected == Duration(planNotation: "1376h3m"))
    #expect(figures.replicationBroken.map(\.length.expected) == [Duration(planNotation: "689h1m")])
    // Oslo is done before the others begin.
    #expect(figures.verificationOffAtOnce == 2)
  }

  @Test("A hub: four partnerships are broken at once, one site rotates")
  func hub() throws {
    let figures = try figures("hub-with-four-partners")
    #expect(figures.counts.sites == 1)
    #expect(figures.counts.clients == 6_000)
    #expect(figures.counts.partnerships == 4)
    #expect(figures.brokenAtOnce == 4)
    #expect(figures.replicationBroken.map(\.position) == [0, 1, 2, 3])
    // 28d13h47m each.
    #expect(figures.replicationBrokenInTotal.expected == Duration(planNotation: "2743h8m"))
  }
}
