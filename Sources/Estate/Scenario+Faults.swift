package import PlanModel
import PlanText

extension Scenario {
  /// What goes wrong; each fault at most once. A target that is left out is the first that fits.
  package struct Faults: Sendable, Equatable {
    /// A service stays stopped after a restart.
    package var serviceDoesNotStart: ServiceFault?

    /// A restart is reported as done, but a service still presents its old certificate.
    package var missedRestart: ServiceFault?

    /// A group with its own settings that the rotation does not see.
    package var missedGroup: MissedGroup?

    /// A change of a group's verification that SEPM answers as done and does not make.
    package var ignoredChange: IgnoredChange?

    /// A gate that is approved the first time without the action being done.
    package var gateNotDone: GateNotDone?

    /// An action of which nobody can tell whether it happened.
    package var blindProbe: BlindProbe?

    /// A certificate that an administrator updates by hand before the clients are ready.
    package var prematureSwap: PrematureSwap?

    /// A REST API that answers 429 or not at all.
    package var apiTrouble: APITrouble?

    /// Replication that does not come back at once.
    package var replicationFailure: ReplicationFailure?

    /// A site whose clock is wrong.
    package var clockSkew: ClockSkew?

    /// Policy serial numbers that move without a change.
    package var serialDrift: SerialDrift?

    /// Old records that SEPM deletes during the run.
    package var purge: Purge?

    /// Machines that are installed during the run.
    package var joins: Joins?

    /// Clients of version 14.2.1.
    package var oldAgents: OldAgents?

    /// No faults.
    package init() {}
  }

  /// A fault of one service.
  package struct ServiceFault: Sendable, Equatable {
    /// The server as `site/server`; nil for the first that gets a certificate.
    package var server: String?

    /// The service.
    package var service: Service

    /// How many restarts go wrong.
    package var tries: Int

    /// A fault of one service.
    package init(server: String? = nil, service: Service = .webServer, tries: Int = 1) {
      self.server = server
      self.service = service
      self.tries = tries
    }
  }

  /// A group that the rotation does not see.
  package struct MissedGroup: Sendable, Equatable {
    /// The site; nil for the first that rotates.
    package var site: String?

    /// The group's full path; nil for `My Company\Kiosks`.
    package var group: String?

    /// A missed group.
    package init(site: String? = nil, group: String? = nil) {
      self.site = site
      self.group = group
    }
  }

  /// A group whose setting does not change although SEPM says so.
  package struct IgnoredChange: Sendable, Equatable {
    /// The site; nil for the first that rotates.
    package var site: String?

    /// The group's full path.
    package var path: String

    /// An ignored change.
    package init(site: String? = nil, path: String = #"My Company\Servers"#) {
      self.site = site
      self.path = path
    }
  }

  /// A gate that is clicked without being done.
  package struct GateNotDone: Sendable, Equatable {
    /// The site, or nil for all gates of the action.
    package var site: String?

    /// The action.
    package var action: Action

    /// A gate.
    package init(site: String? = nil, action: Action = .updateCertificate) {
      self.site = site
      self.action = action
    }
  }

  /// A probe that finds nothing out: a step that ended without an outcome is in doubt.
  package struct BlindProbe: Sendable, Equatable {
    /// The site, or nil for all steps of the action.
    package var site: String?

    /// The action; gates are not affected, since a person saw what they did.
    package var action: Action

    /// A blind probe.
    package init(site: String? = nil, action: Action = .restartServices) {
      self.site = site
      self.action = action
    }
  }

  /// A certificate that is updated by hand.
  package struct PrematureSwap: Sendable, Equatable {
    /// The site; nil for the first that rotates.
    package var site: String?

    /// The server's name; nil for all of the site that get a certificate.
    package var server: String?

    /// How long after verification was disabled at the site.
    package var after: Duration

    /// A premature swap.
    package init(site: String? = nil, server: String? = nil, after: Duration = .hours(72)) {
      self.site = site
      self.server = server
      self.after = after
    }
  }

  /// Trouble with the REST API.
  package struct APITrouble: Sendable, Equatable {
    /// The chance that a step over the API fails with 429 or a closed connection.
    package var steps: Share

    /// The chance that a poll has no answer.
    package var polls: Share

    /// Trouble.
    package init(steps: Share = .percent(20), polls: Share = .percent(30)) {
      self.steps = steps
      self.polls = polls
    }
  }

  /// Replication that fails after it was restored.
  package struct ReplicationFailure: Sendable, Equatable {
    /// How many runs after the restoration fail.
    package var tries: Int

    /// For how long after the restoration runs fail.
    package var lasting: Duration

    /// A failure.
    package init(tries: Int = 3, lasting: Duration = .zero) {
      self.tries = tries
      self.lasting = lasting
    }
  }

  /// A clock that is wrong.
  package struct ClockSkew: Sendable, Equatable {
    /// The site; nil for the first.
    package var site: String?

    /// By how much the site's clock is ahead.
    package var ahead: Duration

    /// A skew.
    package init(site: String? = nil, ahead: Duration = .minutes(2)) {
      self.site = site
      self.ahead = ahead
    }
  }

  /// Serial numbers that move without a change (`docs/SEPM.md`, "Policy serial numbers").
  package struct SerialDrift: Sendable, Equatable {
    /// The time between two moves, at each site with its own phase.
    package var every: Duration

    /// A drift.
    package init(every: Duration = .days(2)) {
      self.every = every
    }
  }

  /// The deletion of old records.
  package struct Purge: Sendable, Equatable {
    /// Records not seen for so long are deleted, once a day.
    package var unseenFor: Duration

    /// A purge.
    package init(unseenFor: Duration = .days(30)) {
      self.unseenFor = unseenFor
    }
  }

  /// New machines.
  package struct Joins: Sendable, Equatable {
    /// Of each site's clients.
    package var share: Share

    /// Spread over so long from the start.
    package var over: Duration

    /// Joins.
    package init(share: Share = .percent(3), over: Duration = .days(28)) {
      self.share = share
      self.over = over
    }
  }

  /// Old agents.
  package struct OldAgents: Sendable, Equatable {
    /// The site; nil for all.
    package var site: String?

    /// Of the site's clients.
    package var share: Share

    /// Old agents.
    package init(site: String? = nil, share: Share = .percent(5)) {
      self.site = site
      self.share = share
    }
  }
}

/// The services of a management server that present a certificate (`docs/SEPM.md`, "Services and ports").
package enum Service: String, Sendable, CaseIterable {
  case manager = "semsrv"
  case webServer = "semwebsrv"
  case api = "semapisrv"

  /// The TLS ports on which the service of a server listens.
  func ports(of server: ServerPorts) -> [Int] {
    switch self {
    case .manager: [server.console.value]
    case .webServer: [server.clients.value, server.reporting.value]
    case .api: [server.api.value]
    }
  }

  /// The position in a server's list of services.
  var position: Int {
    switch self {
    case .manager: 0
    case .webServer: 1
    case .api: 2
    }
  }
}
