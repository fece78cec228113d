import PlanModel
import PlanText
import RotationGraph

/// The kinds of steps that pictures tell apart.
enum StepKind: CaseIterable {
  /// Changes nothing.
  case observation

  /// Changes something, by API or program.
  case change

  /// A person does it.
  case gate

  /// Waits for clients.
  case wait

  init(_ step: Step) {
    if step.action.effect == .wait {
      self = .wait
    } else if step.channel == .operator {
      self = .gate
    } else if step.action.effect == .readOnly {
      self = .observation
    } else {
      self = .change
    }
  }
}

/// The steps of a graph by what they belong to, in the order of the graph.
struct StepGroups {
  /// A site's steps.
  struct Group {
    let site: Int
    var steps: [Int]
  }

  /// The sites that have steps, in the order of the plan.
  let sites: [Group]

  /// The steps of partnerships.
  let partnerships: [Int]

  init(_ graph: StepGraph) {
    var bySite = [[Int]](repeating: [], count: graph.plan.sites.count)
    var partnerships: [Int] = []
    for step in graph.steps.indices {
      if let site = graph.site(of: step) {
        bySite[site].append(step)
      } else {
        partnerships.append(step)
      }
    }
    sites = bySite.enumerated().filter { !$0.element.isEmpty }
      .map { Group(site: $0.offset, steps: $0.element) }
    self.partnerships = partnerships
  }
}

extension StepGraph {
  /// What a picture writes on a step: the action, and below it the target where the group does not say
  /// it.
  func label(of step: Int) -> (action: String, target: String?) {
    let action = steps[step].action.rawValue
    switch steps[step].target {
    case .site: return (action, nil)
    case .server(let site, let server):
      return (action, plan.sites[site].servers[server].name.value)
    case .partnership(let partnership): return (action, plan.partnerships[partnership].name)
    }
  }
}
