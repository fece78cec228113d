import PlanModel
import RotationGraph

/// Collects steps in a topological order: a step is added after everything it waits for.
struct GraphBuilder {
  let plan: RotationPlan
  private let channels: ChannelRules
  private var steps: [Step] = []
  private var offsets: [Int32] = [0]
  private var dependencies: [Int32] = []

  init(_ plan: RotationPlan) {
    self.plan = plan
    channels = ChannelRules(plan)
    let servers = plan.sites.reduce(0) { $0 + $1.servers.count }
    let expected = servers * 8 + plan.sites.count * 12 + plan.partnerships.count * 3
    steps.reserveCapacity(expected)
    offsets.reserveCapacity(expected + 1)
    dependencies.reserveCapacity(expected * 2)
  }

  /// Adds a step of a site that waits for `dependencies`, and returns its position.
  mutating func add(_ action: Action, site: Int, after dependencies: [Int32]) -> Int32 {
    add(
      Step(action, on: .site(site), by: channels.channel(of: action, site: site)),
      after: dependencies)
  }

  /// Adds a step of a partnership that waits for `dependencies`, and returns its position.
  mutating func add(_ action: Action, partnership: Int, after dependencies: [Int32]) -> Int32 {
    add(
      Step(action, on: .partnership(partnership), by: channels.channel(of: action, site: nil)),
      after: dependencies)
  }

  /// Adds a step of a server that waits for `dependencies`, and returns its position.
  mutating func add(_ action: Action, site: Int, server: Int, after dependencies: [Int32]) -> Int32
  {
    let channel = channels.channel(of: action, site: site)
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

  /// The graph of everything that was added.
  func graph() -> StepGraph {
    StepGraph(
      plan: plan,
      steps: steps,
      dependencies: AdjacencyTable(offsets: offsets, targets: dependencies))
  }
}
