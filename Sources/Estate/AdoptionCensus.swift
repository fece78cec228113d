import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// The running count of one wait: clients that adopted are counted once, those that have not are looked at
/// again at each poll.
struct AdoptionCensus: Sendable {
  /// What a client must have to count as adopted (`docs/SEPM.md`, "What counts as adopted").
  enum Criterion: Sendable, Equatable {
    /// A profile no older than its group's marker, and a contact after the change.
    case serial(SimulatedSite.Marker)

    /// The new certificate of a server, and a contact after its services were up.
    case certificate(server: Int, certificate: Int32, after: Int64)
  }

  /// A client that has not adopted.
  private struct Pending: Sendable {
    let client: Int32

    /// Whether it was counted when the wait began.
    let wasCounted: Bool

    /// Bit n for cohort n.
    let cohorts: UInt32

    var isOnline = false

    /// Until when ``isOnline`` and ``lastSeen`` surely hold.
    var until = Int64.min

    var lastSeen: Int64?
  }

  let site: Int
  let criterion: Criterion
  let version: Int
  let startedAt: Int64
  private let activeWithin: Int64
  private let cohortNames: [String]
  private var pending: [Pending] = []
  private var adopted = 0
  private var joined = 0
  private var frozen = 0
  private var excluded = 0
  private var cohortAdopted: [Int]

  /// Starts the count of a wait at a site that began at `startedAt`.
  init(
    of estate: SimulatedEstate, site: Int, policy: WaitPolicy, criterion: Criterion,
    startedAt: Int64
  ) {
    self.site = site
    self.criterion = criterion
    self.startedAt = startedAt
    version = estate.censusVersion
    activeWithin = policy.activeWithin.value.milliseconds
    cohortNames = policy.cohorts.prefix(32).map(\.name.value)
    cohortAdopted = Array(repeating: 0, count: cohortNames.count)
    let rules = Rules(policy: policy, groups: estate.sites[site].groups.map(\.path))
    pending.reserveCapacity(estate.sites[site].clients.count)
    for client in estate.sites[site].clients where !estate.clients.isDeleted[client] {
      let rule = rules[Int(estate.clients.group[client]), estate.clients.function[client]]
      if rule.isExcluded {
        if estate.exists(client, at: estate.time) { excluded += 1 }
        continue
      }
      let limit = startedAt - activeWithin
      let wasCounted =
        estate.clients.createdAt[client] <= startedAt
        && estate.lastSeen(client, at: startedAt) ?? ClientTable.never >= limit
      if wasCounted { frozen += 1 }
      pending.append(
        Pending(client: Int32(client), wasCounted: wasCounted, cohorts: rule.cohorts))
    }
  }

  /// The count at the estate's present time.
  mutating func count(in estate: SimulatedEstate) -> AdoptionCount {
    let time = estate.time
    var online = 0
    var offline = 0
    var stale = 0
    var pendingJoined = 0
    var keptOfFrozen = 0
    var cohortPending = [Int](repeating: 0, count: cohortNames.count)
    var kept = 0
    for index in pending.indices {
      var entry = pending[index]
      let client = Int(entry.client)
      if isAdopted(client, in: estate) {
        adopted += 1
        if !entry.wasCounted { joined += 1 }
        for cohort in cohortNames.indices where entry.cohorts & (1 << cohort) != 0 {
          cohortAdopted[cohort] += 1
        }
        continue
      }
      if time >= entry.until { refresh(&entry, in: estate) }
      pending[kept] = entry
      kept += 1
      guard estate.clients.createdAt[client] <= time else { continue }
      if entry.lastSeen ?? ClientTable.never < time - activeWithin {
        stale += 1
        continue
      }
      if entry.isOnline { online += 1 } else { offline += 1 }
      if entry.wasCounted { keptOfFrozen += 1 } else { pendingJoined += 1 }
      for cohort in cohortNames.indices where entry.cohorts & (1 << cohort) != 0 {
        cohortPending[cohort] += 1
      }
    }
    pending.removeSubrange(kept...)
    let adoptedOfFrozen = adopted - joined
    return AdoptionCount(
      counted: adopted + online + offline, adopted: adopted, pendingOnline: online,
      pendingOffline: offline, stale: stale, excluded: excluded, joined: joined + pendingJoined,
      removed: max(frozen - adoptedOfFrozen - keptOfFrozen, 0),
      cohorts: cohortNames.indices.map { cohort in
        AdoptionCount.Cohort(
          name: cohortNames[cohort], counted: cohortAdopted[cohort] + cohortPending[cohort],
          adopted: cohortAdopted[cohort])
      })
  }

  /// The clients that hold the wait back, at most `limit` of them by name.
  func stragglers(in estate: SimulatedEstate, limit: Int) -> Stragglers {
    let earliest = estate.time - activeWithin
    let result = pending.lazy.map { Int($0.client) }.compactMap { client -> Straggler? in
      guard estate.exists(client, at: estate.time), !isAdopted(client, in: estate) else {
        return nil
      }
      let seen = estate.lastSeen(client, at: estate.time)
      guard seen ?? ClientTable.never >= earliest else { return nil }
      let (obstacle, reason) = estate.whyPending(client, site: site)
      return Straggler(
        name: estate.name(of: client, site: site),
        group: estate.sites[site].groups[Int(estate.clients.group[client])].path,
        lastSeen: seen.map { Instant(milliseconds: $0) }, obstacle, reason: reason)
    }
    return Stragglers(Array(result), limit: limit)
  }

  /// Since when a contact shows the change, or would.
  var changedAt: Int64 {
    switch criterion {
    case .serial(let marker): marker.at
    case .certificate(_, _, let after): after
    }
  }

  /// Each client that counts and has not adopted, with its cohorts and its last contact.
  func eachPending(
    in estate: SimulatedEstate,
    _ body: (_ client: Int, _ cohorts: UInt32, _ lastSeen: Int64) -> Void
  ) {
    for entry in pending {
      let client = Int(entry.client)
      guard estate.exists(client, at: estate.time), !isAdopted(client, in: estate) else { continue }
      // A machine that was just installed is known although it has not come by yet.
      let created = estate.clients.createdAt[client]
      guard
        let seen = estate.lastSeen(client, at: estate.time) ?? (created > 0 ? created : nil),
        seen >= estate.time - activeWithin
      else { continue }
      body(client, entry.cohorts, seen)
    }
  }

  private func isAdopted(_ client: Int, in estate: SimulatedEstate) -> Bool {
    let profile = estate.clients.profile[client]
    guard profile >= 0 else { return false }
    switch criterion {
    case .serial(let marker):
      return estate.clients.lastContact[client] > marker.at
        && estate.profiles[Int(profile)].policyDate
          >= marker.policyDates[Int(estate.clients.group[client])]
    case .certificate(let server, let certificate, let after):
      let list = Int(estate.profiles[Int(profile)].certificates)
      return estate.clients.lastContact[client] > after
        && estate.certificateLists[list][server] == certificate
    }
  }

  private func refresh(_ entry: inout Pending, in estate: SimulatedEstate) {
    let client = Int(entry.client)
    let time = estate.time
    guard estate.clients.retiredAt[client] > time else {
      entry.lastSeen = estate.clients.retiredAt[client]
      entry.until = Int64.max
      return
    }
    let createdAt = estate.clients.createdAt[client]
    guard createdAt <= time else {
      entry.until = createdAt
      return
    }
    (entry.isOnline, entry.until) = estate.presence.presence(
      client, estate.clients.person[client], at: time)
    // A machine that was just installed is known although it has not come by yet.
    entry.lastSeen = estate.lastSeen(client, at: time) ?? (createdAt > 0 ? createdAt : nil)
  }

  /// Exclusions and cohorts for every group and function, decided once.
  private struct Rules {
    typealias Rule = (isExcluded: Bool, cohorts: UInt32)

    private let rules: [Rule]

    init(policy: WaitPolicy, groups: [String]) {
      rules = groups.flatMap { path in
        OSFunction.allCases.map { function in
          var cohorts: UInt32 = 0
          for (index, cohort) in policy.cohorts.prefix(32).enumerated()
          where cohort.selector.matches(group: path, osFunction: function) {
            cohorts |= 1 << index
          }
          let isExcluded = policy.exclusions.contains {
            $0.selector.matches(group: path, osFunction: function)
          }
          return (isExcluded, cohorts)
        }
      }
    }

    subscript(group: Int, function: OSFunction) -> Rule {
      rules[group * OSFunction.allCases.count + function.position]
    }
  }
}

extension OSFunction {
  fileprivate var position: Int {
    switch self {
    case .unknown: 0
    case .workstation: 1
    case .domainController: 2
    case .server: 3
    }
  }
}

extension SimulatedEstate {
  /// Why a client has not adopted.
  func whyPending(_ client: Int, site: Int) -> (Straggler.Obstacle, reason: String) {
    if clients.failingSince[client] != 0 {
      return (
        .refusesServers,
        "It has refused the certificate of every server since "
          + "\(Instant(milliseconds: clients.failingSince[client])): it needs a communication update "
          + "package."
      )
    }
    let group = sites[site].groups[Int(clients.group[client])]
    if !group.downloadsProfile {
      return (.deafGroup, "Its group \(group.path) does not download policies.")
    }
    if clients.isOldAgent[client] { return (.oldAgent, "Its agent has version 14.2.1.") }
    let (isOnline, _) = presence.presence(client, clients.person[client], at: time)
    guard !isOnline else { return (.connected, "It is connected and asks at its next heartbeat.") }
    let seen = lastSeen(client, at: time).map { Instant(milliseconds: $0) }
    return (.offline, seen.map { "It has been offline since \($0)." } ?? "It was never seen.")
  }

  /// What a wait step measures; nil while the change it waits for has not been made.
  func criterion(
    of action: Action, on target: Target
  ) -> (site: Int, policy: WaitPolicy, AdoptionCensus.Criterion)? {
    guard let kind = action.waitKind else { return nil }
    switch target {
    case .site(let site):
      guard let marker = marker(kind, site: site) else { return nil }
      return (site, plan.waits[kind], .serial(marker))
    case .server(let site, let server):
      let state = sites[site].servers[server]
      guard let certificate = state.newCertificate, state[.manager].loaded == certificate else {
        return nil
      }
      let up = state.services.map(\.startedAt).max() ?? 0
      return (
        site, plan.waits[kind], .certificate(server: server, certificate: certificate, after: up)
      )
    case .partnership: return nil
    }
  }
}
