import PlanModel
import PlanText

/// The client groups of an estate: a usual tree, and every group that the plan's rules name.
struct GroupBook: Sendable {
  /// A group of the tree.
  struct Entry: Sendable {
    let path: String
    let parent: Int?
    let inherits: Bool
    let locations: [String]
    let verifies: Bool
  }

  static let kiosks = #"My Company\Kiosks"#

  /// The groups; the first ones are the usual tree, in this order.
  let entries: [Entry]

  /// Where the groups that only the plan names begin.
  let firstNamed: Int

  // The positions of the usual groups.
  static let servers = 1
  static let domainControllers = 2
  static let desktops = 3
  static let laptops = 4
  static let kiosk = 5
  static let lab = 6

  init(plan: RotationPlan) {
    var entries = [
      Entry(
        path: "My Company", parent: nil, inherits: false, locations: ["Default"], verifies: true),
      Entry(
        path: #"My Company\Servers"#, parent: 0, inherits: false, locations: ["Default"],
        verifies: true),
      Entry(
        path: #"My Company\Servers\Domain Controllers"#, parent: 1, inherits: true,
        locations: ["Default"], verifies: true),
      Entry(
        path: #"My Company\Desktops"#, parent: 0, inherits: true, locations: ["Default"],
        verifies: true),
      Entry(
        path: #"My Company\Laptops"#, parent: 0, inherits: false,
        locations: ["Default", "Remote"], verifies: true),
      Entry(
        path: Self.kiosks, parent: 0, inherits: false, locations: ["Default"], verifies: true),
      // A group whose verification was off all along: it must be off again at the end.
      Entry(
        path: #"My Company\Lab"#, parent: 0, inherits: false, locations: ["Default"],
        verifies: false),
    ]
    firstNamed = entries.count
    for kind in WaitKind.allCases {
      let policy = plan.waits[kind]
      let selectors = policy.cohorts.map(\.selector) + policy.exclusions.map(\.selector)
      for case .some(let path) in selectors.map({ $0.group?.value })
      where !entries.contains(where: { $0.path == path }) && entries.count < 200 {
        entries.append(
          Entry(path: path, parent: 0, inherits: false, locations: ["Default"], verifies: true))
      }
    }
    self.entries = entries
  }

  /// The groups as a site's database holds them at the start.
  func groups(
    site: Int, startedAt: Int64, chance: Chance, hidden: String?
  ) -> [SimulatedSite.Group] {
    entries.enumerated().map { index, entry in
      let id = Chance.hexadecimal(of: chance.bits(.groupID, index), words: 2)
      let age = Chance.scaled(chance.bits(.group, site, index), below: 90 * PresenceModel.dayLength)
      return SimulatedSite.Group(
        path: entry.path, id: id.uppercased(), parent: entry.parent, inherits: entry.inherits,
        locations: entry.locations.map {
          SimulatedSite.Location(name: $0, usesHTTPS: true, verifies: entry.verifies)
        },
        policyDate: startedAt - 10 * PresenceModel.dayLength - age,
        isHidden: entry.path == hidden)
    }
  }
}
