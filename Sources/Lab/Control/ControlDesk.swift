import CanonicalJSON
import Estate
import PlanModel
import RotationEngine
import RotationGraph

/// Answers what is asked of a lab's control interface.
struct ControlDesk: Sendable {
  let world: LabWorld
  let certificates: LabCertificates

  /// Said for whoever listens after something that may have opened or closed ports.
  let followServices: @Sendable () async -> Void

  /// Does what is asked; `author` is whom the log names.
  func reply(to request: ControlRequest, by author: String = "act") async -> ControlReply {
    do {
      switch request {
      case .act(let action, let key): return try await act(action, key, author)
      case .check(let action, let since): return try check(action, since)
      case .truth:
        return
          ControlReply(
            try world.withSessions { state, sessions, _ in truth(state, sessions.refusals) })
      case .log: return ControlReply(try world.with { log($0) })
      case .time(let speed, let advance):
        if let speed { try world.setSpeed(speed) }
        if let advance { try world.advance(by: .milliseconds(advance)) }
        await followServices()
        let moment = try world.moment()
        return ControlReply(
          .object([
            .init("formatVersion", .string("1.0")),
            .init("now", .string(moment.now.description)),
            .init("speed", .integer(Int64(moment.speed))),
            .init("uptimeMilliseconds", .integer(moment.uptime.wholeMilliseconds)),
          ]))
      case .fault(let fault): return try await self.fault(fault)
      case .trouble(let operation):
        let outcome = try world.with { try $0.perform(.operation(operation), by: "fault") }
        return Self.reply(outcome)
      }
    } catch {
      return ControlReply(status: 1, message: "\(error)")
    }
  }

  private func fault(_ fault: LabFault?) async throws -> ControlReply {
    if let fault {
      try world.withSessions { state, sessions, _ in
        guard fault.kind == .tokenLoss else {
          try state.perform(.fault(fault), by: "fault")
          return
        }
        for (site, own) in state.estate.sites.enumerated() {
          for (server, state) in own.servers.enumerated()
          where fault.isAbout(site: own.name, server: "\(own.name)/\(state.name)") {
            sessions.loseAll(at: ServerPosition(site: site, server: server))
          }
        }
      }
      await followServices()
    }
    let list = try world.with { $0.faults.list }
    return ControlReply(
      .object([
        .init("formatVersion", .string("1.0")),
        .init("faults", .array(list.map { .object($0.members) })),
      ]))
  }

  /// Does an action, operation by operation, and waits for the services that it starts.
  private func act(
    _ action: OperatorAction, _ key: String?, _ author: String
  ) async throws -> ControlReply {
    let outcome = try world.with { state -> ControlReply? in
      guard let operations = action.operations(in: state.estate) else {
        throw LabError(
          "Nobody does \(action.action.rawValue) to \(action.target) at a console or on a server. "
            + "`waltz lab truth` names what there is.")
      }
      // What was answered before counts for as long as it holds: services that did not come up are started again.
      let key = Self.stoppedService(of: action, in: state.estate) == nil ? key : nil
      if let reason = action.obstacle(in: state.estate),
        state.outcome(ofKey: key.map { "\($0)#0" }) == nil
      {
        return ControlReply(status: 75, message: reason)
      }
      var members: [JSONValue.Member] = []
      for (index, operation) in operations.enumerated() {
        let outcome = try state.perform(
          .operation(operation), by: author, key: key.map { "\($0)#\(index)" })
        guard case .done(let evidence) = outcome else { return Self.reply(outcome) }
        members = Self.adding(evidence.members, to: members)
      }
      members.append(.init("operations", .integer(Int64(operations.count))))
      members.append(.init("at", .string(state.estate.now.description)))
      return ControlReply(.object(certificates.named(members)))
    }
    await followServices()
    guard let outcome, outcome.status == 0 else { return outcome ?? ControlReply(status: 1) }
    if action.startsServices {
      return try await waitForServices(action) ?? outcome
    }
    return outcome
  }

  /// A service that an action starts, and that is neither running nor about to; nil where there is none.
  private static func stoppedService(
    of action: OperatorAction, in estate: SimulatedEstate
  ) -> (service: Service, server: String)? {
    guard action.startsServices,
      case .server(let site, let server) = estate.target(named: action.target)
    else { return nil }
    let own = estate.sites[site].servers[server]
    let services = action.service.map { [$0] } ?? Service.allCases
    return services.first { !own[$0].isRunning && own[$0].isUpAt == nil }
      .map { ($0, own.name) }
  }

  /// Waits until the services of a server are up; the reply is what is wrong with them, or when they started.
  private func waitForServices(_ action: OperatorAction) async throws -> ControlReply? {
    while true {
      let found = try world.with { state -> (due: Duration?, reply: ControlReply?) in
        guard case .server(let site, let server) = state.estate.target(named: action.target) else {
          return (nil, nil)
        }
        let services = action.service.map { [$0] } ?? Service.allCases
        let own = state.estate.sites[site].servers[server]
        if let due = services.compactMap({ own[$0].isUpAt }).max() {
          return (Instant(milliseconds: due) - state.estate.now, nil)
        }
        if let (service, name) = Self.stoppedService(of: action, in: state.estate) {
          return (
            nil,
            ControlReply(
              status: 1, message: "The service \(service.rawValue) of \(name) did not start.")
          )
        }
        let started = services.map { own[$0].startedAt }.max() ?? 0
        return (
          nil,
          ControlReply(
            .object([
              .init("services", .array(services.map { .string($0.rawValue) })),
              .init("startedAt", .string(Instant(milliseconds: started).description)),
            ]))
        )
      }
      guard let due = found.due else {
        await followServices()
        return found.reply
      }
      let pause = world.realTime(for: due) ?? .seconds(1)
      try await Task.sleep(for: min(max(pause, .milliseconds(2)), .milliseconds(500)))
    }
  }

  private func check(_ action: OperatorAction, _ since: String?) throws -> ControlReply {
    try world.with { state in
      guard let target = state.estate.target(named: action.target) else {
        return ControlReply(status: 2, message: "The lab has no \(action.target).")
      }
      let start = since.flatMap { Instant($0) } ?? Instant(milliseconds: 0)
      switch state.estate.finding(action.action, on: target, since: start) {
      case .done(let evidence):
        return ControlReply(.object(certificates.named(evidence.members)))
      case .notDone(let reason): return ControlReply(status: 1, message: reason)
      case .inconclusive(let reason), .unknown(let reason):
        return ControlReply(status: 2, message: reason)
      }
    }
  }

  /// What several operations did, together: each says which groups it changed. What else they say is of the whole, and the
  /// last one knows.
  private static func adding(
    _ more: [JSONValue.Member], to members: [JSONValue.Member]
  ) -> [JSONValue.Member] {
    var members = members
    for member in more {
      let earlier = members.first { $0.name == member.name }?.value.array ?? []
      members.removeAll { $0.name == member.name }
      let changed = (member.value.array ?? []).filter { !earlier.contains($0) }
      members.append(
        member.name == "changed" ? .init(member.name, .array(earlier + changed)) : member)
    }
    return members
  }

  private static func reply(_ outcome: SimulatedEstate.Outcome) -> ControlReply {
    switch outcome {
    case .done(let evidence): ControlReply(.object(evidence.members))
    case .failed(let failure):
      ControlReply(status: failure.isRetryable ? 75 : 1, message: failure.message)
    }
  }

  /// Every change, oldest first.
  private func log(_ state: LabState) -> JSONValue {
    .object([
      .init("formatVersion", .string("1.0")),
      .init(
        "entries",
        .array(
          state.records.map { record in
            var members = record.entry.members
            switch record.outcome {
            case .done(let evidence):
              members.append(.init("outcome", .string("done")))
              members.append(.init("evidence", .object(certificates.named(evidence.members))))
            case .failed(let failure):
              members.append(.init("outcome", .string("failed")))
              members.append(.init("message", .string(failure.message)))
            }
            return .object(members)
          })),
    ])
  }

  /// What is so; `refusals` has how many log-ons were refused at each site.
  private func truth(_ state: LabState, _ refusals: [Int: Int]) -> JSONValue {
    let estate = state.estate
    let truth = estate.truth
    return .object([
      .init("formatVersion", .string("1.0")),
      .init("now", .string(estate.now.description)),
      .init("clients", .integer(Int64(truth.clients))),
      .init("orphans", .integer(Int64(truth.orphans))),
      .init("latentOrphans", .integer(Int64(truth.latentOrphans))),
      .init(
        "sites",
        .object(
          estate.sites.enumerated().map {
            .init($1.name, site($1, refusedLogOns: refusals[$0] ?? 0))
          })),
      .init(
        "replication",
        .object(
          estate.links.map { link in
            .init(
              link.name,
              .object([
                .init("status", .string(link.status.rawValue)),
                .init(
                  "sides",
                  .object(
                    zip(link.sites, link.sides).map { site, side in
                      .init(estate.sites[site].name, .string(side.rawValue))
                    })),
                .init(
                  "lastSuccess", .string(Instant(milliseconds: link.lastSuccess).description)),
              ]))
          })),
    ])
  }

  private func site(_ site: SimulatedSite, refusedLogOns: Int) -> JSONValue {
    .object([
      .init("refusedLogOns", .integer(Int64(refusedLogOns))),
      .init(
        "servers",
        .object(
          site.servers.map { server in
            .init(
              server.name,
              .object(
                Service.allCases.map { service in
                  .init(
                    service.rawValue,
                    .object([
                      .init("running", .bool(server[service].isRunning)),
                      .init(
                        "certificate",
                        .string(
                          certificates.entries[Int(server[service].loaded)].fingerprint)),
                      .init(
                        "startedAt",
                        .string(Instant(milliseconds: server[service].startedAt).description)),
                    ]))
                }))
          })),
      .init(
        "groups",
        .array(
          site.groups.filter { !$0.inherits }.map { group in
            .object([
              .init("path", .string(group.path)),
              .init(
                "locations",
                .array(
                  group.locations.map { location in
                    .object([
                      .init("name", .string(location.name)),
                      .init("verifies", .bool(location.verifies)),
                      .init("usesHTTPS", .bool(location.usesHTTPS)),
                    ])
                  })),
              .init(
                "policyDate", .string(Instant(milliseconds: group.policyDate).description)),
            ])
          })),
    ])
  }
}

extension LabCertificates {
  /// Evidence with the real fingerprint where the estate has a made-up one.
  fileprivate func named(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    members.map { member in
      guard member.name == "certificate", case .string(let text) = member.value,
        let index = estateFingerprints.firstIndex(of: text)
      else { return member }
      return .init(member.name, .string(entries[index].fingerprint))
    }
  }
}
