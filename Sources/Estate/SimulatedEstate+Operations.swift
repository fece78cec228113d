import CanonicalJSON
import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

extension SimulatedEstate {
  /// Does one operation; the world first goes on to `instant`.
  @discardableResult
  package mutating func perform(_ operation: EstateOperation, at instant: Instant) -> Outcome {
    advance(to: instant)
    switch target(named: operation.target) {
    case .site(let site): return perform(operation, atSite: site)
    case .server(let site, let server): return perform(operation, onServer: server, of: site)
    case .partnership(let link): return perform(operation, onLink: link)
    case nil: return .failed(StepFailure(.failed, "The estate has no \(operation.target)."))
    }
  }

  private mutating func perform(_ operation: EstateOperation, atSite site: Int) -> Outcome {
    switch operation.verb {
    case .setVerification:
      let outcome = changeLocations(of: site, operation, except: deafGroup(of: site)) {
        location, isOn in
        defer { location.verifies = isOn }
        return location.verifies != isOn
      }
      if operation.isOn == false { expectPrematureSwap(at: site) }
      return outcome
    case .assignServerList:
      return changeLocations(of: site, operation) { location, isOn in
        defer { location.usesHTTPS = isOn }
        return location.usesHTTPS != isOn
      }
    case .renewDatabaseCertificate: return apply(.renewDatabaseCertificate, toSite: site)
    case .backUpDatabase: return apply(.backUpDatabase, toSite: site)
    case .discardDatabaseBackup: return apply(.discardDatabaseBackup, toSite: site)
    case .moveClient: return moveClient(at: site, operation)
    case .deleteClient: return deleteClient(at: site, operation)
    case .setClockSkew:
      sites[site].clockSkew = operation.number ?? 0
      return .done(Evidence([.init("clockSkew", .integer(sites[site].clockSkew))]))
    default: return refusal(of: operation)
    }
  }

  private mutating func perform(
    _ operation: EstateOperation, onServer server: Int, of site: Int
  ) -> Outcome {
    let services = operation.service.map { [$0] } ?? Service.allCases
    switch operation.verb {
    case .updateCertificate:
      return apply(
        operation.isOn == false ? .restoreCertificate : .updateCertificate, toServer: server,
        of: site)
    case .backUpServer: return apply(.backUpServer, toServer: server, of: site)
    case .discardBackup: return apply(.discardBackup, toServer: server, of: site)
    case .keepRecoveryFile: return apply(.keepRecoveryFile, toServer: server, of: site)
    case .restartServices: return beginStart(of: services, server: server, site: site)
    case .stopServices:
      for service in services {
        sites[site].servers[server][service].isRunning = false
        sites[site].servers[server][service].isUpAt = nil
        occurrences.removeAll {
          $0.kind == .serviceStart(site: site, server: server, service: service)
        }
      }
      return .done(Evidence([.init("stopped", .array(services.map { .string($0.rawValue) }))]))
    case .upgradeServer:
      if let version = plan.sites[site].servers[server].upgrade?.value {
        sites[site].servers[server].version = version
      }
      return beginStart(
        of: Service.allCases, server: server, site: site, after: Action.upgradeServer.duration)
    case .failStarts:
      for service in services {
        sites[site].servers[server][service].failingStarts = Int(
          clamping: max(operation.number ?? 1, 0))
      }
      return .done(Evidence())
    default: return refusal(of: operation)
    }
  }

  private mutating func perform(_ operation: EstateOperation, onLink link: Int) -> Outcome {
    switch operation.verb {
    case .removePartner: return setSide(of: link, operation, to: .deleted)
    case .reschedulePartner: return setSide(of: link, operation, to: .rescheduled)
    case .addPartner: return apply(.restoreReplication, toLink: link)
    case .replicateNow:
      guard links[link].isActive else {
        return .failed(StepFailure(.failed, "Replication of \(links[link].name) is off."))
      }
      scheduleRun(of: link, after: runLength(of: link))
      return .done(Evidence())
    case .disturbReplication:
      guard let word = operation.detail else {
        links[link].trouble = nil
        return .done(Evidence())
      }
      guard let trouble = ReplicationLink.Trouble(rawValue: word) else {
        return refusal(of: operation)
      }
      links[link].trouble = trouble
      return .done(Evidence([.init("trouble", .string(word))]))
    default: return refusal(of: operation)
    }
  }

  /// Changes locations of one group, or of all that have their own settings; what changed is published.
  private mutating func changeLocations(
    of site: Int, _ operation: EstateOperation, except ignored: String? = nil,
    _ change: (inout SimulatedSite.Location, Bool) -> Bool
  ) -> Outcome {
    guard let isOn = operation.isOn else { return refusal(of: operation) }
    var wanted = sites[site].groups.indices.filter { !sites[site].groups[$0].inherits }
    if let path = operation.group {
      wanted = wanted.filter { sites[site].groups[$0].path == path }
      guard !wanted.isEmpty else {
        return .failed(
          StepFailure(.failed, "\(sites[site].name) has no group \(path) with its own settings."))
      }
    }
    var changed: [Int] = []
    for group in wanted where sites[site].groups[group].path != ignored {
      for location in sites[site].groups[group].locations.indices {
        if let name = operation.location,
          sites[site].groups[group].locations[location].name != name
        {
          continue
        }
        if change(&sites[site].groups[group].locations[location], isOn), changed.last != group {
          changed.append(group)
        }
      }
    }
    if !changed.isEmpty { publish(site: site, sources: changed) }
    return .done(
      Evidence([.init("changed", .array(changed.map { .string(sites[site].groups[$0].path) }))]))
  }

  private mutating func moveClient(at site: Int, _ operation: EstateOperation) -> Outcome {
    guard let group = sites[site].groups.firstIndex(where: { $0.path == operation.group }),
      let client = client(at: site, operation)
    else { return .failed(StepFailure(.failed, "There is no such client or no such group.")) }
    clients.group[client] = UInt8(group)
    clients.location[client] = min(
      clients.location[client], UInt8(sites[site].groups[group].locations.count - 1))
    censusVersion += 1
    schedule(site)
    return .done(Evidence([.init("group", .string(sites[site].groups[group].path))]))
  }

  private mutating func deleteClient(at site: Int, _ operation: EstateOperation) -> Outcome {
    guard let client = client(at: site, operation) else {
      return .failed(StepFailure(.failed, "There is no such client."))
    }
    clients.isDeleted[client] = true
    censusVersion += 1
    schedule(site)
    return .done(Evidence([.init("client", .string(operation.detail ?? ""))]))
  }

  /// The client of the site whose hardware key the operation names.
  private func client(at site: Int, _ operation: EstateOperation) -> Int? {
    sites[site].clients.first {
      identity(ofClient: $0, use: 0) == operation.detail && exists($0, at: time)
    }
  }

  private mutating func setSide(
    of link: Int, _ operation: EstateOperation, to side: ReplicationLink.Side
  ) -> Outcome {
    guard let position = links[link].sites.firstIndex(where: { sites[$0].name == operation.detail })
    else { return refusal(of: operation) }
    guard links[link].sides[position] == .active else {
      return .failed(
        StepFailure(
          .failed,
          "\(sites[links[link].sites[position]].name) has no active partner in \(links[link].name)."
        ))
    }
    links[link].sides[position] = side
    if !links[link].sides.contains(.active) {
      if links[link].sides.contains(.rescheduled) {
        postponeReplication(of: link)
      } else {
        endReplication(of: link)
      }
    }
    let words = zip(links[link].sites, links[link].sides).map {
      JSONValue.string("\(sites[$0].name): \($1.rawValue)")
    }
    return .done(Evidence([.init("sides", .array(words))]))
  }

  private func refusal(of operation: EstateOperation) -> Outcome {
    .failed(
      StepFailure(.failed, "\(operation.verb.rawValue) cannot be done to \(operation.target) so."))
  }
}
