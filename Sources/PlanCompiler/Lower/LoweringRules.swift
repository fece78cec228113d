package import PlanModel
import PlanText
package import RotationGraph

/// All that the lowering asks of a plan, and all parts that it puts a graph together from: each a function,
/// in one value that the lowering is handed.
///
/// Nothing else of the lowering sees a plan, so that what is read wrongly is read wrongly in here. The tests
/// put a mistake in place of every member and hold the verifier to naming it.
package struct LoweringRules: Sendable {
  // What is read of a plan.

  /// The rotating sites wave by wave, as positions.
  package var waves: @Sendable (RotationPlan) -> [[Int]] = { RotationOutline.waves(of: $0) }

  /// The partnerships that are broken, from the wave of each site.
  package var partnerships:
    @Sendable (RotationPlan, _ waveOfSite: [Int?]) -> [RotationOutline.BrokenPartnership] = {
      RotationOutline.partnerships(of: $0, waveOfSite: $1)
    }

  /// The sites that take part without rotating, as positions.
  package var partnerSites: @Sendable (RotationOutline) -> [Int] = { $0.partnerSites }

  /// The method of a site.
  package var method: @Sendable (RotationPlan, Site) -> Method = { $0.method(of: $1) }

  /// The servers of a site that get a certificate, in the order of the plan.
  package var rotatingServers: @Sendable (Site) -> [Int] = { site in
    site.servers.indices.filter { site.servers[$0].certificate != nil }
  }

  /// The servers of a site that are upgraded, in the order of the plan.
  package var upgradedServers: @Sendable (Site) -> [Int] = { site in
    site.servers.indices.filter { site.servers[$0].upgrade != nil }
  }

  /// Whether the certificate of a site's database is coupled to the servers'
  /// (`docs/SEPM.md`, "SQL Express").
  package var renewsDatabaseCertificate: @Sendable (Site) -> Bool = {
    $0.database?.value == .sqlExpress
  }

  /// How many servers of one site are changed at once.
  package var serversAtOnce: @Sendable (RotationPlan) -> Int = {
    max(1, $0.strategy.serversAtOnce.value)
  }

  /// The channel of each action on a site or one of its servers; the site is nil for partnerships.
  package var channels: @Sendable (RotationPlan) -> @Sendable (Action, _ site: Int?) -> Channel = {
    let rules = ChannelRules($0)
    return { rules.channel(of: $0, site: $1) }
  }

  // The parts of a graph.

  /// Step 0 of a rotating site; returns the steps that all of it comes before.
  package var prepareRotating: @Sendable (SiteToLower, inout GraphBuilder) -> [Int32] = {
    $1.prepareRotating($0)
  }

  /// Step 0 of a partner site; returns the steps that all of it comes before.
  package var preparePartner: @Sendable (_ site: Int, inout GraphBuilder) -> [Int32] = {
    [$1.add(.recordSettings, site: $0, after: [])]
  }

  /// What the break of a broken partnership waits for.
  package var beforeBreak: @Sendable (LoweringProgress, _ partnership: Int) -> [Int32] = {
    $0.beforeBreak(of: $1)
  }

  /// What the first change of a rotating site waits for.
  package var beforeRotation: @Sendable (LoweringProgress, _ site: Int) -> [Int32] = {
    $0.beforeRotation(of: $1)
  }

  /// What the restoring of a broken partnership waits for.
  package var beforeRestoring: @Sendable (LoweringProgress, _ partnership: Int) -> [Int32] = {
    $0.beforeRestoring(of: $1)
  }

  /// Restoring a partnership, as a position in the plan, and the look at it afterwards.
  package var restoreReplication:
    @Sendable (_ partnership: Int, _ after: [Int32], inout GraphBuilder) -> Void = {
      $2.restoreReplication(partnership: $0, after: $1)
    }

  /// The strategy behind a method.
  package var siteLowering: @Sendable (Method) -> any SiteLowering = { $0.lowering }

  /// Update, restart and verification of one server; returns the last of them.
  package var rotateServer:
    @Sendable (_ server: Int, SiteToLower, _ after: [Int32], inout GraphBuilder) -> Int32 = {
      $3.rotate(server: $0, of: $1, after: $2)
    }

  /// The copy of the recovery file that the update of a server made; nothing waits for it but the end of
  /// the site.
  package var keepRecoveryFile:
    @Sendable (_ server: Int, SiteToLower, _ after: Int32, inout GraphBuilder) -> Int32 = {
      $3.add(.keepRecoveryFile, site: $1.site, server: $0, after: [$2])
    }

  /// The upgrades of a site and its `confirm-settings`, which is returned; `kept` are the copies of
  /// recovery files.
  package var finishSite:
    @Sendable (SiteToLower, _ after: [Int32], _ kept: [Int32], inout GraphBuilder) -> Int32 = {
      $3.finish($0, after: $1, kept: $2)
    }

  /// What Waltz does.
  package static let standard = LoweringRules()

  private init() {}
}
