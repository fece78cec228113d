import PlanModel
import PlanText
import RotationGraph

/// A graph with everything the checks look up: who a step belongs to, where each action of a target is,
/// and which milestones of its own site lie before and behind a step.
///
/// The masks follow edges inside one site only. That is enough to prove what holds on a graph as methods
/// make it, in one walk each way; where it is not, ``precedes(_:_:)`` searches.
struct GraphIndex {
  let graph: StepGraph
  let demands: PlanDemands
  let order: [Int32]

  /// The positions of a site's steps.
  struct SiteSteps {
    var record: Int32?
    var http: Int32?
    var disabled: Int32?
    var unverified: Int32?
    var renewed: Int32?
    var received: Int32?
    var enabled: Int32?
    var verifying: Int32?
    var https: Int32?
    var restored: Int32?
    var backedUp: Int32?
    var confirmed: Int32?

    /// The first change that is not a backup, in topological order.
    var entry: Int32?

    /// The last wait for one server, in topological order.
    var lastWait: Int32?

    /// Checks and backups, in topological order.
    var checks: [Int32] = []
    var backups: [Int32] = []

    /// From the first change to `confirm-settings`, in topological order.
    var body: [Int32] = []
    var updates: [Int32] = []
    var upgrades: [Int32] = []
  }

  /// The positions of a server's steps.
  struct ServerSteps {
    var update: Int32?
    var restart: Int32?
    var verify: Int32?
    var kept: Int32?
    var received: Int32?
    var upgrade: Int32?
    var checkCertificate: Int32?
    var checkServer: Int32?
    var backup: Int32?
  }

  /// The positions of a partnership's steps.
  struct PartnershipSteps {
    var broken: Int32?
    var restored: Int32?
    var verified: Int32?
  }

  private(set) var sites: [SiteSteps]
  private(set) var servers: [[ServerSteps]]
  private(set) var partnerships: [PartnershipSteps]

  /// For each step its site; -1 for partnerships.
  private(set) var siteOf: [Int32]

  /// For each step the milestones of its site that it comes after.
  private(set) var before: [Milestones]

  /// For each step the milestones of its site that come after it.
  private(set) var behind: [Milestones]

  private let rank: [Int32]
  private var passed: [Int32] = []
  private var milestone: [Milestones]

  /// Indexes a graph without a cycle, whose steps have valid targets and are each there once.
  init(_ graph: StepGraph, order: [Int32]) {
    self.graph = graph
    self.order = order
    demands = PlanDemands(graph.plan)
    sites = Array(repeating: SiteSteps(), count: graph.plan.sites.count)
    servers = graph.plan.sites.map { Array(repeating: ServerSteps(), count: $0.servers.count) }
    partnerships = Array(repeating: PartnershipSteps(), count: graph.plan.partnerships.count)
    siteOf = Array(repeating: -1, count: graph.steps.count)
    milestone = Array(repeating: [], count: graph.steps.count)
    before = milestone
    behind = milestone
    var rank = [Int32](repeating: 0, count: graph.steps.count)
    for (position, step) in order.enumerated() { rank[Int(step)] = Int32(position) }
    self.rank = rank

    for step in order { place(step) }
    for site in sites.indices { markEnds(of: site) }
    propagate()
    passed = Self.passedWaves(graph, demands, order: order, sites: sites)
  }

  /// The last wave that may have begun when `step` starts; a lower bound.
  func passedWave(of step: Int32) -> Int { Int(passed[Int(step)]) }

  private mutating func place(_ position: Int32) {
    let step = graph.steps[Int(position)]
    switch step.target {
    case .partnership(let partnership): place(position, step.action, partnership: partnership)
    case .site(let site):
      siteOf[Int(position)] = Int32(site)
      if let milestone = Milestones(step.action) { self.milestone[Int(position)] = milestone }
      place(position, step.action, site: site)
    case .server(let site, let server):
      siteOf[Int(position)] = Int32(site)
      place(position, step.action, site: site, server: server)
    }
  }

  private mutating func place(_ position: Int32, _ action: Action, partnership: Int) {
    switch action {
    case .breakReplication: partnerships[partnership].broken = position
    case .restoreReplication: partnerships[partnership].restored = position
    case .verifyReplication: partnerships[partnership].verified = position
    default: break
    }
  }

  private mutating func place(_ position: Int32, _ action: Action, site: Int) {
    if action != .recordSettings { sites[site].body.append(position) }
    switch action {
    case .recordSettings: sites[site].record = position
    case .switchClientsToHTTP: sites[site].http = position
    case .disableVerification: sites[site].disabled = position
    case .awaitVerificationDisabled: sites[site].unverified = position
    case .renewDatabaseCertificate: sites[site].renewed = position
    case .awaitCertificateReceived: sites[site].received = position
    case .enableVerification: sites[site].enabled = position
    case .awaitVerificationEnabled: sites[site].verifying = position
    case .switchClientsToHTTPS: sites[site].https = position
    case .awaitHTTPSRestored: sites[site].restored = position
    case .backUpDatabase: sites[site].backedUp = position
    case .confirmSettings: sites[site].confirmed = position
    default: break
    }
  }

  private mutating func place(_ position: Int32, _ action: Action, site: Int, server: Int) {
    switch action {
    case .checkCertificate:
      servers[site][server].checkCertificate = position
      sites[site].checks.append(position)
      return
    case .checkServer:
      servers[site][server].checkServer = position
      sites[site].checks.append(position)
      return
    case .backUpServer:
      servers[site][server].backup = position
      sites[site].backups.append(position)
      return
    case .updateCertificate:
      servers[site][server].update = position
      sites[site].updates.append(position)
    case .restartServices: servers[site][server].restart = position
    case .verifyCertificate: servers[site][server].verify = position
    case .keepRecoveryFile: servers[site][server].kept = position
    case .awaitCertificateReceived:
      servers[site][server].received = position
      sites[site].lastWait = position
    case .upgradeServer:
      servers[site][server].upgrade = position
      sites[site].upgrades.append(position)
    default: break
    }
    sites[site].body.append(position)
  }

  /// The first change of a site is what its method begins with, not what a wrong graph does first.
  private mutating func markEnds(of site: Int) {
    sites[site].entry = sites[site].http ?? sites[site].updates.first
    if let entry = sites[site].entry { milestone[Int(entry)].insert(.entry) }
    if let last = sites[site].lastWait { milestone[Int(last)].insert(.lastWait) }
  }

  private mutating func propagate() {
    for step in order where siteOf[Int(step)] >= 0 {
      var mask: Milestones = []
      for dependency in graph.dependencies[Int(step)]
      where siteOf[Int(dependency)] == siteOf[Int(step)] {
        mask.formUnion(before[Int(dependency)].union(milestone[Int(dependency)]))
      }
      before[Int(step)] = mask
    }
    for step in order.reversed() where siteOf[Int(step)] >= 0 {
      var mask: Milestones = []
      for dependent in graph.dependents[Int(step)]
      where siteOf[Int(dependent)] == siteOf[Int(step)] {
        mask.formUnion(behind[Int(dependent)].union(milestone[Int(dependent)]))
      }
      behind[Int(step)] = mask
    }
  }

  /// Whether `step` waits for `other` without any step between them.
  func isDirect(_ other: Int32, _ step: Int32) -> Bool {
    let list = graph.dependencies[Int(step)]
    var low = list.startIndex
    var high = list.endIndex
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < other { low = middle + 1 } else { high = middle }
    }
    return low < list.endIndex && list[low] == other
  }

  /// Whether `step` comes after `other` on some path: exact, and a search unless the edge is there.
  func precedes(_ other: Int32, _ step: Int32) -> Bool {
    if isDirect(other, step) { return true }
    let limit = rank[Int(other)]
    guard limit < rank[Int(step)] else { return false }
    var visited: Set<Int32> = [step]
    var stack = [step]
    while let current = stack.popLast() {
      for dependency in graph.dependencies[Int(current)] {
        if dependency == other { return true }
        if rank[Int(dependency)] > limit, visited.insert(dependency).inserted {
          stack.append(dependency)
        }
      }
    }
    return false
  }
}
