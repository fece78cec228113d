public import PlanModel

extension Scenario {
  /// What goes wrong; each fault at most once. A target that is left out is the first that fits.
  public struct Faults: Sendable, Equatable {
    /// A service stays stopped after a restart.
    public var serviceDoesNotStart: ServiceFault?

    /// A restart is reported as done, but a service still presents its old certificate.
    public var missedRestart: ServiceFault?

    /// A group with its own settings that the rotation does not see.
    public var missedGroup: MissedGroup?

    /// A gate that is approved the first time without the action being done.
    public var gateNotDone: GateNotDone?

    /// A certificate that an administrator updates by hand before the clients are ready.
    public var prematureSwap: PrematureSwap?

    /// A REST API that answers 429 or not at all.
    public var apiTrouble: APITrouble?

    /// Replication that does not come back at once.
    public var replicationFailure: ReplicationFailure?

    /// A site whose clock is wrong.
    public var clockSkew: ClockSkew?

    /// Policy serial numbers that move without a change.
    public var serialDrift: SerialDrift?

    /// Old records that SEPM deletes during the run.
    public var purge: Purge?

    /// Machines that are installed during the run.
    public var joins: Joins?

    /// Clients of version 14.2.1.
    public var oldAgents: OldAgents?

    /// No faults.
    public init() {}
  }

  /// A fault of one service.
  public struct ServiceFault: Sendable, Equatable {
    /// The server as `site/server`; nil for the first that gets a certificate.
    public var server: String?

    /// The service.
    public var service: Service

    /// How many restarts go wrong.
    public var tries: Int

    /// A fault of one service.
    public init(server: String? = nil, service: Service = .webServer, tries: Int = 1) {
      self.server = server
      self.service = service
      self.tries = tries
    }
  }

  /// A group that the rotation does not see.
  public struct MissedGroup: Sendable, Equatable {
    /// The site; nil for the first that rotates.
    public var site: String?

    /// The group's full path; nil for `My Company\Kiosks`.
    public var group: String?

    /// A missed group.
    public init(site: String? = nil, group: String? = nil) {
      self.site = site
      self.group = group
    }
  }

  /// A gate that is clicked without being done.
  public struct GateNotDone: Sendable, Equatable {
    /// The site, or nil for all gates of the action.
    public var site: String?

    /// The action.
    public var action: Action

    /// A gate.
    public init(site: String? = nil, action: Action = .updateCertificate) {
      self.site = site
      self.action = action
    }
  }

  /// A certificate that is updated by hand.
  public struct PrematureSwap: Sendable, Equatable {
    /// The site; nil for the first that rotates.
    public var site: String?

    /// The server's name; nil for all of the site that get a certificate.
    public var server: String?

    /// How long after verification was disabled at the site.
    public var after: Duration

    /// A premature swap.
    public init(site: String? = nil, server: String? = nil, after: Duration = .hours(72)) {
      self.site = site
      self.server = server
      self.after = after
    }
  }

  /// Trouble with the REST API.
  public struct APITrouble: Sendable, Equatable {
    /// The chance that a step over the API fails with 429 or a closed connection.
    public var steps: Share

    /// The chance that a poll has no answer.
    public var polls: Share

    /// Trouble.
    public init(steps: Share = .percent(20), polls: Share = .percent(30)) {
      self.steps = steps
      self.polls = polls
    }
  }

  /// Replication that fails after it was restored.
  public struct ReplicationFailure: Sendable, Equatable {
    /// How many runs after the restoration fail.
    public var tries: Int

    /// For how long after the restoration runs fail.
    public var lasting: Duration

    /// A failure.
    public init(tries: Int = 3, lasting: Duration = .zero) {
      self.tries = tries
      self.lasting = lasting
    }
  }

  /// A clock that is wrong.
  public struct ClockSkew: Sendable, Equatable {
    /// The site; nil for the first.
    public var site: String?

    /// By how much the site's clock is ahead.
    public var ahead: Duration

    /// A skew.
    public init(site: String? = nil, ahead: Duration = .minutes(2)) {
      self.site = site
      self.ahead = ahead
    }
  }

  /// Serial numbers that move without a change (`docs/SEPM.md`, "Policy serial numbers").
  public struct SerialDrift: Sendable, Equatable {
    /// The time between two moves, at each site with its own phase.
    public var every: Duration

    /// A drift.
    public init(every: Duration = .days(2)) {
      self.every = every
    }
  }

  /// The deletion of old records.
  public struct Purge: Sendable, Equatable {
    /// Records not seen for so long are deleted, once a day.
    public var unseenFor: Duration

    /// A purge.
    public init(unseenFor: Duration = .days(30)) {
      self.unseenFor = unseenFor
    }
  }

  /// New machines.
  public struct Joins: Sendable, Equatable {
    /// Of each site's clients.
    public var share: Share

    /// Spread over so long from the start.
    public var over: Duration

    /// Joins.
    public init(share: Share = .percent(3), over: Duration = .days(28)) {
      self.share = share
      self.over = over
    }
  }

  /// Old agents.
  public struct OldAgents: Sendable, Equatable {
    /// The site; nil for all.
    public var site: String?

    /// Of the site's clients.
    public var share: Share

    /// Old agents.
    public init(site: String? = nil, share: Share = .percent(5)) {
      self.site = site
      self.share = share
    }
  }
}

/// The services of a management server that present a certificate (`docs/SEPM.md`, "Services and ports").
public enum Service: String, Sendable, CaseIterable {
  case manager = "semsrv"
  case webServer = "semwebsrv"
  case api = "semapisrv"

  /// The TLS ports on which the service listens.
  var ports: [Int] {
    switch self {
    case .manager: [8443]
    case .webServer: [443, 8445]
    case .api: [8446]
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
