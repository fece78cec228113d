import PlanCompiler
import PlanModel

/// A method that is told something wrong of its site.
struct WrongSite: SiteLowering {
  private let method: any SiteLowering
  private let mistake: @Sendable (inout SiteToLower) -> Void

  init(_ method: any SiteLowering, _ mistake: @escaping @Sendable (inout SiteToLower) -> Void) {
    self.method = method
    self.mistake = mistake
  }

  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32 {
    var site = site
    mistake(&site)
    return method.lower(site, after: entry, by: rules, into: &builder)
  }
}

/// Fail-over in which no server waits for the clients of another.
struct AllAtOnce: SiteLowering {
  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32 {
    var kept: [Int32] = []
    var ends = site.rotating.map { server in
      let verified = rules.rotateServer(server, site, entry, &builder)
      kept.append(rules.keepRecoveryFile(server, site, verified, &builder))
      return builder.add(
        .awaitCertificateReceived, site: site.site, server: server, after: [verified])
    }
    if site.renewsDatabaseCertificate {
      ends = [builder.add(.renewDatabaseCertificate, site: site.site, after: ends)]
    }
    return rules.finishSite(site, ends, kept, &builder)
  }
}

/// Suspension of verification, one server after the other, in which steps of the site are left out.
struct SuspensionWithout: SiteLowering {
  private let forgotten: Set<Action>

  init(_ forgotten: Set<Action>) {
    self.forgotten = forgotten
  }

  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32 {
    var last = entry
    func add(_ actions: [Action]) {
      for action in actions where !forgotten.contains(action) {
        last = [builder.add(action, site: site.site, after: last)]
      }
    }
    add([.switchClientsToHTTP, .disableVerification, .awaitVerificationDisabled])
    var kept: [Int32] = []
    for server in site.rotating {
      let verified = rules.rotateServer(server, site, last, &builder)
      kept.append(rules.keepRecoveryFile(server, site, verified, &builder))
      last = [verified]
    }
    if site.renewsDatabaseCertificate { add([.renewDatabaseCertificate]) }
    add([
      .awaitCertificateReceived, .enableVerification, .awaitVerificationEnabled,
      .switchClientsToHTTPS, .awaitHTTPSRestored,
    ])
    return rules.finishSite(site, last, kept, &builder)
  }
}
