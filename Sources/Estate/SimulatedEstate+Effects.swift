import CanonicalJSON
import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph

extension SimulatedEstate {
  /// What came of an effect.
  package enum Outcome: Sendable, Equatable {
    /// It happened, and this shows it.
    case done(Evidence)

    /// It went wrong.
    case failed(StepFailure)
  }

  /// Does to the estate what an entry of the log says; the world first goes on to the entry's time.
  @discardableResult
  package mutating func apply(_ entry: EstateEntry) -> Outcome {
    advance(to: entry.at)
    guard entry.wasDone else {
      clicks[entry.step] = ((clicks[entry.step]?.count ?? 0) + 1, time)
      return .done(Evidence())
    }
    switch target(named: entry.target) {
    case .site(let site): return apply(entry.effect, toSite: site)
    case .server(let site, let server): return apply(entry.effect, toServer: server, of: site)
    case .partnership(let link): return apply(entry.effect, toLink: link)
    case nil: return .failed(StepFailure(.failed, "The estate has no \(entry.target)."))
    }
  }

  /// The target that a name of the log means; nil where the plan has none of that name.
  package func target(named name: String) -> Target? {
    if let link = links.firstIndex(where: { $0.name == name }) { return .partnership(link) }
    if let site = sites.firstIndex(where: { $0.name == name }) { return .site(site) }
    let parts = name.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let site = sites.firstIndex(where: { $0.name == parts[0] }),
      let server = sites[site].servers.firstIndex(where: { $0.name == parts[1] })
    else { return nil }
    return .server(site: site, server: server)
  }

  mutating func apply(_ action: Action, toSite site: Int) -> Outcome {
    switch action {
    case .recordSettings:
      sites[site].recorded = sites[site].settings
      return .done(settingsEvidence(of: site))
    case .switchClientsToHTTP: return setManagementServerList(of: site, isHTTPS: false)
    case .switchClientsToHTTPS: return setManagementServerList(of: site, isHTTPS: true)
    case .disableVerification: return setVerification(of: site, isOn: false)
    case .enableVerification: return setVerification(of: site, isOn: true)
    case .renewDatabaseCertificate:
      sites[site].databaseCertificateRenewedAt = time
      return .done(Evidence([.init("renewedAt", .string(now.description))]))
    case .backUpDatabase:
      sites[site].databaseBackedUpAt = time
      return .done(databaseBackupEvidence(of: site, at: time))
    case .discardDatabaseBackup:
      sites[site].databaseBackedUpAt = nil
      return .done(Evidence())
    default: return refusal(of: action, target: sites[site].name)
    }
  }

  mutating func apply(_ action: Action, toServer server: Int, of site: Int) -> Outcome {
    switch action {
    case .backUpServer:
      sites[site].servers[server].backedUpAt = time
      return .done(
        Evidence([
          .init("recoveryFile", .string(recoveryFile(at: time))),
          .init("certificate", fingerprint(sites[site].servers[server].certificateInDatabase)),
        ]))
    case .discardBackup:
      sites[site].servers[server].backedUpAt = nil
      sites[site].servers[server].recoveryFileKeptAt = nil
      return .done(Evidence())
    case .keepRecoveryFile:
      let state = sites[site].servers[server]
      guard let updated = state.certificateUpdatedAt else {
        return .failed(
          StepFailure(
            .failed, "No certificate of \(state.name) was updated, so it made no recovery file."))
      }
      sites[site].servers[server].recoveryFileKeptAt = time
      return .done(keptEvidence(of: state, updated: updated))
    case .updateCertificate:
      guard let certificate = sites[site].servers[server].newCertificate else {
        return .failed(
          StepFailure(
            .failed, "The plan names no certificate for \(sites[site].servers[server].name)."))
      }
      return setCertificate(certificate, ofServer: server, at: site)
    case .restoreCertificate:
      return setCertificate(
        sites[site].servers[server].oldCertificate, ofServer: server, at: site)
    case .restartServices: return restart(server: server, of: site)
    case .upgradeServer:
      if let version = plan.sites[site].servers[server].upgrade?.value {
        sites[site].servers[server].version = version
      }
      for service in sites[site].servers[server].services.indices {
        sites[site].servers[server].services[service].startedAt = time
      }
      return .done(
        Evidence([
          .init("version", .string(sites[site].servers[server].version?.description ?? "unknown"))
        ]))
    default: return refusal(of: action, target: sites[site].servers[server].name)
    }
  }

  private mutating func setManagementServerList(of site: Int, isHTTPS: Bool) -> Outcome {
    var changed: [Int] = []
    for group in sites[site].groups.indices where !sites[site].groups[group].inherits {
      let current = sites[site].groups[group]
      if current.isHidden { continue }
      let recorded = sites[site].recorded?.first { $0.path == current.path }?.usesHTTPS
      for location in current.locations.indices {
        let wanted = isHTTPS ? recorded?[location] ?? true : false
        guard current.locations[location].usesHTTPS != wanted else { continue }
        sites[site].groups[group].locations[location].usesHTTPS = wanted
        if changed.last != group { changed.append(group) }
      }
    }
    if changed.isEmpty { schedule(site) } else { publish(site: site, sources: changed) }
    if isHTTPS { mark(.httpsRestored, site: site) }
    return .done(changeEvidence(of: site, changed: changed))
  }

  /// Off is off for every group that the rotation sees; on is what was recorded before
  /// (`docs/SEPM.md`, "Suspending verification").
  private mutating func setVerification(of site: Int, isOn: Bool) -> Outcome {
    var changed: [Int] = []
    let deaf = deafGroup(of: site)
    var ignored: String?
    for group in sites[site].groups.indices where !sites[site].groups[group].inherits {
      let current = sites[site].groups[group]
      if current.isHidden { continue }
      let recorded = sites[site].recorded?.first { $0.path == current.path }?.verifies ?? true
      let wanted = isOn && recorded
      guard current.verifies != wanted else { continue }
      if current.path == deaf {
        ignored = current.path
        continue
      }
      sites[site].groups[group].verifies = wanted
      changed.append(group)
    }
    if changed.isEmpty { schedule(site) } else { publish(site: site, sources: changed) }
    mark(isOn ? .verificationEnabled : .verificationDisabled, site: site)
    if !isOn { expectPrematureSwap(at: site) }
    if let ignored {
      return .failed(
        StepFailure(
          .failed,
          "SEPM answered that verification of \(ignored) was changed, and shows that it was not.",
          help: "Look at the group's policy in the console.", isRetryable: true))
    }
    return .done(changeEvidence(of: site, changed: changed))
  }

  mutating func expectPrematureSwap(at site: Int) {
    let isFirst = !sites[site].wasVerificationDisabled
    sites[site].wasVerificationDisabled = true
    guard isFirst, let fault = scenario.faults.prematureSwap, plan.isHit(fault.site, site) else {
      return
    }
    occurrences.append(
      Occurrence(at: time + fault.after.milliseconds, kind: .prematureSwap(site: site)))
  }

  mutating func setCertificate(_ certificate: Int32, ofServer server: Int, at site: Int) -> Outcome
  {
    sites[site].servers[server].certificateOnDisk = certificate
    sites[site].servers[server].certificateInDatabase = certificate
    sites[site].servers[server].certificateUpdatedAt = time
    sites[site].certificateUpdatedAt = time
    return .done(
      Evidence([
        .init("certificate", fingerprint(certificate)),
        .init("recoveryFile", .string(recoveryFile(at: time))),
      ]))
  }

  /// Which recovery file was kept, with the certificate whose key is in it.
  func keptEvidence(of server: SimulatedServer, updated: Int64) -> Evidence {
    Evidence([
      .init("recoveryFile", .string(recoveryFile(at: updated))),
      .init("certificate", fingerprint(server.certificateInDatabase)),
    ])
  }

  /// Which backup of a site's database there is, and the version that it can be restored into.
  func databaseBackupEvidence(of site: Int, at time: Int64) -> Evidence {
    let version = sites[site].servers.first?.version?.description ?? "unknown"
    return Evidence([
      .init("backedUpAt", .string(Instant(milliseconds: time).description)),
      .init("version", .string(version)),
    ])
  }

  func refusal(of action: Action, target: String) -> Outcome {
    .failed(StepFailure(.failed, "\(action.rawValue) cannot be done to \(target)."))
  }
}
