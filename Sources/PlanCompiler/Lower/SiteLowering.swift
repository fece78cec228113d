package import PlanModel
import PlanText

/// How a method turns one rotating site into steps.
///
/// Everything around the site is the same for every method and not its business: the checks and backups
/// before, replication, and the order of the waves.
package protocol SiteLowering: Sendable {
  /// Adds the steps from the first change to `confirm-settings`, direct edges only, and returns the
  /// position of `confirm-settings`.
  ///
  /// The first change waits for `entry`; every other step must come after it. What all methods have in
  /// common comes from `rules`.
  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32
}

/// What a lowering needs to know of a site.
package struct SiteToLower: Sendable {
  /// The position in the plan.
  package let site: Int

  /// How many servers it has.
  package var servers: Int

  /// The method by which it rotates.
  package var method: Method

  /// The servers that get a certificate, in the order of the plan.
  package var rotating: [Int]

  /// The servers that are upgraded, in the order of the plan.
  package var upgraded: [Int]

  /// Whether the certificate of the site's database is renewed.
  package var renewsDatabaseCertificate: Bool

  /// How many servers are changed at once.
  package var serversAtOnce: Int

  init(_ position: Int, of plan: RotationPlan, by rules: LoweringRules) {
    let site = plan.sites[position]
    self.site = position
    servers = site.servers.count
    method = rules.method(plan, site)
    rotating = rules.rotatingServers(site)
    upgraded = rules.upgradedServers(site)
    renewsDatabaseCertificate = rules.renewsDatabaseCertificate(site)
    serversAtOnce = rules.serversAtOnce(plan)
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
