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
            "Server '\(server.name.value)' should be upgraded, but no server of site "
              + "'\(site.name.value)' gets a certificate.",
            help: "Remove 'upgrade', or name a certificate at a server of the site.")
        }
      }
    }
    checkFinalVersions()
  }

  private mutating func checkFinalVersions() {
    // One finding a site, then one a partnership of sites that agree in themselves.
    var final = [Located<ProductVersion>?](repeating: nil, count: plan.sites.count)
    var isMixed = [Bool](repeating: false, count: plan.sites.count)
    for (index, site) in plan.sites.enumerated() {
      // What a mistake of form took away may have been the version that agrees, and an upgrade that is not
      // newer has its report.
      let isWrong = site.servers.contains { server in
        server.upgrade.map { target in server.version.map { target.value <= $0.value } ?? false }
          ?? false
      }
      guard !doubts.touches(site), !isWrong else {
        isMixed[index] = true
        continue
      }
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
    checkUnsaid(&isMixed, final)
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

extension PlanChecker {
  /// Servers without a version beside servers that are upgraded, in a site and between partners.
  private mutating func checkUnsaid(
    _ isMixed: inout [Bool], _ final: [Located<ProductVersion>?]
  ) {
    var upgraded = [Located<ProductVersion>?](repeating: nil, count: plan.sites.count)
    for (index, site) in plan.sites.enumerated() where !isMixed[index] && site.isRotating {
      let targets = site.servers.filter { server in
        server.upgrade.map { target in server.version.map { $0.value < target.value } ?? true }
          ?? false
      }
      guard let target = targets.first?.upgrade else { continue }
      upgraded[index] = target
      guard let silent = site.servers.first(where: { $0.version == nil && $0.upgrade == nil })
      else { continue }
      isMixed[index] = true
      report(
        .finalVersionNotSaid, at: silent.name.span,
        "Another server of site '\(site.name.value)' is upgraded to \(target.value), but the plan "
          + "does not say on which version '\(silent.name.value)' ends.",
        help: "Add 'version', and 'upgrade: { to: \(target.value) }' if it should be upgraded too.",
        related: [.init("The other server's upgrade.", at: target.span)])
    }
    for pair in pairs where !isMixed[pair.first] && !isMixed[pair.second] {
      for (known, silent) in [(pair.first, pair.second), (pair.second, pair.first)] {
        guard let target = upgraded[known], final[silent] == nil else { continue }
        isMixed[silent] = true
        let name = plan.sites[silent].name
        report(
          .finalVersionNotSaid, at: name.span,
          "Its partner '\(plan.sites[known].name.value)' is upgraded to \(target.value), but the "
            + "plan does not say on which version site '\(name.value)' ends.",
          help: "Add 'version' to its servers, and 'upgrade' if they should be upgraded too.",
          related: [.init("The partner's upgrade.", at: target.span)])
      }
    }
  }
}

extension ProductVersion {
  /// Equal as versions: `14.3` is `14.3.0`.
  fileprivate func isSame(as other: ProductVersion) -> Bool { !(self < other) && !(other < self) }
}
