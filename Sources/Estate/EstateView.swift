package import RotationEngine
package import RotationGraph

/// The world of a run for whoever only looks at it: built from what its log tells, with nothing to write to.
package struct EstateView: Sendable {
  private let graph: StepGraph
  private let estate: SimulatedEstate

  /// The world of `graph` at `instant`, or where its history ends if that is later.
  ///
  /// - Parameters:
  ///   - graph: The run's graph.
  ///   - scenario: The scenario of the run.
  ///   - seed: The seed of the run.
  ///   - history: What was done to the world.
  ///   - instant: When it is looked at.
  package init(
    graph: StepGraph, scenario: Scenario, seed: Int64, history: EstateHistory, at instant: Instant
  ) {
    self.graph = graph
    var estate = SimulatedEstate(plan: graph.plan, scenario: scenario, seed: seed)
    for entry in history.entries { estate.apply(entry) }
    estate.advance(to: instant)
    self.estate = estate
  }

  /// The instant of the view.
  package var now: Instant { estate.now }

  /// The clients that hold a wait back.
  ///
  /// - Parameters:
  ///   - step: The wait's position in the graph.
  ///   - startedAt: The start of the wait.
  ///   - limit: The most to name.
  /// - Returns: None while the change that the step waits for has not been made.
  package func stragglers(of step: Int, since startedAt: Instant, limit: Int) -> Stragglers {
    let wait = graph.steps[step]
    guard let (site, policy, criterion) = estate.criterion(of: wait.action, on: wait.target) else {
      return Stragglers()
    }
    let census = AdoptionCensus(
      of: estate, site: site, policy: policy, criterion: criterion,
      startedAt: startedAt.milliseconds)
    return census.stragglers(in: estate, limit: limit)
  }

  /// The clients that can talk to no server, or will not on their return: at most `limit`, the longest absent first.
  package func orphans(limit: Int) -> [OrphanedClient] { estate.orphans(limit: limit) }
}
