public import PlanModel
import PlanText

/// The steps of a rotation and what each waits for.
///
/// A graph that comes out of the compiler has its steps in a topological order, so that every
/// dependency stands before its dependents, and holds direct edges only.
public struct StepGraph: Sendable, Equatable {
  /// What the rotation is about; targets are positions in it.
  public let plan: RotationPlan

  /// The steps; a step is named by its position.
  public let steps: [Step]

  /// For each step the steps it waits for, in rising order.
  public let dependencies: AdjacencyTable

  /// For each step the steps that wait for it, in rising order.
  public let dependents: AdjacencyTable

  /// A graph; `dependencies` has one list for each step.
  public init(plan: RotationPlan, steps: [Step], dependencies: AdjacencyTable) {
    precondition(dependencies.count == steps.count)
    self.plan = plan
    self.steps = steps
    self.dependencies = dependencies
    dependents = dependencies.reversed()
  }

  /// The name of a target: `paris`, `paris/sepm-par-01`, `berlin+paris`.
  public func name(of target: Target) -> String {
    switch target {
    case .site(let site): plan.sites[site].name.value
    case .server(let site, let server):
      plan.sites[site].name.value + "/" + plan.sites[site].servers[server].name.value
    case .partnership(let partnership): plan.partnerships[partnership].name
    }
  }

  /// The id of a step: `update-certificate/paris/sepm-par-01`.
  public func id(of step: Int) -> String {
    steps[step].action.rawValue + "/" + name(of: steps[step].target)
  }

  /// The positions by id; made anew at each call, so keep it.
  public func stepsByID() -> [String: Int] {
    var result: [String: Int] = [:]
    result.reserveCapacity(steps.count)
    for step in steps.indices { result[id(of: step)] = step }
    return result
  }

  /// The site that a step belongs to; nil for steps of partnerships.
  public func site(of step: Int) -> Int? {
    switch steps[step].target {
    case .site(let site), .server(let site, _): site
    case .partnership: nil
    }
  }

  /// The sites of a partnership as positions; a name that the plan does not have is left out.
  public func sites(ofPartnership partnership: Int) -> [Int] {
    plan.partnerships[partnership].sites.compactMap { name in
      plan.sites.firstIndex { $0.name == name }
    }
  }

  /// Whether the plan has a partnership of a site.
  package func isInPartnership(_ site: Int) -> Bool {
    plan.partnerships.contains { $0.sites.contains(plan.sites[site].name) }
  }

  /// The sites that a step is about, as positions: one, or both of a partnership.
  package func sites(of step: Int) -> [Int] {
    switch steps[step].target {
    case .site(let site), .server(let site, _): [site]
    case .partnership(let partnership): sites(ofPartnership: partnership)
    }
  }

  /// The sites that a step acts on, itself or through a partnership, in the order of the plan.
  public var touchedSites: [Int] {
    var isTouched = [Bool](repeating: false, count: plan.sites.count)
    for step in steps {
      switch step.target {
      case .site(let site), .server(let site, _): isTouched[site] = true
      case .partnership(let partnership):
        for site in sites(ofPartnership: partnership) { isTouched[site] = true }
      }
    }
    return isTouched.indices.filter { isTouched[$0] }
  }

  /// The command that carries out a step over the channel ``Channel/command``: the site's rule, else
  /// the plan's; nil where neither has one.
  public func command(of step: Int) -> CommandTemplate? {
    let action = steps[step].action
    let own = site(of: step).map { plan.sites[$0].automation } ?? []
    for rule in own + plan.automation where rule.action.value == action {
      if case .command(let template) = rule.channel.value { return template }
      return nil
    }
    return nil
  }

  /// The places from which a step's server is looked at too: those of the site's rule, else of the plan's.
  package func viewpoints(of step: Int) -> [Viewpoint] {
    let action = steps[step].action
    let own = site(of: step).map { plan.sites[$0].automation } ?? []
    for rule in own + plan.automation where rule.action.value == action {
      if case .probe(let viewpoints) = rule.channel.value { return viewpoints }
      return []
    }
    return []
  }
}
