import PlanModel
import PlanText

extension PlanChecker {
  /// Upgrades, and the versions on which servers and partners end.
  mutating func checkVersions() {
    for site in plan.sites {
      for server in site.servers {
        guard let target = server.upgrade else { continue }
        if let version = server.version, target.value <= version.value {
          report(
            .upgradeNotNewer, at: target.span,
            "Server '\(server.name.value)' runs \(version.value) and would be upgraded to "
              + "\(target.value), which is not newer.",
            help: "Write the version to upgrade to, or remove 'upgrade'.",
            related: [.init("The version it runs.", at: version.span)])
        } else if !site.isRotating, hasRotation, !doubts.touches(site) {
          report(
            .upgradeWithoutRotation, at: target.span,
            "Server '\(server.name.value)' is to be upgraded, but no server of site "
              + "'\(site.name.value)' gets a certificate.",
            help: "Remove 'upgrade', or name a certificate at a server of the site.")
        }
      }
    }
    guard !doubts.contains(.sites) else { return }
    checkFinalVersions()
  }

  private mutating func checkFinalVersions() {
    // One finding a site, then one a partnership of sites that agree in themselves.
    var final = [Located<ProductVersion>?](repeating: nil, count: plan.sites.count)
    var isMixed = [Bool](repeating: false, count: plan.sites.count)
    for (index, site) in plan.sites.enumerated() {
      for server in site.servers {
        guard let version = server.upgrade ?? server.version else { continue }
        guard let first = final[index] else {
          final[index] = version
          continue
        }
        guard !first.value.isSame(as: version.value) else { continue }
        isMixed[index] = true
        report(
          .versionsDiffer, at: version.span,
          "Server '\(server.name.value)' ends on \(version.value), another server of site "
            + "'\(site.name.value)' on \(first.value).",
          help: "Upgrade all servers of a site to the same version.",
          related: [.init("The other version.", at: first.span)])
        break
      }
    }
    for pair in pairs {
      guard !isMixed[pair.first], !isMixed[pair.second], let left = final[pair.first],
        let right = final[pair.second], !left.value.isSame(as: right.value)
      else { continue }
      let names = (plan.sites[pair.first].name.value, plan.sites[pair.second].name.value)
      report(
        .versionsDiffer, at: right.span,
        "Site '\(names.1)' ends on \(right.value), its partner '\(names.0)' on \(left.value).",
        help: "Upgrade both sites to the same version.",
        related: [.init("The version of '\(names.0)'.", at: left.span)])
    }
  }
}

extension ProductVersion {
  /// Equal as versions: `14.3` is `14.3.0`.
  fileprivate func isSame(as other: ProductVersion) -> Bool { !(self < other) && !(other < self) }
}
