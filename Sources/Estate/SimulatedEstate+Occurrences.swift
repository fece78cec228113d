import PlanModel

extension SimulatedEstate {
  /// Lets something happen that nobody of the run did.
  mutating func happen(_ occurrence: Occurrence) {
    switch occurrence.kind {
    case .replicationRun(let link): runReplication(of: link)
    case .prematureSwap(let site): swapPrematurely(at: site)
    case .serialDrift(let site):
      publish(site: site)
      if let drift = scenario.faults.serialDrift {
        let period = max(drift.every.milliseconds, 3_600_000)
        occurrences.append(Occurrence(at: occurrence.at + period, kind: occurrence.kind))
      }
    case .serviceStart(let site, let server, let service):
      endStart(of: service, server: server, site: site)
    case .purge:
      purge()
      occurrences.append(
        Occurrence(at: occurrence.at + PresenceModel.dayLength, kind: .purge))
    }
  }

  /// An administrator runs the wizard and restarts the services, with clients still verifying.
  private mutating func swapPrematurely(at site: Int) {
    let wanted = scenario.faults.prematureSwap?.server
    for server in sites[site].servers.indices {
      let name = sites[site].servers[server].name
      guard wanted == nil || wanted == name,
        let certificate = sites[site].servers[server].newCertificate
      else { continue }
      _ = setCertificate(certificate, ofServer: server, at: site)
      for service in Service.allCases {
        sites[site].servers[server][service].loaded = certificate
        sites[site].servers[server][service].startedAt = time
      }
      sites[site].publishedCertificates[server] = certificate
    }
    publish(site: site)
  }

  /// SEPM deletes the records that were not seen for too long.
  private mutating func purge() {
    guard let fault = scenario.faults.purge else { return }
    let limit = time - fault.unseenFor.milliseconds
    for site in sites.indices {
      var isChanged = false
      for client in sites[site].clients where !clients.isDeleted[client] {
        guard clients.createdAt[client] < limit, clients.lastContact[client] < limit else {
          continue
        }
        guard lastSeen(client, at: time) ?? ClientTable.never < limit else { continue }
        clients.isDeleted[client] = true
        isChanged = true
      }
      if isChanged {
        censusVersion += 1
        schedule(site)
      }
    }
  }
}
