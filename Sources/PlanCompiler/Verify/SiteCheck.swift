import PlanModel
import PlanText
import RotationGraph

/// I1, I2, I4, I5, I6 and I7: what holds inside one site.
enum SiteCheck {
  static func run(on index: GraphIndex, into report: inout VerificationReport) {
    for site in index.demands.waves.joined() where !report.isFull {
      let check = SiteOrder(site, index)
      check.checkServers(&report)
      switch index.demands.sites[site].method {
      case .suspendVerification: check.checkSuspended(&report)
      case .failover: check.checkFailover(&report)
      }
      check.checkUpgrades(&report)
      check.checkConfirmation(&report)
    }
  }
}

/// The rules of one site. Each is first looked up in the masks; what they do not show is searched for.
private struct SiteOrder {
  let site: Int
  let index: GraphIndex
  let steps: GraphIndex.SiteSteps
  let servers: [GraphIndex.ServerSteps]

  init(_ site: Int, _ index: GraphIndex) {
    self.site = site
    self.index = index
    steps = index.sites[site]
    servers = index.servers[site]
  }

  private func require(
    _ report: inout VerificationReport, _ first: Int32?, _ second: Int32?,
    _ entry: CatalogueEntry, _ reason: String
  ) {
    report.require(first, before: second, in: index, entry, for: .site(site), reason)
  }

  /// `first`, a milestone, comes before `second`.
  private func require(
    _ report: inout VerificationReport, _ milestone: Milestones, at first: Int32?,
    before second: Int32?, _ entry: CatalogueEntry, _ reason: String
  ) {
    guard let second, !index.before[Int(second)].contains(milestone) else { return }
    require(&report, first, second, entry, reason)
  }

  /// `first` comes before `second`, a milestone.
  private func require(
    _ report: inout VerificationReport, _ first: Int32?, before milestone: Milestones,
    at second: Int32?, _ entry: CatalogueEntry, _ reason: String
  ) {
    guard let first, !index.behind[Int(first)].contains(milestone) else { return }
    require(&report, first, second, entry, reason)
  }

  /// I4 for one server.
  func checkServers(_ report: inout VerificationReport) {
    for server in servers {
      require(
        &report, server.update, server.restart, .notVerifiedBeforeWait,
        "Services that restart before the update keep serving the old certificate.")
      require(
        &report, server.restart, server.verify, .notVerifiedBeforeWait,
        "Before the restart the old certificate is still served.")
      require(
        &report, server.verify, server.kept, .notVerifiedBeforeWait,
        "The recovery file of a certificate that is perhaps not served is not the one to keep.")
    }
  }

  /// I1, I4, I5, I6 and the lanes of suspend-verification.
  func checkSuspended(_ report: inout VerificationReport) {
    require(
      &report, .http, at: steps.http, before: steps.disabled, .updateBeforeWait,
      "Clients that still use HTTPS go on checking the server's certificate.")
    require(
      &report, .disabled, at: steps.disabled, before: steps.unverified, .updateBeforeWait,
      "A wait that begins earlier counts clients that know nothing of the change.")
    for update in steps.updates {
      require(
        &report, .unverified, at: steps.unverified, before: update, .updateBeforeWait,
        "Clients that still verify the old certificate are orphaned by the new one.")
    }
    for server in servers {
      require(
        &report, server.verify, before: .renewed, at: steps.renewed, .notVerifiedBeforeWait,
        "The database's certificate is renewed when all servers serve their new one.")
      require(
        &report, server.verify, before: .received, at: steps.received, .notVerifiedBeforeWait,
        "The wait for a certificate that is perhaps not served never ends.")
      require(
        &report, server.verify, before: .enabled, at: steps.enabled, .enabledTooEarly,
        "Verification is turned on only when every server of the site serves its new certificate.")
    }
    require(
      &report, steps.renewed, before: .received, at: steps.received, .notVerifiedBeforeWait,
      "All changes to the site are done before clients are waited for.")
    require(
      &report, .received, at: steps.received, before: steps.enabled, .enabledTooEarly,
      "Clients that verify before they have the new certificate are orphaned.")
    checkPairs(&report)
    checkLanes(&report)
  }

  /// I5: each change that the rotation needs only for a while is taken back, and seen to be.
  private func checkPairs(_ report: inout VerificationReport) {
    require(
      &report, .disabled, at: steps.disabled, before: steps.enabled, .notEnabledAgain,
      "What is enabled first is disabled in the end.")
    require(
      &report, .http, at: steps.http, before: steps.https, .notEnabledAgain,
      "What is switched to HTTPS first is on HTTP in the end.")
    require(
      &report, .enabled, at: steps.enabled, before: steps.verifying, .notEnabledAgain,
      "A wait that begins earlier counts clients that know nothing of the change.")
    require(
      &report, .verifying, at: steps.verifying, before: steps.https, .notEnabledAgain,
      "Clients verify again before they are sent back to HTTPS.")
    require(
      &report, .https, at: steps.https, before: steps.restored, .notEnabledAgain,
      "A wait that begins earlier counts clients that know nothing of the change.")
  }

  /// No more than `serversAtOnce` servers between update and verification: with so many lanes, each
  /// update but the first of a lane directly after a verification that no other lane follows.
  private func checkLanes(_ report: inout VerificationReport) {
    let limit = index.demands.lanes
    var taken: Set<Int32> = []
    var heads: [Int32] = []
    for update in steps.updates {
      let before = index.graph.dependencies[Int(update)].first {
        index.graph.steps[Int($0)].action == .verifyCertificate
          && index.graph.site(of: Int($0)) == site && !taken.contains($0)
      }
      if let before { taken.insert(before) } else { heads.append(update) }
    }
    guard heads.count > limit else { return }
    let other = heads[limit - 1]
    report.add(
      .serversTogether, for: .site(site), at: heads[limit],
      "\(report.quoted(heads[limit])) does not wait for another server of the site to be verified, "
        + "so it can run together with \(report.quoted(other)); the plan allows \(limit) at once."
    )
  }

  /// I4 and I7 of failover.
  func checkFailover(_ report: inout VerificationReport) {
    var previous: (update: Int32, wait: Int32?)?
    for update in steps.updates {
      guard case .server(_, let server) = index.graph.steps[Int(update)].target else { continue }
      let wait = servers[server].received
      require(
        &report, servers[server].verify, wait, .notVerifiedBeforeWait,
        "The wait for a certificate that is perhaps not served never ends.")
      if let previous {
        require(
          &report, previous.wait, update, .serversTogether,
          "Clients that lose both servers before they have a new certificate are orphaned.")
      }
      previous = (update, wait)
      require(
        &report, wait, before: .confirmed, at: steps.confirmed, .notEnabledAgain,
        "The settings are compared when nothing is open at the site any more.")
    }
    for server in servers {
      require(
        &report, server.received ?? server.verify, steps.renewed, .notVerifiedBeforeWait,
        "The database's certificate is renewed when all servers serve their new one.")
    }
  }

  /// I2.
  func checkUpgrades(_ report: inout VerificationReport) {
    let method = index.demands.sites[site].method
    let gate: Milestones = method == .failover ? .lastWait : .restored
    let gateStep = method == .failover ? steps.lastWait : steps.restored
    require(
      &report, gate, at: gateStep, before: steps.backedUp, .upgradeTooEarly,
      "A backup from before the last wait lacks what came after it.")
    require(
      &report, .renewed, at: steps.renewed, before: steps.backedUp, .upgradeTooEarly,
      "A backup from before the database's certificate was renewed has the old one.")
    var previous: Int32?
    for upgrade in steps.upgrades {
      require(
        &report, gate, at: gateStep, before: upgrade, .upgradeTooEarly,
        "An upgrade while clients are still being moved mixes two changes that can orphan them.")
      require(
        &report, .renewed, at: steps.renewed, before: upgrade, .upgradeTooEarly,
        "The database's certificate is renewed before its schema changes.")
      require(
        &report, .backedUp, at: steps.backedUp, before: upgrade, .upgradeTooEarly,
        "The database is backed up before its schema changes: nothing undoes that.")
      require(
        &report, previous, upgrade, .upgradeTooEarly,
        "Two servers that upgrade one database at once both change its schema.")
      previous = upgrade
    }
    for server in servers where server.upgrade != nil && server.update != nil {
      if let update = server.update, let upgrade = server.upgrade,
        index.behind[Int(update)].contains(gate), index.before[Int(upgrade)].contains(gate)
      {
        continue
      }
      require(
        &report, server.update, server.upgrade, .upgradeTooEarly,
        "The certificate is updated before the same server is upgraded.")
    }
  }

  /// The end of I5: the settings are compared after the last change of the site.
  func checkConfirmation(_ report: inout VerificationReport) {
    for step in steps.body where step != steps.confirmed {
      require(
        &report, step, before: .confirmed, at: steps.confirmed, .notEnabledAgain,
        "The settings are compared when nothing is open at the site any more.")
    }
  }
}
