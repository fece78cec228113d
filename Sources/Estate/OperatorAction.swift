package import PlanModel
import PlanText
import RotationGraph

/// What somebody does at the console or on a server, in the words of a plan's actions: which operations it consists of,
/// and what it needs.
package struct OperatorAction: Sendable, Equatable {
  /// The action of the plan language.
  package let action: Action

  /// On what: `paris`, `paris/sepm-par-01`, `berlin+paris`.
  package let target: String

  /// The one group that it is done to; nil for all that it should be done to.
  package var group: String?

  /// A group that is forgotten; nil for none.
  package var except: String?

  /// The one service that is restarted; nil for all three.
  package var service: Service?

  /// The one side of a partnership; nil for both.
  package var side: String?

  /// An action.
  package init(
    _ action: Action, on target: String, group: String? = nil, except: String? = nil,
    service: Service? = nil, side: String? = nil
  ) {
    self.action = action
    self.target = target
    self.group = group
    self.except = except
    self.service = service
    self.side = side
  }

  /// Whether its services are up only some time after it was done.
  package var startsServices: Bool {
    action == .restartServices || action == .upgradeServer
  }

  /// The operations, in their order; nil where nobody does such a thing to such a target.
  package func operations(in estate: SimulatedEstate) -> [EstateOperation]? {
    switch (action, estate.target(named: target)) {
    case (.breakReplication, .partnership(let link)):
      let partnership = estate.plan.partnerships[link]
      let verb: EstateOperation.Verb =
        partnership.breaking.value == .delete ? .removePartner : .reschedulePartner
      return estate.links[link].sites.map { estate.sites[$0].name }
        .filter { side == nil || side == $0 }
        .map { EstateOperation(verb, on: target, detail: $0) }
    case (.restoreReplication, .partnership): return [EstateOperation(.addPartner, on: target)]
    case (.switchClientsToHTTP, .site(let site)):
      return locations(.assignServerList, false, estate.sites[site])
    case (.switchClientsToHTTPS, .site(let site)):
      return locations(.assignServerList, true, estate.sites[site])
    case (.disableVerification, .site(let site)):
      return locations(.setVerification, false, estate.sites[site])
    case (.enableVerification, .site(let site)):
      return locations(.setVerification, true, estate.sites[site])
    case (.renewDatabaseCertificate, .site):
      return [EstateOperation(.renewDatabaseCertificate, on: target)]
    case (.backUpDatabase, .site): return [EstateOperation(.backUpDatabase, on: target)]
    case (.discardDatabaseBackup, .site):
      return [EstateOperation(.discardDatabaseBackup, on: target)]
    case (.keepRecoveryFile, .server): return [EstateOperation(.keepRecoveryFile, on: target)]
    case (.updateCertificate, .server):
      return [EstateOperation(.updateCertificate, on: target, isOn: true)]
    case (.restoreCertificate, .server):
      return [EstateOperation(.updateCertificate, on: target, isOn: false)]
    case (.restartServices, .server):
      return [EstateOperation(.restartServices, on: target, service: service)]
    case (.backUpServer, .server): return [EstateOperation(.backUpServer, on: target)]
    case (.discardBackup, .server): return [EstateOperation(.discardBackup, on: target)]
    case (.upgradeServer, .server): return [EstateOperation(.upgradeServer, on: target)]
    default: return nil
    }
  }

  /// Why nobody can do it just now: the console needs a manager that runs, which is that of the server itself for what
  /// its wizard does. Nil where it can be done.
  package func obstacle(in estate: SimulatedEstate) -> String? {
    switch (action, estate.target(named: target)) {
    case (.restartServices, _), (.upgradeServer, _), (.backUpServer, _), (.discardBackup, _),
      (.keepRecoveryFile, _), (.discardDatabaseBackup, _), (_, nil):
      return nil
    case (_, .server(let site, let server)):
      let own = estate.sites[site].servers[server]
      return own[.manager].isRunning
        ? nil : "The console of \(own.name) does not answer: semsrv is not running."
    case (_, .site(let site)): return Self.missingConsole(at: site, in: estate)
    case (_, .partnership(let link)):
      return estate.links[link].sites.lazy
        .compactMap { Self.missingConsole(at: $0, in: estate) }.first
    }
  }

  private static func missingConsole(at site: Int, in estate: SimulatedEstate) -> String? {
    estate.sites[site].servers.contains { $0[.manager].isRunning }
      ? nil
      : "No console of \(estate.sites[site].name) answers: semsrv runs on none of its servers."
  }

  /// Verification goes on only where it was on before; a list with HTTPS is the one that every location had.
  private func locations(
    _ verb: EstateOperation.Verb, _ isOn: Bool, _ site: SimulatedSite
  ) -> [EstateOperation] {
    site.groups.compactMap { own in
      guard !own.inherits, !own.isHidden, group == nil || group == own.path, own.path != except
      else { return nil }
      let wasOn = verb == .assignServerList || site.verifiedAtFirst(own.path)
      guard !isOn || wasOn else { return nil }
      return EstateOperation(verb, on: target, group: own.path, isOn: isOn)
    }
  }
}
