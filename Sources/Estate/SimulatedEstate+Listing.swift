package import PlanModel
import RotationEngine

/// A client in the list of a site: its own, or one that a partner replicated.
package struct ListedClient: Sendable, Equatable {
  let client: Int32

  /// The site that the client belongs to.
  let origin: Int16

  /// The partnership that carried it here; nil for the site's own.
  let link: Int16?
}

/// What a site's database says of a client (`docs/SEPM.md`, "Computers"). Times are milliseconds since the epoch by the
/// clock of the site that the client belongs to.
package struct ClientRow: Sendable {
  /// The machine's name.
  package let name: String

  /// The position of the record among all of the estate: for numbers that are made up.
  package let number: Int

  /// The site that it belongs to.
  package let site: Int

  /// The server of its last contact, as a position in that site.
  package let server: Int

  /// Its group, as a position in the groups.
  package let group: Int

  /// The policy that it reports: the group that it was published for, and its date; nil before the first one.
  package let profile: (group: Int, policyDate: Int64)?

  /// What the machine is for.
  package let function: OSFunction

  /// Whether the agent has version 14.2.1.
  package let isOldAgent: Bool

  /// Whether it is connected.
  package let isOnline: Bool

  /// When the record was made.
  package let createdAt: Int64

  /// Its last contact.
  package let lastUpdate: Int64
}

extension SimulatedEstate {
  /// Everything that a site may list, by name: its own clients and those of the sites that replicate with it. The
  /// list stays the same for as long as the world is there; not all of it exists at every time.
  package func listedClients(at site: Int) -> [ListedClient] {
    var origins = [(site: site, link: Int16?.none)]
    for (index, link) in links.enumerated() where link.sites.contains(site) {
      for partner in link.sites where partner != site {
        origins.append((site: partner, link: Int16(index)))
      }
    }
    origins.sort { sites[$0.site].name < sites[$1.site].name }
    let kinds: [ClientKind] = [.desktop, .laptop, .server]
    return origins.flatMap { origin in
      kinds.flatMap { kind in
        sites[origin.site].clients.lazy
          .filter { clients.person[$0].kind == kind.rawValue }
          .map { ListedClient(client: Int32($0), origin: Int16(origin.site), link: origin.link) }
      }
    }
  }

  /// Whether the site's database has the record now.
  package func isListed(_ entry: ListedClient) -> Bool {
    let client = Int(entry.client)
    guard let replica = replica(of: entry) else { return exists(client, at: time) }
    return replica.clients.createdAt[client] <= replica.at && !replica.clients.isDeleted[client]
  }

  /// The last contact of a listed client, by the clock of its site.
  package func lastUpdate(of entry: ListedClient) -> Int64 {
    let client = Int(entry.client)
    let replica = replica(of: entry)
    let seen =
      replica.map { lastSeen(client, at: $0.at, by: $0.clients) }
      ?? lastSeen(client, at: time, by: clients)
    return (seen ?? recordedAt(client)) + sites[Int(entry.origin)].clockSkew
  }

  /// What the database says of a listed client.
  package func row(of entry: ListedClient) -> ClientRow {
    let client = Int(entry.client)
    let replica = replica(of: entry)
    let table = replica?.clients ?? clients
    let at = replica?.at ?? time
    let skew = sites[Int(entry.origin)].clockSkew
    let isOnline =
      table.retiredAt[client] > at && table.failingSince[client] == 0
      && presence.presence(client, table.person[client], at: at).isOnline
    let lastUpdate = lastSeen(client, at: at, by: table)
    return ClientRow(
      name: name(of: client, site: Int(entry.origin)), number: client, site: Int(entry.origin),
      server: lastServer(client, of: Int(entry.origin), at: lastUpdate ?? at, in: table),
      group: Int(table.group[client]),
      profile: table.profile[client] < 0
        ? nil
        : (
          group: Int(profiles[Int(table.profile[client])].group),
          policyDate: profiles[Int(table.profile[client])].policyDate
        ),
      function: table.function[client], isOldAgent: table.isOldAgent[client], isOnline: isOnline,
      createdAt: recordedAt(client) + skew,
      lastUpdate: (lastUpdate ?? recordedAt(client)) + skew)
  }

  /// What the database still says of a listed client from before its machine was installed anew, three days before the world
  /// began, or a day before it was seen last: the same hardware with another id (`docs/SEPM.md`, "Computers").
  package func formerRow(of entry: ListedClient) -> ClientRow {
    let row = row(of: entry)
    let end = min(
      startedAt - 3 * PresenceModel.dayLength, row.lastUpdate - PresenceModel.dayLength)
    return ClientRow(
      name: row.name, number: row.number, site: row.site, server: row.server, group: row.group,
      profile: (row.group, end - 100 * PresenceModel.dayLength), function: row.function,
      isOldAgent: row.isOldAgent, isOnline: false,
      createdAt: min(row.createdAt, end - PresenceModel.dayLength), lastUpdate: end)
  }

  /// The server that a client was with at its last contact. Contacts that change nothing are not carried out one by one: a day
  /// after the last one that was, and each day from then on, the client has looked at its list again and chosen any of its
  /// servers (`docs/SEPM.md`, "Failover").
  private func lastServer(
    _ client: Int, of site: Int, at time: Int64, in table: ClientTable
  ) -> Int {
    let last = Int(table.lastServer[client])
    let servers = sites[site].servers
    guard servers.count > 1, table.lastContact[client] != ClientTable.never,
      table.profile[client] >= 0, table.failingSince[client] == 0
    else { return last }
    let days = (time - table.lastContact[client]) / PresenceModel.dayLength
    guard days > 0 else { return last }
    let held = profiles[Int(table.profile[client])]
    let first = home(of: client, servers: servers.count, day: Int(days))
    return servers.indices.lazy.map { (first + $0) % servers.count }
      .first { self.accepts(held, server: servers[$0]) } ?? last
  }

  /// 32 hexadecimal digits in upper case that name a client; different ones for each `use`.
  package func identity(ofClient number: Int, use: Int) -> String {
    Chance.hexadecimal(of: chance.bits(.identity, number, use), words: 2).uppercased()
  }

  private func replica(of entry: ListedClient) -> ClientReplica? {
    entry.link.flatMap { links[Int($0)].replicas }
  }

  /// When the record was made; for those older than the world within the year before it.
  private func recordedAt(_ client: Int) -> Int64 {
    let createdAt = clients.createdAt[client]
    guard createdAt == ClientTable.never else { return createdAt }
    let year = 365 * PresenceModel.dayLength
    return startedAt - 400 * PresenceModel.dayLength
      - Chance.scaled(chance.bits(.identity, client), below: year)
  }
}

extension SimulatedEstate {
  /// The group of a listed client, as its site has it.
  package func group(of entry: ListedClient) -> Int {
    Int((replica(of: entry)?.clients ?? clients).group[Int(entry.client)])
  }

  /// The position of a listed client among all of the estate.
  package func number(of entry: ListedClient) -> Int { Int(entry.client) }

  /// Since when there is a SEPM, in milliseconds since the epoch.
  package var installedAt: Int64 { startedAt - 800 * PresenceModel.dayLength }

  /// The heartbeat of every group.
  package var heartbeatSeconds: Int64 { scenario.heartbeat.milliseconds / 1_000 }

  /// After how many days without contact a record is deleted; nil for never.
  package var purgeAfterDays: Int64? {
    scenario.faults.purge.map { $0.unseenFor.milliseconds / PresenceModel.dayLength }
  }
}
