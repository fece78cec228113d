import Estate
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Testing

@Suite("A whole rotation against the simulated estate")
struct RotationTests {
  @Test("An ordinary rotation finishes without orphans", arguments: [0, 1, 2, 77])
  func ordinary(seed: Int64) async throws {
    let run = try await SimulatedRun(Plans.two(), seed: seed)
    #expect(run.end == .succeeded, "seed \(seed)")
    #expect(run.figures?.orphans == 0, "seed \(seed)")
    #expect(run.figures?.latentOrphans == 0, "seed \(seed)")
    #expect(run.figures?.clients == 550)
  }

  @Test("A failover rotation finishes without orphans")
  func failover() async throws {
    let run = try await SimulatedRun(Plans.failover())
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    #expect(run.figures?.verificationOff.allSatisfy { $0.seconds == 0 } == true)
  }

  @Test("Two people's weeks away are waited for, because they are too many to go without")
  func holiday() async throws {
    let run = try await SimulatedRun(Plans.two(), Scenarios.holiday)
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    // The wait went past its minimum of seven days, to the return of the second part.
    #expect(run.figures?.verificationOff.allSatisfy { $0.seconds > 13 * 86_400 } == true)
  }

  @Test("A certificate that is swapped too early orphans clients, and the run still finishes")
  func prematureSwap() async throws {
    var scenario = Scenario()
    scenario.faults.prematureSwap = Scenario.PrematureSwap()
    let run = try await SimulatedRun(Plans.two(), scenario)
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans ?? 0 > 0)
  }

  @Test("A service that kept its certificate is found before anything depends on it")
  func missedRestart() async throws {
    var scenario = Scenario()
    scenario.faults.missedRestart = Scenario.ServiceFault()
    let run = try await SimulatedRun(Plans.two(), scenario)
    #expect(run.end == .failed)
    #expect(run.failures.map(\.action) == [.verifyCertificate])
    #expect(run.failures.first?.failure.message.contains("443 presents simulated:") == true)
    let enabled = run.driver.entries.contains {
      $0.effect == .enableVerification && $0.target == "paris"
    }
    #expect(!enabled)
  }

  @Test("A server's own ports are looked at, and named")
  func ownPorts() async throws {
    var scenario = Scenario()
    scenario.faults.missedRestart = Scenario.ServiceFault()
    var plan = Plans.two()
    plan.sites[0].servers[0].ports = ServerPorts(clients: Located(9443), api: Located(9446))
    let run = try await SimulatedRun(plan, scenario)
    let message = try #require(run.failures.first?.failure.message)
    #expect(message.contains("9443 presents simulated:"), "\(message)")
    #expect(!message.contains(" 443 "), "\(message)")
  }

  @Test("Replication that fails at first is waited for")
  func replicationFailure() async throws {
    var scenario = Scenario()
    scenario.faults.replicationFailure = Scenario.ReplicationFailure(tries: 3)
    let run = try await SimulatedRun(Plans.two(), scenario)
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    let link = run.driver.estate.replication.first
    #expect(link?.failedRuns == 3)
    #expect(link?.status == "SUCCEEDED")
  }

  @Test("Servers that answer 429 and services that do not start cost time, and no client")
  func flakyServers() async throws {
    let run = try await SimulatedRun(Plans.two(), Scenarios.flaky)
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    #expect(!run.failures.isEmpty)
    #expect(run.failures.allSatisfy { $0.failure.isRetryable })
    let silent = run.events.count {
      if case .waitSampled(_, _, .inconclusive) = $0.kind { true } else { false }
    }
    #expect(silent > 0)
  }

  @Test("A group that the rotation does not see becomes orphans")
  func missedGroup() async throws {
    var scenario = Scenario()
    scenario.faults.missedGroup = Scenario.MissedGroup()
    let run = try await SimulatedRun(Plans.two(), scenario)
    let truth = run.driver.estate.truth
    #expect(truth.orphans > 0)
  }

  @Test("A gate that is approved in vain is asked again and then done once")
  func gateNotDone() async throws {
    var scenario = Scenario()
    scenario.faults.gateNotDone = Scenario.GateNotDone(action: .updateCertificate)
    let run = try await SimulatedRun(Plans.two(), scenario)
    #expect(run.end == .succeeded)
    let updates = run.driver.entries.filter { $0.effect == .updateCertificate }
    #expect(updates.count { !$0.wasDone } == 3)
    #expect(updates.count { $0.wasDone } == 3)
    #expect(run.figures?.orphans == 0)
  }

  @Test("Where nothing can tell whether a restart happened, the run rests in doubt")
  func blindProbe() async throws {
    var scenario = Scenario()
    scenario.faults.serviceDoesNotStart = Scenario.ServiceFault()
    scenario.faults.blindProbe = Scenario.BlindProbe()
    var plan = Plans.failover()
    plan.automation = [
      AutomationRule(
        action: Located(.restartServices),
        channel: Located(.command(CommandTemplate(arguments: [Located("restart")]))))
    ]
    let blind = try await SimulatedRun(plan, scenario)
    #expect(blind.end == .resting(.inDoubt))
    scenario.faults.blindProbe?.site = "elsewhere"
    let elsewhere = try await SimulatedRun(plan, scenario)
    #expect(elsewhere.end == .succeeded)
  }

  @Test("A fault that is not there leaves the digest of a scenario as it was")
  func digest() {
    var scenario = Scenario()
    let before = scenario.digest
    scenario.faults.blindProbe = Scenario.BlindProbe()
    #expect(scenario.digest != before)
    #expect(before == "c4b67d59b6e385d829db0d16c81ea4ad")
  }

  @Test("Clients of version 14.2.1 forbid the failover method")
  func oldAgents() async throws {
    var scenario = Scenario()
    scenario.faults.oldAgents = Scenario.OldAgents()
    let run = try await SimulatedRun(Plans.failover(), scenario)
    #expect(run.end == .failed)
    #expect(run.failures.first?.action == .checkServer)
    let updated = run.driver.entries.contains { $0.effect == .updateCertificate }
    #expect(!updated)
  }

  @Test("Joins, purges, drift and a skewed clock change no outcome")
  func commotion() async throws {
    var scenario = Scenario()
    scenario.faults.joins = Scenario.Joins()
    scenario.faults.purge = Scenario.Purge()
    scenario.faults.serialDrift = Scenario.SerialDrift()
    scenario.faults.clockSkew = Scenario.ClockSkew()
    let run = try await SimulatedRun(Plans.two(), scenario)
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    let joined = run.events.contains {
      if case .waitSampled(_, _, .counted(let count)) = $0.kind { count.joined > 0 } else { false }
    }
    #expect(joined)
  }

  @Test("The same plan, scenario and seed give the same events and the same world")
  func determinism() async throws {
    let first = try await SimulatedRun(Plans.two(), Scenarios.flaky, seed: 5)
    let second = try await SimulatedRun(Plans.two(), Scenarios.flaky, seed: 5)
    let other = try await SimulatedRun(Plans.two(), Scenarios.flaky, seed: 6)
    #expect(first.events == second.events)
    #expect(first.driver.estate == second.driver.estate)
    #expect(first.events != other.events)
  }

  @Test("A world that is rebuilt from its log is the same world")
  func replay() async throws {
    let log = InMemoryEstateLog()
    let run = try await SimulatedRun(Plans.two(), Scenarios.flaky, seed: 3, log: log)
    let world = run.driver.estate
    let again = try SimulatedDriver(
      graph: run.state.graph, digest: "test", scenario: Scenarios.flaky, seed: 3, log: log,
      permit: .unlimited,
      clock: { VirtualClock(start: max($0, world.now)) })
    #expect(again.estate == world)
    #expect(again.entries == run.driver.entries)
  }
}
