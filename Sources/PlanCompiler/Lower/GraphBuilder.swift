package import PlanModel
import RotationGraph

/// Collects steps in a topological order: a step is added after everything it waits for.
package struct GraphBuilder {
  private let channels: @Sendable (Action, _ site: Int?) -> Channel
  private var steps: [Step] = []
  private var offsets: [Int32] = [0]
  private var dependencies: [Int32] = []

  /// Nothing yet; about `expected` steps are to come.
  init(expecting expected: Int, channels: @escaping @Sendable (Action, _ site: Int?) -> Channel) {
    self.channels = channels
    steps.reserveCapacity(expected)
    offsets.reserveCapacity(expected + 1)
    dependencies.reserveCapacity(expected * 2)
  }

  /// Adds a step of a site that waits for `dependencies`, and returns its position.
  package mutating func add(_ action: Action, site: Int, after dependencies: [Int32]) -> Int32 {
    add(
      Step(action, on: .site(site), by: channels(action, site)),
      after: dependencies)
  }

  /// Adds a step of a partnership that waits for `dependencies`, and returns its position.
  package mutating func add(_ action: Action, partnership: Int, after dependencies: [Int32])
    -> Int32
  {
    add(
      Step(action, on: .partnership(partnership), by: channels(action, nil)),
      after: dependencies)
  }

  /// Adds a step of a server that waits for `dependencies`, and returns its position.
  package mutating func add(_ action: Action, site: Int, server: Int, after dependencies: [Int32])
    -> Int32
  {
    let channel = channels(action, site)
    return add(
      Step(action, on: .server(site: site, server: server), by: channel), after: dependencies)
  }

  private mutating func add(_ step: Step, after list: [Int32]) -> Int32 {
    let start = dependencies.count
    dependencies.append(contentsOf: list)
    if list.count > 1 { dependencies[start...].sort() }
    steps.append(step)
    offsets.append(Int32(dependencies.count))
    return Int32(steps.count - 1)
  }

  /// The graph of everything that was added, for `plan`.
  func graph(of plan: RotationPlan) -> StepGraph {
    StepGraph(
      plan: plan,
      steps: steps,
      dependencies: AdjacencyTable(offsets: offsets, targets: dependencies))
  }
}
