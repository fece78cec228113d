import PlanModel

extension GraphBuilder {
  /// Up to so many servers, each backup of a site comes right after each of its checks. That is servers
  /// times servers edges: with more, the backups come after the record, which comes after the checks.
  private static let mostServersBackedUpDirectly = 16

  /// Adds the checks of a site, the record of its settings and its backups, and returns the last of them.
  mutating func prepareRotating(_ site: SiteToLower) -> [Int32] {
    var checks: [Int32] = []
    checks.reserveCapacity(site.servers * 2)
    for server in site.rotating {
      checks.append(add(.checkCertificate, site: site.site, server: server, after: []))
    }
    for server in 0..<site.servers {
      checks.append(add(.checkServer, site: site.site, server: server, after: []))
    }
    let record = add(.recordSettings, site: site.site, after: checks)
    let isDirect = site.servers <= Self.mostServersBackedUpDirectly
    let backups = (0..<site.servers).map { server in
      add(.backUpServer, site: site.site, server: server, after: isDirect ? checks : [record])
    }
    return isDirect ? [record] + backups : backups
  }

  /// Adds update, restart and verification of one server, and returns the last of them.
  mutating func rotate(server: Int, of site: SiteToLower, after entry: [Int32]) -> Int32 {
    let update = add(.updateCertificate, site: site.site, server: server, after: entry)
    let restart = add(.restartServices, site: site.site, server: server, after: [update])
    return add(.verifyCertificate, site: site.site, server: server, after: [restart])
  }

  /// Adds the upgrades of a site, one after the other and after a fresh backup of the database, and
  /// `confirm-settings` after the last of them and after the recovery files that are kept.
  ///
  /// Two servers of one database are never upgraded at once: both would change the schema
  /// (`docs/SEPM.md`, "Upgrades").
  mutating func finish(_ site: SiteToLower, after last: [Int32], kept: [Int32]) -> Int32 {
    var last = last
    if !site.upgraded.isEmpty { last = [add(.backUpDatabase, site: site.site, after: last)] }
    for server in site.upgraded {
      last = [add(.upgradeServer, site: site.site, server: server, after: last)]
    }
    return add(.confirmSettings, site: site.site, after: last + kept)
  }

  /// Adds the restoring of a partnership and the look at it.
  mutating func restoreReplication(partnership: Int, after ends: [Int32]) {
    let restored = add(.restoreReplication, partnership: partnership, after: ends)
    _ = add(.verifyReplication, partnership: partnership, after: [restored])
  }
}
