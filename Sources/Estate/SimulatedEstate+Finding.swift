import CanonicalJSON
package import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

extension SimulatedEstate {
  /// Whether the effect of an action is there, judged by what can be seen from outside.
  package func finding(_ action: Action, on target: Target, since startedAt: Instant) -> Finding {
    switch target {
    case .site(let site): siteFinding(action, site)
    case .server(let site, let server): serverFinding(action, server, of: site, since: startedAt)
    case .partnership(let link): linkFinding(action, link)
    }
  }

  private func siteFinding(_ action: Action, _ site: Int) -> Finding {
    let own = sites[site].settings
    switch action {
    case .recordSettings:
      return sites[site].recorded == nil
        ? .notDone("No settings of \(sites[site].name) were recorded.")
        : .done(Evidence([.init("groups", .integer(Int64(own.count)))]))
    case .switchClientsToHTTP:
      let left = own.filter { $0.usesHTTPS.contains(true) }.map(\.path)
      return judge(left, "still have a management server list with HTTPS", site: site)
    case .switchClientsToHTTPS:
      let left = own.filter { now in
        now.usesHTTPS != recorded(now.path, at: site)?.usesHTTPS ?? now.usesHTTPS.map { _ in true }
      }
      return judge(left.map(\.path), "do not have their own management server list yet", site: site)
    case .disableVerification:
      return judge(own.filter(\.verifies).map(\.path), "still verify", site: site)
    case .enableVerification:
      let left = own.filter { $0.verifies != recorded($0.path, at: site)?.verifies ?? true }
      return judge(left.map(\.path), "do not have the recorded setting yet", site: site)
    case .renewDatabaseCertificate:
      guard let renewed = sites[site].databaseCertificateRenewedAt,
        renewed >= sites[site].certificateUpdatedAt ?? 0
      else { return .notDone("The database still has the certificate from before the update.") }
      return .done(
        Evidence([.init("renewedAt", .string(Instant(milliseconds: renewed).description))]))
    case .backUpDatabase:
      guard let time = sites[site].databaseBackedUpAt else {
        return .notDone(
          "There is no backup of the database of \(sites[site].name) from this rotation.")
      }
      return .done(databaseBackupEvidence(of: site, at: time))
    case .discardDatabaseBackup:
      return sites[site].databaseBackedUpAt == nil
        ? .done(Evidence())
        : .notDone("The backup of the database of \(sites[site].name) is still there.")
    default: return .notDone("\(action.rawValue) leaves nothing that can be observed.")
    }
  }

  private func serverFinding(
    _ action: Action, _ server: Int, of site: Int, since startedAt: Instant
  ) -> Finding {
    let state = sites[site].servers[server]
    switch action {
    case .backUpServer:
      guard let time = state.backedUpAt else {
        return .notDone("There is no backup of \(state.name).")
      }
      return .done(Evidence([.init("recoveryFile", .string(recoveryFile(at: time)))]))
    case .keepRecoveryFile:
      guard let kept = state.recoveryFileKeptAt, let updated = state.certificateUpdatedAt,
        kept >= updated
      else {
        return .notDone(
          "The recovery file that the update of \(state.name) made is not on another machine.")
      }
      return .done(keptEvidence(of: state, updated: updated))
    case .discardBackup:
      return state.backedUpAt == nil && state.recoveryFileKeptAt == nil
        ? .done(Evidence()) : .notDone("The backup of \(state.name) is still there.")
    case .updateCertificate, .restoreCertificate:
      let wanted = action == .updateCertificate ? state.newCertificate : state.oldCertificate
      guard let wanted, state.certificateInDatabase == wanted else {
        return .notDone(
          "\(state.name) still has the certificate "
            + "\(fingerprints[Int(state.certificateInDatabase)]).")
      }
      return .done(Evidence([.init("certificate", fingerprint(wanted))]))
    case .restartServices:
      for service in Service.allCases {
        guard state[service].isRunning else {
          return .notDone("\(service.rawValue) of \(state.name) is not running.")
        }
        guard state[service].startedAt >= startedAt.milliseconds else {
          return .notDone(
            "\(service.rawValue) of \(state.name) has been running since "
              + "\(Instant(milliseconds: state[service].startedAt)), and this step began later.")
        }
      }
      let started = state.services.map(\.startedAt).max() ?? 0
      return .done(
        Evidence([.init("startedAt", .string(Instant(milliseconds: started).description))]))
    case .upgradeServer:
      guard let wanted = plan.sites[site].servers[server].upgrade?.value,
        let version = state.version, version >= wanted
      else {
        return .notDone("\(state.name) runs \(state.version?.description ?? "its old version").")
      }
      return .done(Evidence([.init("version", .string(version.description))]))
    default: return .notDone("\(action.rawValue) leaves nothing that can be observed.")
    }
  }

  private func linkFinding(_ action: Action, _ link: Int) -> Finding {
    let state = links[link]
    let words = zip(state.sites, state.sides).map { "\(sites[$0].name): \($1.rawValue)" }
    let evidence = Evidence([
      .init("sides", .array(words.map { .string($0) })),
      .init("status", .string(state.status.rawValue)),
    ])
    switch action {
    case .breakReplication:
      return state.sides.contains(.active)
        ? .notDone("Replication is still on (\(words.joined(separator: ", "))).") : .done(evidence)
    case .restoreReplication:
      return state.isActive
        ? .done(evidence) : .notDone("Replication is off (\(words.joined(separator: ", "))).")
    default: return .notDone("\(action.rawValue) leaves nothing that can be observed.")
    }
  }

  private func recorded(_ path: String, at site: Int) -> SimulatedSite.Settings? {
    sites[site].recorded?.first { $0.path == path }
  }

  private func judge(_ left: [String], _ what: String, site: Int) -> Finding {
    guard left.isEmpty else {
      return .notDone("\(sites[site].name): \(left.joined(separator: ", ")) \(what).")
    }
    return .done(
      Evidence([
        .init("groups", .integer(Int64(sites[site].settings.count))),
        .init(
          "policySerialNumber",
          .string(sites[site].serial(ofGroup: 0, policyDate: sites[site].groups[0].policyDate))),
      ]))
  }
}
