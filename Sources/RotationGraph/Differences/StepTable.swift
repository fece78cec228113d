import PlanModel

/// The steps of a graph by action and target, in a flat table instead of a dictionary of ids.
struct StepTable {
  private let plan: RotationPlan
  private let firstServer: [Int]
  private let firstPartnership: Int
  private var steps: [Int32]

  private static let numbers: [Action: Int] = Dictionary(
    uniqueKeysWithValues: Action.allCases.enumerated().map { ($0.element, $0.offset) })

  init(_ graph: StepGraph) {
    plan = graph.plan
    var firstServer: [Int] = []
    var next = plan.sites.count
    for site in plan.sites {
      firstServer.append(next)
      next += site.servers.count
    }
    self.firstServer = firstServer
    firstPartnership = next
    steps = Array(
      repeating: -1, count: (next + plan.partnerships.count) * Self.numbers.count)
    for (position, step) in graph.steps.enumerated() {
      let slot = slot(step.action, step.target)
      if steps[slot] < 0 { steps[slot] = Int32(position) }
    }
  }

  /// The position of a step; nil where the graph has none.
  func position(_ action: Action, on target: Target) -> Int? {
    let position = steps[slot(action, target)]
    return position < 0 ? nil : Int(position)
  }

  private func slot(_ action: Action, _ target: Target) -> Int {
    let row =
      switch target {
      case .site(let site): site
      case .server(let site, let server): firstServer[site] + server
      case .partnership(let partnership): firstPartnership + partnership
      }
    return row * Self.numbers.count + (Self.numbers[action] ?? 0)
  }
}
