import PlanModel
import PlanText
import RotationGraph

/// What a plan demands of its graph, read from the plan for the verifier alone.
///
/// The lowering reads the same things for itself. Neither asks the other, nor a third that both ask: what
/// one of them reads wrongly, the other does not.
struct PlanDemands {
  /// What is demanded of one site.
  struct Site {
    /// The wave in which it rotates, which is where a server of it names a certificate; nil where none does.
    var wave: Int?

    /// By which it rotates: its own, else that of the plan's strategy.
    var method: Method

    /// Whether it has SQL Express, whose certificate is coupled to the servers'.
    var hasExpressDatabase: Bool

    /// The positions in ``PlanDemands/partnerships`` of those that it belongs to.
    var partnerships: [Int] = []

    /// Whether it has a part in the rotation without rotating itself.
    var isPartner: Bool { wave == nil && !partnerships.isEmpty }
  }

  /// A partnership with a site that rotates.
  struct Partnership {
    /// The position in the plan.
    let position: Int

    /// Its sites in the order of the plan.
    let sites: [Int]

    /// The waves of the first and of the last of its sites to rotate.
    let waves: ClosedRange<Int>
  }

  /// For each site of the plan what is demanded of it.
  private(set) var sites: [Site]

  /// The sites that rotate together, wave after wave, none of which is empty.
  let waves: [[Int]]

  /// The partnerships that are broken for the rotation, in the order of the plan.
  private(set) var partnerships: [Partnership] = []

  /// How many servers of one site may be between update and verification at once.
  let lanes: Int

  init(_ plan: RotationPlan) {
    let strategy = plan.strategy
    lanes = strategy.serversAtOnce.value < 1 ? 1 : strategy.serversAtOnce.value
    waves = Self.waves(plan)
    sites = plan.sites.map { site in
      Site(
        method: site.method?.value ?? strategy.method.value,
        hasExpressDatabase: site.database?.value == .sqlExpress)
    }
    for (wave, members) in waves.enumerated() {
      for site in members { sites[site].wave = wave }
    }
    var named: [String: Int] = [:]
    for position in plan.sites.indices.reversed() {
      named[plan.sites[position].name.value] = position
    }
    for (position, partnership) in plan.partnerships.enumerated() {
      let members = Set(partnership.sites.compactMap { named[$0.value] }).sorted()
      let rotating = members.compactMap { sites[$0].wave }.sorted()
      guard let first = rotating.first, let last = rotating.last else { continue }
      for site in members { sites[site].partnerships.append(partnerships.count) }
      partnerships.append(Partnership(position: position, sites: members, waves: first...last))
    }
  }

  /// Each site with a certificate goes to the first list that names it, to one behind them where none does;
  /// lists that nobody went to are no waves.
  private static func waves(_ plan: RotationPlan) -> [[Int]] {
    let lists = plan.strategy.waves ?? []
    var listOfName: [String: Int] = [:]
    for (number, names) in lists.enumerated().reversed() {
      for name in names { listOfName[name.value] = number }
    }
    var members = [[Int]](repeating: [], count: lists.count + 1)
    for (position, site) in plan.sites.enumerated()
    where site.servers.contains(where: { $0.certificate != nil }) {
      // Two sites of one name are a mistake; a list names the first.
      let list = listOfName.removeValue(forKey: site.name.value) ?? lists.count
      members[list].append(position)
    }
    return members.filter { !$0.isEmpty }
  }
}
