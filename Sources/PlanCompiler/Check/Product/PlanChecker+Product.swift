import PlanModel
import PlanText

extension PlanChecker {
  /// What versions and databases go together, and which versions can do what.
  mutating func checkProducts() {
    for site in plan.sites where site.isRotating {
      checkOldVersions(site)
      checkDatabase(site)
    }
  }

  private mutating func checkOldVersions(_ site: Site) {
    if let server = site.servers.first(where: { ($0.version?.value.major ?? 14) < 14 }),
      let version = server.version
    {
      report(
        .beforeVersionFourteen, at: version.span,
        "Server '\(server.name.value)' runs \(version.value), which has no REST API.",
        help: "Correct the version, or leave the site out until it is upgraded.")
    }
    guard plan.method(of: site) == .failover, !doubts.touches(site),
      site.method != nil || !doubts.contains(.strategy),
      let server = site.servers.first(where: {
        $0.version?.value.numbers.starts(with: [14, 2]) ?? false
      }),
      let version = server.version
    else { return }
    let method = site.method ?? plan.strategy.method
    report(
      .failoverOfOldClients, at: version.span,
      "Site '\(site.name.value)' rotates by failover, and server '\(server.name.value)' runs "
        + "\(version.value): its clients usually have 14.2.",
      help: "Use 'suspend-verification' for this site.",
      related: method.span.isKnown ? [.init("The method is chosen here.", at: method.span)] : [])
  }

  private mutating func checkDatabase(_ site: Site) {
    guard !doubts.touches(site) else { return }
    if let database = site.database {
      let server = site.servers.first {
        switch database.value {
        case .embedded: $0.version?.value.hasSQLExpress ?? false
        case .sqlExpress: $0.version?.value.hasEmbeddedDatabase ?? false
        case .sqlServer: false
        }
      }
      guard let server, let version = server.version, site.servers.count == 1 else { return }
      let other = database.value == .embedded ? Database.sqlExpress : .embedded
      report(
        .databaseOfOtherVersion, at: database.span,
        "Server '\(server.name.value)' runs \(version.value), which does not come with the database "
          + "'\(database.value.rawValue)'.",
        help:
          "Check in the console, and write 'database: \(other.rawValue)' or the right version.",
        related: [.init("The version it runs.", at: version.span)])
    } else if site.servers.count == 1, let server = site.servers.first,
      let version = server.version, version.value.hasSQLExpress
    {
      report(
        .databaseNotSaid, at: site.name.span,
        "Site '\(site.name.value)' runs \(version.value), and the plan does not say whether its "
          + "database is SQL Server Express.",
        help: "Add 'database: sql-express' or 'database: sql-server'.",
        related: [.init("The version it runs.", at: version.span)])
    }
  }
}

extension ProductVersion {
  fileprivate var major: Int { numbers.first ?? 0 }

  /// 14.3 RU2 (14.3.4615) or later. SQL Express came with 14.3 RU1 (`docs/SEPM.md`, "Versions"), whose
  /// exact number no source gives; nothing is said of what lies between.
  fileprivate var hasSQLExpress: Bool { !(numbers.lexicographicallyPrecedes([14, 3, 4615])) }

  /// Before 14.3, hence before 14.3 RU1.
  fileprivate var hasEmbeddedDatabase: Bool { numbers.lexicographicallyPrecedes([14, 3]) }
}
