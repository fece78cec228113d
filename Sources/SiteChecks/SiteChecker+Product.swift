import CertificateSources
import PlanModel
import PlanText

extension SiteChecker {
  /// Version, database, number of servers, licence.
  mutating func checkProduct(of site: Int, _ facts: SiteFacts) {
    checkVersion(of: site, facts.version)
    if let database = facts.database { checkDatabase(of: site, database) }
    if let servers = facts.servers {
      checkServers(of: site, servers, isShared: isShared(site, facts))
    }
    if let license = facts.license { checkLicense(of: site, license) }
    checkEnrolment(of: site, facts)
  }

  /// A site that replicates may list the servers of its partners as well.
  private mutating func checkServers(of site: Int, _ servers: Int, isShared: Bool) {
    let own = plan.sites[site]
    let name = own.name
    let listed = isShared ? plan.sites.filter { $0.name == name || isPartner($0) } : [own]
    let planned = listed.map(\.servers.count).reduce(0, +)
    guard servers > planned else { return }
    report(
      .moreServers, at: name.span,
      "SEPM lists \(counted(servers, "server")) of site \(self.name(of: site))\(isShared ? " and its partners" : ""), "
        + "and the plan has \(planned.grouped).",
      help:
        "Add the missing one to 'servers', with a certificate if it is to be changed as well: Admin ▸ Servers "
        + "▸ Local Site in the console lists them.")
  }

  /// Whether a site of the plan replicates.
  private func isPartner(_ site: Site) -> Bool {
    plan.partnerships.contains { $0.sites.contains { $0 == site.name } }
  }

  /// The API tells the version of the server that it runs on.
  private mutating func checkVersion(of site: Int, _ text: String) {
    guard let version = ProductVersion(text), let server = serverOfAPI(at: site) else { return }
    let name = "Server '\(server.name.value)'"
    if let upgrade = server.upgrade, !version.isOlder(than: upgrade.value) {
      report(
        .otherVersion, at: upgrade.span,
        "\(name) has version \(text) already, and the plan upgrades it to \(upgrade.value).",
        help: "Remove 'upgrade' from the server, or name the version that it should get.")
    } else if let planned = server.version, !version.begins(with: planned.value) {
      report(
        .otherVersion, at: planned.span,
        "\(name) has version \(text), and the plan says \(planned.value).",
        help: "Correct 'version' and look at what `waltz plan validate` then says.")
    }
  }

  /// The server that a site's API runs on, where that can be told.
  private func serverOfAPI(at site: Int) -> Server? {
    let servers = plan.sites[site].servers
    if servers.count == 1 { return servers[0] }
    guard let host = plan.sites[site].api.flatMap({ URLParts($0.url.value)?.host.lowercased() })
    else { return nil }
    let named = servers.filter { $0.address.value.lowercased() == host }
    // Servers that share an address have ports of their own.
    return named.count == 1 ? named[0] : nil
  }

  private mutating func checkDatabase(of site: Int, _ database: SiteFacts.Database) {
    let own = plan.sites[site]
    let planned = own.database?.value
    guard (planned == .sqlExpress) != database.isSQLExpress, own.isRotating || planned != nil
    else { return }
    let seen =
      database.isSQLExpress
      ? "SQL Server Express" : database.type.map { "'\($0)'" } ?? "another one"
    report(
      .otherDatabase, at: own.database?.span ?? own.name.span,
      "SEPM says that the database of site \(name(of: site)) is \(seen)"
        + (database.instance.flatMap { $0.isEmpty ? nil : $0 }.map { ", instance '\($0)'" } ?? "")
        + ". The plan says \(planned.map { "'\($0.rawValue)'" } ?? "nothing about it").",
      help: "Write 'database: \(database.isSQLExpress ? "sql-express" : "sql-server")' for the site"
        + (database.isSQLExpress ? "." : ", or 'embedded' if that is what it is."))
  }

  private mutating func checkLicense(of site: Int, _ license: SiteFacts.License) {
    let help = "Renew it: Admin ▸ Licenses in the console. Partners share a licence."
    if license.hasEnded == true {
      let day = license.end.map { " on \(UTCText.day($0))" } ?? ""
      report(
        .licenseEnds, at: place(of: site),
        "The licence of site \(name(of: site)) has ended\(day).", help: help)
    } else if let last = license.end, let end, last > 0, last < end {
      report(
        .licenseEnds, at: place(of: site),
        "The licence of site \(name(of: site)) ends on \(UTCText.day(last)). The rotation may last until "
          + "\(UTCText.day(end)) if its waits use up their deadlines.",
        help: help)
    }
  }

  /// The site of a farm that the cloud knows: what its partners get from there stops while replication is broken, and
  /// its database must not be the one that is overwritten.
  private mutating func checkEnrolment(of site: Int, _ facts: SiteFacts) {
    guard facts.isEnrolled == true else { return }
    let name = plan.sites[site].name
    for partnership in plan.partnerships where partnership.sites.contains(where: { $0 == name }) {
      if let authority = partnership.authority, authority != name {
        report(
          .enrolledSite, at: authority.span,
          "Site \(self.name(of: site)) is the one that is enrolled with the cloud, and its database would be "
            + "overwritten by that of '\(authority.value)' when '\(partnership.name)' is restored.",
          help: "Make \(self.name(of: site)) the 'authority', or be ready to enrol it again.",
          severity: .warning)
      } else {
        report(
          .enrolledSite, at: partnership.span.isKnown ? partnership.span : name.span,
          "Site \(self.name(of: site)) is the one that is enrolled with the cloud. While '\(partnership.name)' is "
            + "broken, nothing from the cloud reaches its partner.",
          help:
            "Nothing needs to be done. Tell those who work in the cloud console when replication is broken."
        )
      }
    }
  }
}

extension ProductVersion {
  /// Whether every number that `other` gives is the same here: `14.3.9816.7000` begins with `14.3.9816`.
  fileprivate func begins(with other: ProductVersion) -> Bool {
    numbers.starts(with: other.numbers)
  }

  /// Whether it is older, as far as both give numbers.
  fileprivate func isOlder(than other: ProductVersion) -> Bool {
    numbers.prefix(other.numbers.count).lexicographicallyPrecedes(other.numbers)
  }
}
