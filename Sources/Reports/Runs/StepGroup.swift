import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// The steps of a site, or those of all partnerships.
struct StepGroup {
  let name: String
  private(set) var done = 0
  private(set) var underWay = 0
  private(set) var waiting = 0
  private(set) var trouble = 0
  private(set) var pending = 0
  /// The steps that are not done, in the order of the graph.
  private(set) var open: [Int] = []

  var isDone: Bool { open.isEmpty }

  /// The sites in the order of the plan, then the partnerships; without those that have no step.
  static func groups(of state: RunState) -> [StepGroup] {
    let sites = state.graph.plan.sites
    var groups = sites.map { StepGroup(name: $0.name.value) } + [StepGroup(name: "replication")]
    for step in state.steps.indices {
      groups[state.graph.site(of: step) ?? sites.count].add(step, state.steps[step].phase)
    }
    return groups.filter { $0.done > 0 || !$0.open.isEmpty }
  }

  private init(name: String) {
    self.name = name
  }

  private mutating func add(_ step: Int, _ phase: StepState.Phase) {
    switch phase {
    case .succeeded, .skipped:
      done += 1
      return
    case .pending: pending += 1
    case .running, .retrying, .gateApproved: underWay += 1
    case .waiting, .gateOpen: waiting += 1
    case .inDoubt, .failed: trouble += 1
    }
    open.append(step)
  }
}

extension StepState.Phase {
  var meaning: Palette.Meaning? {
    switch self {
    case .pending: .faint
    case .running, .retrying, .gateApproved: .busy
    case .waiting: .waiting
    case .gateOpen: .person
    case .inDoubt, .failed: .trouble
    case .succeeded, .skipped: .good
    }
  }

  /// The phase in machine formats.
  var code: String {
    switch self {
    case .pending: "pending"
    case .running: "running"
    case .retrying: "retrying"
    case .waiting: "waiting"
    case .gateOpen: "gate-open"
    case .gateApproved: "gate-approved"
    case .inDoubt: "in-doubt"
    case .failed: "failed"
    case .succeeded: "succeeded"
    case .skipped: "skipped"
    }
  }
}
