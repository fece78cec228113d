import DocumentForm
import Estate
import PlanModel
import PlanText

/// The faults with the places of the names in them.
struct FaultsDraft: Sendable {
  var faults: Scenario.Faults
  var targets: [Located<String>]
}

/// A fault with the name in it.
struct Targeted<Fault: Sendable>: Sendable {
  var fault: Fault
  var target: Located<String>?
}

extension Form where Value == FaultsDraft {
  static let faults: Form = .object(
    "faults", example: "{ missed-restart: {} }",
    .optional("service-does-not-start", .serviceFault, "A service stays stopped after a restart."),
    .optional(
      "missed-restart", .serviceFault,
      "A restart is reported as done, but a service keeps its old certificate."),
    .optional("missed-group", .missedGroup, "A group that the rotation does not see."),
    .optional(
      "ignored-change", .ignoredChange,
      "A change of a group's verification that SEPM answers as done and does not make."),
    .optional("premature-swap", .prematureSwap, "A certificate that is updated by hand too early."),
    .optional("api-trouble", .apiTrouble, "A REST API that answers 429."),
    .optional(
      "replication-failure", .replicationFailure, "Replication that does not come back at once."),
    .optional("gate-not-done", .gateNotDone, "A gate that is approved without being done."),
    .optional(
      "blind-probe", .blindProbe, "An action of which nobody can tell whether it happened."),
    .optional("clock-skew", .clockSkew, "A site whose clock is ahead."),
    .optional(
      "serial-drift",
      .single("every") { @Sendable (every: Duration) in Scenario.SerialDrift(every: every) },
      "Policy serial numbers that move without a change."),
    .optional(
      "purge",
      .single("unseenFor") { @Sendable (time: Duration) in Scenario.Purge(unseenFor: time) },
      "Old records that SEPM deletes during the run."),
    .optional("joins", .joins, "Machines that are installed during the run."),
    .optional("old-agents", .oldAgents, "Clients of version 14.2.1.")
  ) {
    _, start, restart, group, ignored, swap, api, replication, gate, blind, skew, drift, purge,
    joins, agents
    in
    var faults = Scenario.Faults()
    faults.serviceDoesNotStart = start?.fault
    faults.missedRestart = restart?.fault
    faults.missedGroup = group?.fault
    faults.ignoredChange = ignored?.fault
    faults.prematureSwap = swap?.fault
    faults.apiTrouble = api
    faults.replicationFailure = replication
    faults.gateNotDone = gate?.fault
    faults.blindProbe = blind?.fault
    faults.clockSkew = skew?.fault
    faults.serialDrift = drift
    faults.purge = purge
    faults.joins = joins
    faults.oldAgents = agents?.fault
    let targets = [
      start?.target, restart?.target, group?.target, ignored?.target, swap?.target, gate?.target,
      blind?.target,
      skew?.target, agents?.target,
    ]
    return FaultsDraft(faults: faults, targets: targets.compactMap { $0 })
  }
}

extension Part where Value == Located<String>? {
  fileprivate static let site: Part = .optional(
    "site", .scalar(.name), "The site. The default is the first one that fits.")
}

extension Form where Value == Targeted<Scenario.ServiceFault> {
  fileprivate static let serviceFault: Form = .object(
    "a fault of a service", example: "{ service: semwebsrv }",
    .optional("server", .scalar(.text), "The server as site/server."),
    .optional(
      "service", .choice("a service", of: Service.self), "The service.",
      documentedDefault: Scenario.ServiceFault().service.rawValue),
    .optional(
      "tries", .integer("a number of restarts", in: 1...100, example: 1),
      "How many restarts go wrong.",
      documentedDefault: "\(Scenario.ServiceFault().tries)")
  ) { _, server, service, tries in
    Targeted(
      fault: Scenario.ServiceFault(
        server: server?.value, service: service?.value ?? .webServer, tries: tries?.value ?? 1),
      target: server)
  }
}

extension Form where Value == Targeted<Scenario.MissedGroup> {
  fileprivate static let missedGroup: Form = .object(
    "a missed group", .site,
    .optional(
      "group", .scalar(.text), "The group's full path.",
      documentedDefault: "My Company\\Kiosks")
  ) { _, site, group in
    Targeted(fault: Scenario.MissedGroup(site: site?.value, group: group?.value), target: site)
  }
}

extension Form where Value == Targeted<Scenario.IgnoredChange> {
  fileprivate static let ignoredChange: Form = .object(
    "an ignored change", .site,
    .optional(
      "group", .scalar(.text), "The group's full path.",
      documentedDefault: Scenario.IgnoredChange().path)
  ) { _, site, group in
    let usual = Scenario.IgnoredChange().path
    return Targeted(
      fault: Scenario.IgnoredChange(site: site?.value, path: group?.value ?? usual), target: site)
  }
}

extension Form where Value == Targeted<Scenario.PrematureSwap> {
  fileprivate static let prematureSwap: Form = .object(
    "a premature swap", example: "{ after: 72h }", .site,
    .optional(
      "server", .scalar(.name),
      "The server's name. The default is all servers of the site."),
    .optional(
      "after", .scalar(.duration), "How long after verification was disabled.",
      documentedDefault: Scenario.PrematureSwap().after.planNotation)
  ) { _, site, server, after in
    Targeted(
      fault: Scenario.PrematureSwap(
        site: site?.value, server: server?.value, after: after?.value ?? .hours(72)),
      target: site)
  }
}

extension Form where Value == Scenario.APITrouble {
  fileprivate static let apiTrouble: Form = .object(
    "trouble with the REST API", example: "{ steps: 20%, polls: 30% }",
    .optional(
      "steps", .scalar(.share), "The chance that a step fails.",
      documentedDefault: Scenario.APITrouble().steps.description),
    .optional(
      "polls", .scalar(.share), "The chance that a poll gets no answer.",
      documentedDefault: Scenario.APITrouble().polls.description)
  ) { _, steps, polls in
    Scenario.APITrouble(
      steps: steps?.value ?? .percent(20), polls: polls?.value ?? .percent(30))
  }
}

extension Form where Value == Scenario.ReplicationFailure {
  fileprivate static let replicationFailure: Form = .object(
    "a failure of replication", example: "{ tries: 3 }",
    .optional(
      "tries", .integer("a number of runs", in: 0...1_000, example: 3), "How many runs fail.",
      documentedDefault: "\(Scenario.ReplicationFailure().tries)"),
    .optional("lasting", .scalar(.duration), "How long runs go on failing.")
  ) { _, tries, lasting in
    Scenario.ReplicationFailure(tries: tries?.value ?? 3, lasting: lasting?.value ?? .zero)
  }
}

extension Form where Value == Targeted<Scenario.GateNotDone> {
  fileprivate static let gateNotDone: Form = .object(
    "a gate that is not done", example: "{ action: update-certificate }", .site,
    .optional(
      "action", .choice("an action", of: Action.self), "The action.",
      documentedDefault: Scenario.GateNotDone().action.rawValue)
  ) { _, site, action in
    Targeted(
      fault: Scenario.GateNotDone(
        site: site?.value, action: action?.value ?? .updateCertificate), target: site)
  }
}

extension Form where Value == Targeted<Scenario.BlindProbe> {
  fileprivate static let blindProbe: Form = .object(
    "a blind probe", example: "{ action: restart-services }", .site,
    .optional(
      "action", .choice("an action", of: Action.self), "The action; gates are not affected.",
      documentedDefault: Scenario.BlindProbe().action.rawValue)
  ) { _, site, action in
    Targeted(
      fault: Scenario.BlindProbe(site: site?.value, action: action?.value ?? .restartServices),
      target: site)
  }
}

extension Form where Value == Targeted<Scenario.ClockSkew> {
  fileprivate static let clockSkew: Form = .object(
    "a wrong clock", example: "{ ahead: 2m }", .site,
    .optional(
      "ahead", .scalar(.duration), "By how much the clock is ahead.",
      documentedDefault: Scenario.ClockSkew().ahead.planNotation)
  ) { _, site, ahead in
    Targeted(
      fault: Scenario.ClockSkew(site: site?.value, ahead: ahead?.value ?? .minutes(2)),
      target: site)
  }
}

extension Form where Value == Scenario.Joins {
  fileprivate static let joins: Form = .object(
    "new machines", example: "{ share: 3%, over: 28d }",
    .optional(
      "share", .scalar(.share), "Of each site's clients.",
      documentedDefault: Scenario.Joins().share.description),
    .optional(
      "over", .scalar(.duration), "How long after the start the last of them appears.",
      documentedDefault: Scenario.Joins().over.planNotation)
  ) { _, share, over in
    Scenario.Joins(share: share?.value ?? .percent(3), over: over?.value ?? .days(28))
  }
}

extension Form where Value == Targeted<Scenario.OldAgents> {
  fileprivate static let oldAgents: Form = .object(
    "old agents", example: "{ share: 5% }", .site,
    .optional(
      "share", .scalar(.share), "Of the site's clients.",
      documentedDefault: Scenario.OldAgents().share.description)
  ) { _, site, share in
    Targeted(
      fault: Scenario.OldAgents(site: site?.value, share: share?.value ?? .percent(5)),
      target: site)
  }
}

extension Form {
  /// A fault that is told by one duration.
  fileprivate static func single(
    _ key: String, _ make: @escaping @Sendable (Duration) -> Value
  ) -> Form {
    .object(
      "a fault", example: "{ \(key): 30d }",
      .required(key, .scalar(.duration), "The time that makes the fault.")
    ) { _, duration in make(duration.value) }
  }
}
