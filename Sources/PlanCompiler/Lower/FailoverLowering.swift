import PlanModel

/// One server after the other while verification stays on: clients receive the new certificate from a
/// server that they still trust (`docs/SEPM.md`, "Failover").
struct FailoverLowering: SiteLowering {
  func lower(
    _ site: SiteToLower, after entry: [Int32], into builder: inout GraphBuilder
  ) -> Int32 {
    var entry = entry
    for server in site.rotating {
      let verified = builder.rotate(server: server, of: site, after: entry)
      let received = builder.add(
        .awaitCertificateReceived, site: site.site, server: server, after: [verified])
      entry = [received]
    }
    if site.renewsDatabaseCertificate {
      entry = [builder.add(.renewDatabaseCertificate, site: site.site, after: entry)]
    }
    // A rotating site has a rotating server, so there is one step to go on from.
    return builder.finish(site, after: entry[0])
  }
}
