import PlanText

/// For which rotations there are steps with an action.
package struct Occasions: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Of every site that rotates.
  package static let rotation = Occasions(rawValue: 1 << 0)

  /// Of a site whose clients stop verifying their server meanwhile.
  package static let suspension = Occasions(rawValue: 1 << 1)

  /// Of a site whose database has a certificate that is coupled to the servers'.
  package static let databaseRenewal = Occasions(rawValue: 1 << 2)

  /// Of a server that is upgraded.
  package static let upgrade = Occasions(rawValue: 1 << 3)

  /// Of a partnership that is broken meanwhile, and of its sites.
  package static let partnership = Occasions(rawValue: 1 << 4)
}

extension RotationPlan {
  /// What there is to do at a site and its servers, and at its partnerships where `isPartnered`.
  package func occasions(of site: Site, isPartnered: Bool) -> Occasions {
    var occasions: Occasions = isPartnered ? .partnership : []
    guard site.isRotating else { return occasions }
    occasions.insert(.rotation)
    if method(of: site) == .suspendVerification { occasions.insert(.suspension) }
    if site.database?.value == .sqlExpress { occasions.insert(.databaseRenewal) }
    if site.servers.contains(where: { $0.upgrade != nil }) { occasions.insert(.upgrade) }
    return occasions
  }
}
