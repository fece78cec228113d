import PlanModel
import PlanText

/// How a method turns one rotating site into steps.
///
/// Everything around the site is the same for every method and not its business: the checks and back-ups
/// before, replication, and the order of the waves.
protocol SiteLowering: Sendable {
  /// Adds the steps from the first change to `confirm-settings`, direct edges only, and returns the
  /// position of `confirm-settings`.
  ///
  /// The first change waits for `entry`; every other step must come after it.
  func lower(_ site: SiteToLower, after entry: [Int32], into builder: inout GraphBuilder) -> Int32
}

/// What a method needs to know of a site.
struct SiteToLower {
  /// The position in the plan.
  let site: Int

  /// The servers that get a certificate, in the order of the plan.
  let rotating: [Int]

  /// The servers that are upgraded, in the order of the plan.
  let upgraded: [Int]

  /// Whether the certificate of the site's database is coupled to the servers'
  /// (`docs/SEPM.md`, "SQL Express").
  let renewsDatabaseCertificate: Bool

  /// How many servers are changed at once.
  let serversAtOnce: Int

  init(_ position: Int, of plan: RotationPlan) {
    let site = plan.sites[position]
    self.site = position
    rotating = site.servers.indices.filter { site.servers[$0].certificate != nil }
    upgraded = site.servers.indices.filter { site.servers[$0].upgrade != nil }
    renewsDatabaseCertificate = site.database?.value == .sqlExpress
    serversAtOnce = max(1, plan.strategy.serversAtOnce.value)
  }
}

extension Method {
  /// The strategy behind the name.
  var lowering: any SiteLowering {
    switch self {
    case .suspendVerification: SuspendVerificationLowering()
    case .failover: FailoverLowering()
    }
  }
}

extension GraphBuilder {
  /// Adds the upgrades of a site, one after the other, and `confirm-settings` after the last.
  ///
  /// Two servers of one database are never upgraded at once: both would change the schema
  /// (`docs/SEPM.md`, "Upgrades").
  mutating func finish(_ site: SiteToLower, after last: Int32) -> Int32 {
    var last = last
    for server in site.upgraded {
      last = add(.upgradeServer, site: site.site, server: server, after: [last])
    }
    return add(.confirmSettings, site: site.site, after: [last])
  }

  /// Adds update, restart and verification of one server, and returns the last of them.
  mutating func rotate(server: Int, of site: SiteToLower, after entry: [Int32]) -> Int32 {
    let update = add(.updateCertificate, site: site.site, server: server, after: entry)
    let restart = add(.restartServices, site: site.site, server: server, after: [update])
    return add(.verifyCertificate, site: site.site, server: server, after: [restart])
  }
}
