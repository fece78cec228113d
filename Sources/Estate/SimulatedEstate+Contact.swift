import PlanModel

extension SimulatedEstate {
  /// What a server's answer to a client is.
  private enum Answer {
    case accepted
    case refusedByClient
    case unreachable
  }

  /// One contact of a client with its site, by the rules of `docs/SEPM.md`, "Heartbeat".
  mutating func contact(_ client: Int, of site: Int, at time: Int64) {
    processedContacts += 1
    let group = Int(clients.group[client])
    let offered = sites[site].currentProfiles[group * 2 + Int(clients.location[client])]
    if clients.profile[client] < 0 {
      // A machine is installed with what its group offers at that time.
      clients.profile[client] = offered
    }
    let held = profiles[Int(clients.profile[client])]
    let count = sites[site].servers.count
    let home = self.home(of: client, servers: count)
    let isAway =
      clients.awayFromHomeSince[client] != 0
      && time - clients.awayFromHomeSince[client] < 86_400_000
    let first = isAway ? Int(clients.lastServer[client]) : home
    var wasRefused = false
    var wasUnreachable = false
    for offset in 0..<count {
      let server = (first + offset) % count
      switch answer(of: sites[site].servers[server], to: held) {
      case .accepted:
        succeed(client, at: time, server: server, home: home)
        adopt(offered, held: held, client: client, site: site, group: group)
        return
      case .refusedByClient: wasRefused = true
      case .unreachable: wasUnreachable = true
      }
    }
    // Only servers that answered and were refused make a client an orphan: one that is down comes back.
    if wasRefused, !wasUnreachable, clients.failingSince[client] == 0 {
      clients.failingSince[client] = time
    }
  }

  /// Whether a client that holds `profile` would be served by a server of `site`, services that are down
  /// taken as running with what they last loaded.
  func isServed(_ profile: PublishedProfile, at site: Int) -> Bool {
    sites[site].servers.contains { accepts(profile, server: $0) }
  }

  /// The server that the client belongs to: a stable choice among servers of one priority, or that of a later day.
  func home(of client: Int, servers count: Int, day: Int = 0) -> Int {
    count == 1 ? 0 : Int(Chance.scaled(chance.bits(.home, client, day), below: Int64(count)))
  }

  /// Rules 1 and 2: the listener's certificate over HTTPS, the profile's signature with verification.
  func accepts(_ profile: PublishedProfile, server: SimulatedServer) -> Bool {
    let trusted = certificateLists[Int(profile.certificates)]
    if profile.usesHTTPS, !trusted.contains(server[.webServer].loaded) { return false }
    if profile.verifies, !trusted.contains(server[.manager].loaded) { return false }
    return true
  }

  private func answer(of server: SimulatedServer, to held: PublishedProfile) -> Answer {
    guard server[.webServer].isRunning, server[.manager].isRunning else { return .unreachable }
    return accepts(held, server: server) ? .accepted : .refusedByClient
  }

  private mutating func succeed(_ client: Int, at time: Int64, server: Int, home: Int) {
    clients.lastContact[client] = time
    clients.failingSince[client] = 0
    clients.lastServer[client] = UInt16(server)
    if clients.isDeleted[client] {
      clients.isDeleted[client] = false
      censusVersion += 1
    }
    if server == home {
      clients.awayFromHomeSince[client] = 0
    } else if clients.awayFromHomeSince[client] == 0
      || time - clients.awayFromHomeSince[client] >= 86_400_000
    {
      clients.awayFromHomeSince[client] = time
    }
  }

  /// Rule 3: a newer profile is applied, or that of the group it was moved to: settings, server list and certificates
  /// together.
  private mutating func adopt(
    _ offered: Int32, held: PublishedProfile, client: Int, site: Int, group: Int
  ) {
    let profile = profiles[Int(offered)]
    guard profile.policyDate > held.policyDate || profile.group != held.group,
      sites[site].groups[group].downloadsProfile
    else { return }
    // 14.2 and 14.2.1 refuse a changed certificate while they verify, even from a server they trust.
    if clients.isOldAgent[client], held.verifies, profile.certificates != held.certificates {
      return
    }
    clients.profile[client] = offered
  }
}
