import PlanModel
import RotationGraph

/// Which actions there are on each target of a plan: a word a target, since graphs have many steps and an
/// action hashes as its name.
struct TargetActions {
  private var sites: [ActionSet]
  private var servers: [[ActionSet]]
  private var partnerships: [ActionSet]

  /// How many steps are in it.
  private(set) var count = 0

  /// No step of any target of `plan`.
  init(_ plan: RotationPlan) {
    sites = Array(repeating: [], count: plan.sites.count)
    servers = plan.sites.map { Array(repeating: [], count: $0.servers.count) }
    partnerships = Array(repeating: [], count: plan.partnerships.count)
  }

  /// The actions on a target, which the plan must have.
  private subscript(_ target: Target) -> ActionSet {
    get {
      switch target {
      case .site(let site): sites[site]
      case .server(let site, let server): servers[site][server]
      case .partnership(let partnership): partnerships[partnership]
      }
    }
    set {
      switch target {
      case .site(let site): sites[site] = newValue
      case .server(let site, let server): servers[site][server] = newValue
      case .partnership(let partnership): partnerships[partnership] = newValue
      }
    }
  }

  func contains(_ action: Action, on target: Target) -> Bool {
    self[target].contains(ActionSet(action))
  }

  /// Puts a step in; false where it is there already.
  mutating func insert(_ action: Action, on target: Target) -> Bool {
    guard !contains(action, on: target) else { return false }
    self[target].insert(ActionSet(action))
    count += 1
    return true
  }

  /// Takes a step out; false where it is not there.
  mutating func remove(_ action: Action, on target: Target) -> Bool {
    guard contains(action, on: target) else { return false }
    self[target].remove(ActionSet(action))
    count -= 1
    return true
  }
}
