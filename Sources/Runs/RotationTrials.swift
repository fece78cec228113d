package import Estate
package import Forecasts
import PlanModel
import PlanText
import RotationEngine
package import RotationGraph

/// Many simulated runs of one graph, each in an estate of its own: what the plan comes to, before anything starts.
package struct RotationTrials: Sendable {
  private let graph: SealedGraph
  private let scenario: Scenario

  /// Runs of a graph in estates of a scenario. Where nobody sits at its console, people answer gates as they usually do:
  /// no run would come to its end without.
  package init(of graph: SealedGraph, in scenario: Scenario) {
    self.graph = graph
    var attended = scenario
    attended.operator.isAbsent = false
    self.scenario = attended
  }

  /// Runs them, several at once.
  ///
  /// - Parameters:
  ///   - seeds: The seed of each.
  ///   - atOnce: How many at a time.
  /// - Returns: What they came to, in the order of the seeds
  /// - Throws: What only a defect could cause: there is no disk that could be full, and no lease that could be lost
  package func run(_ seeds: Range<Int64>, atOnce: Int) async throws -> [RotationTrial] {
    try await withThrowingTaskGroup(of: RotationTrial.self) { group in
      var left = seeds[...]
      var trials: [RotationTrial] = []
      trials.reserveCapacity(seeds.count)
      for _ in 0..<max(atOnce, 1) {
        guard let seed = left.popFirst() else { break }
        group.addTask { try await trial(seed) }
      }
      while let trial = try await group.next() {
        trials.append(trial)
        guard let seed = left.popFirst() else { continue }
        group.addTask { try await self.trial(seed) }
      }
      return trials.sorted { $0.seed < $1.seed }
    }
  }

  @concurrent
  private func trial(_ seed: Int64) async throws -> RotationTrial {
    let driver = try SimulatedDriver(
      graph: graph.graph, digest: graph.digest, scenario: scenario, seed: seed,
      log: InMemoryEstateLog(), permit: .unlimited, forecasts: nil,
      clock: { VirtualClock(start: $0) })
    let executor = Executor(run: "trial", world: driver, journal: ForgottenJournal())
    let (end, state) = try await executor.execute(
      from: RunState(graph: graph.graph),
      .start(
        RunStart(
          plan: graph.graph.plan.name.value, digest: graph.digest, by: "trial", seed: seed)),
      options: .init(
        until: .done, restsAtHeldWaits: true, recountsGates: false, looksBefore: false))
    return RotationTrial(seed: seed, end: end, state: state)
  }
}

/// A journal that nobody reads: a trial is over when its process is.
private struct ForgottenJournal: Journal {
  func append(_ events: [RunEvent], answering requests: [Int64]) async throws {}

  func requests() async throws -> [OperatorRequest] { [] }

  func renewLease() async throws {}

  func holdLease(for duration: Duration) async throws {}
}
