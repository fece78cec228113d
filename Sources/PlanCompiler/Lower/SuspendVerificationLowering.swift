import PlanModel

/// The vendor's procedure for any site: clients stop verifying the server, the certificates are changed,
/// clients verify again (`docs/SEPM.md`, "Suspending verification").
struct SuspendVerificationLowering: SiteLowering {
  func lower(
    _ site: SiteToLower, after entry: [Int32], by rules: LoweringRules,
    into builder: inout GraphBuilder
  ) -> Int32 {
    let position = site.site
    let http = builder.add(.switchClientsToHTTP, site: position, after: entry)
    let disabled = builder.add(.disableVerification, site: position, after: [http])
    let open = builder.add(.awaitVerificationDisabled, site: position, after: [disabled])

    // A lane is every serversAtOnce-th server; its next server starts when the one before is verified.
    // The ends of the lanes are the last serversAtOnce verifications: all others come before them.
    var (verified, kept): ([Int32], [Int32]) = ([], [])
    verified.reserveCapacity(site.rotating.count)
    kept.reserveCapacity(site.rotating.count)
    for (index, server) in site.rotating.enumerated() {
      let before = index < site.serversAtOnce ? open : verified[index - site.serversAtOnce]
      verified.append(rules.rotateServer(server, site, [before], &builder))
      kept.append(rules.keepRecoveryFile(server, site, verified[index], &builder))
    }
    var changed = Array(verified.suffix(site.serversAtOnce))
    if site.renewsDatabaseCertificate {
      changed = [builder.add(.renewDatabaseCertificate, site: position, after: changed)]
    }

    let received = builder.add(.awaitCertificateReceived, site: position, after: changed)
    let enabled = builder.add(.enableVerification, site: position, after: [received])
    let verifying = builder.add(.awaitVerificationEnabled, site: position, after: [enabled])
    let https = builder.add(.switchClientsToHTTPS, site: position, after: [verifying])
    let restored = builder.add(.awaitHTTPSRestored, site: position, after: [https])
    return rules.finishSite(site, [restored], kept, &builder)
  }
}
