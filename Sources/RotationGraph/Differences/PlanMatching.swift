import PlanModel
import PlanText

/// Which site, server and partnership of one plan is which of another: those of the same name.
struct PlanMatching {
  /// For each site of the old plan its position in the new one.
  let site: [Int?]

  /// For each site of the old plan and each of its servers the position in the new site.
  let server: [[Int?]]

  /// For each partnership of the old plan its position in the new one.
  let partnership: [Int?]

  init(_ old: RotationPlan, _ new: RotationPlan) {
    let site = Self.match(old.sites.map(\.name.value), new.sites.map(\.name.value))
    self.site = site
    server = old.sites.indices.map { position in
      let servers = old.sites[position].servers.map(\.name.value)
      guard let match = site[position] else { return servers.map { _ in nil } }
      return Self.match(servers, new.sites[match].servers.map(\.name.value))
    }
    partnership = Self.match(old.partnerships.map(\.name), new.partnerships.map(\.name))
  }

  /// For each name of `old` its position in `new`; a name that stands twice is matched once.
  static func match(_ old: [String], _ new: [String]) -> [Int?] {
    // Most plans keep their order.
    if old == new { return Array(old.indices) }
    var positions: [String: Int] = [:]
    positions.reserveCapacity(new.count)
    for (position, name) in new.enumerated().reversed() { positions[name] = position }
    return old.map { positions.removeValue(forKey: $0) }
  }

  /// The same target in the new plan; nil where it has none.
  func target(_ target: Target) -> Target? {
    switch target {
    case .site(let position): return site[position].map { .site($0) }
    case .server(let position, let number):
      guard let newSite = site[position], let newServer = server[position][number] else {
        return nil
      }
      return .server(site: newSite, server: newServer)
    case .partnership(let position): return partnership[position].map { .partnership($0) }
    }
  }
}
