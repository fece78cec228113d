import Estate
import PlanCompiler
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import TestSupport

/// A whole run against a simulated estate, in memory.
struct SimulatedRun {
  let end: RunEnd
  let state: RunState
  let events: [RunEvent]
  let driver: SimulatedDriver

  init(
    _ plan: RotationPlan, _ scenario: Scenario = Scenario(), seed: Int64 = 0,
    log: any EstateLog = InMemoryEstateLog(), options: Scheduler.Options = .init()
  ) async throws {
    let graph = lower(plan)
    let driver = try SimulatedDriver(
      graph: graph, digest: "test", scenario: scenario, seed: seed, log: log, permit: .unlimited,
      clock: { VirtualClock(start: $0) })
    let journal = try MemoryRun(graph)
    let executor = Executor(run: "test", world: driver, journal: journal)
    let start = RunStart(plan: plan.name.value, digest: "test", by: "test", seed: seed)
    let (end, state) = try await executor.execute(
      from: RunState(graph: graph), .start(start), options: options)
    self.end = end
    self.state = state
    self.driver = driver
    events = try journal.events
  }

  /// The figures with which the run ended.
  var figures: RunFigures? {
    switch events.last?.kind {
    case .runSucceeded(let figures), .runFailed(let figures), .runAborted(let figures): figures
    default: nil
    }
  }

  /// The failures in order, with the action of their step.
  var failures: [(action: Action, failure: StepFailure)] {
    events.compactMap { event in
      guard case .stepFailed(let step, _, let failure, _) = event.kind else { return nil }
      return (state.graph.steps[step].action, failure)
    }
  }
}
