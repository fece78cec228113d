import PlanModel

/// One server after the other while verification stays on: clients receive the new certificate from a
/// server that they still trust (`docs/SEPM.md`, "Failover").
struct FailoverLowering: SiteLowering {
  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32 {
    var entry = entry
    var kept: [Int32] = []
    for server in site.rotating {
      let verified = rules.rotateServer(server, site, entry, &builder)
      kept.append(rules.keepRecoveryFile(server, site, verified, &builder))
      let received = builder.add(
        .awaitCertificateReceived, site: site.site, server: server, after: [verified])
      entry = [received]
    }
    if site.renewsDatabaseCertificate {
      entry = [builder.add(.renewDatabaseCertificate, site: site.site, after: entry)]
    }
    return rules.finishSite(site, entry, kept, &builder)
  }
}
