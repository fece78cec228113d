import Adoption
import NIOCore
import PlanModel
package import SEPMClient

/// Asks a site what a plan for it has to name (`docs/SEPM.md`, "Endpoints"). Nothing is changed there.
package struct InventorySurvey: Sendable {
  private let client: APIClient
  private let patience: Duration
  private let localTime: @Sendable () -> Int64

  /// A survey.
  ///
  /// - Parameters:
  ///   - client: The site's API.
  ///   - patience: How long the list of machines may be gone through; SEPM takes few requests a minute.
  ///   - localTime: The local clock, in UTC milliseconds since 1970.
  package init(
    _ client: APIClient, patience: Duration, localTime: @escaping @Sendable () -> Int64
  ) {
    self.client = client
    self.patience = patience
    self.localTime = localTime
  }

  /// What the site says of itself.
  ///
  /// - Throws: where it does not answer, refuses the log-on, or the account lacks a right.
  package func look() async throws(SEPMError) -> SiteInventory {
    do throws(SEPMError) {
      let inventory = try await inventory()
      try? await client.logOut()
      return inventory
    } catch {
      // A token that is left behind dies by itself.
      try? await client.logOut()
      throw error
    }
  }

  private func inventory() async throws(SEPMError) -> SiteInventory {
    let facts = try await client.facts()
    guard facts.logon.administrator.isSystemAdministrator != false else {
      throw SEPMError(
        task: "read what a plan needs", server: client.address.description,
        kind: .missingRights(facts.logon.administrator.role))
    }
    var inventory = SiteInventory(version: facts.version.product)
    let domains = try take(facts.domains, &inventory) ?? []
    inventory.domains = domains.map(\.domain.name)
    inventory.serverCount = try take(facts.servers, &inventory)?.count
    inventory.clientsOfVersion142 = try take(facts.clientVersions, &inventory).map {
      $0.filter(\.forbidsFailover).map(\.clients).reduce(0, +)
    }
    if let database = try take(facts.database, &inventory) {
      inventory.database = Database(database)
      if inventory.database == nil { inventory.databaseType = database.type }
    }
    let replication = try take(facts.replication, &inventory) ?? []
    inventory.name = replication.lazy.compactMap(\.site).first
    let crowd = try await crowd(domains.map(\.domain.id), facts.logon, &inventory)
    if inventory.name == nil { inventory.name = crowd.largestSite }
    inventory.servers = crowd.servers(of: inventory.name)
    inventory.clients = crowd.clients(of: inventory.name)
    inventory.partners = replication.flatMap(\.partners).map {
      SiteInventory.Partner(name: $0.name, servers: crowd.servers(of: $0.name))
    }
    return inventory
  }

  /// The machines of all domains, as far as the list could be gone through in time.
  private func crowd(
    _ domains: [SEPMID], _ logon: Logon, _ inventory: inout SiteInventory
  ) async throws(SEPMError) -> MachineCrowd {
    let now = logon.skew?.serverTime(at: localTime()).milliseconds ?? localTime()
    var crowd = MachineCrowd(activeSince: now - SiteInventory.activeDays * 86_400_000)
    let deadline = NIODeadline.now() + TimeAmount(patience)
    let late = SEPMError(
      task: "read all computers", server: client.address.description, kind: .timedOut(patience))
    do throws(SEPMError) {
      for domain in domains.isEmpty ? [nil] : domains.map(Optional.some) {
        _ = try await client.computers(of: domain) { page throws(SEPMError) in
          crowd.take(page)
          guard NIODeadline.now() < deadline else { throw late }
        }
      }
      crowd.isWhole = true
    } catch {
      try note(error, &inventory)
    }
    return crowd
  }

  private func take<Value>(
    _ part: ServerFacts.Part<Value>, _ inventory: inout SiteInventory
  ) throws(SEPMError) -> Value? {
    switch part {
    case .success(let value): return value
    case .failure(let error):
      try note(error, &inventory)
      return nil
    }
  }

  /// Takes down what could not be read. A right that is missing will be missed in the rotation as well.
  private func note(_ error: SEPMError, _ inventory: inout SiteInventory) throws(SEPMError) {
    switch error.kind {
    case .missingRights, .cancelled: throw error
    case .resourceAbsent: break
    default: inventory.unread.append(error.statement)
    }
  }
}

/// What a list of machines tells of sites and servers, of which the API itself knows ids alone.
struct MachineCrowd {
  private struct Site {
    /// By ``AdoptionCriterion/serverKey(_:)``: the first name that was seen, and how many machines.
    var servers: [String: (name: String, clients: Int)] = [:]
    var rows = 0

    /// The machines that were seen lately, each once.
    var active: Set<SEPMID> = []
  }

  private let activeSince: Int64
  private var sites: [String: Site] = [:]

  /// Whether every machine was seen.
  var isWhole = false

  /// A crowd of which nobody was seen yet; `activeSince` is in the server's time.
  init(activeSince: Int64) {
    self.activeSince = activeSince
  }

  /// Looks at some of the machines.
  mutating func take(_ rows: [Computer]) {
    for row in rows where !row.isDeleted {
      // A row of a site alone: most of them are in a few.
      var site = sites.removeValue(forKey: row.lastSite) ?? Site()
      defer { sites[row.lastSite] = site }
      site.rows += 1
      if let contact = row.lastContact, contact.milliseconds >= activeSince {
        site.active.insert(row.hardwareKey ?? row.id)
      }
      guard !row.lastServer.isEmpty else { continue }
      site.servers[AdoptionCriterion.serverKey(row.lastServer), default: (row.lastServer, 0)]
        .clients += 1
    }
  }

  /// The site that most machines are with; nil where there is none.
  var largestSite: String? {
    sites.filter { !$0.key.isEmpty }
      .max { ($0.value.rows, $1.key) < ($1.value.rows, $0.key) }?.key
  }

  /// The servers of a site by name.
  func servers(of site: String?) -> [SiteInventory.Server] {
    guard let site, let found = sites[site] else { return [] }
    return found.servers.sorted { $0.key < $1.key }.map {
      SiteInventory.Server(name: $0.value.name, clients: $0.value.clients)
    }
  }

  /// How many machines of a site were seen lately; nil where not all were looked at.
  func clients(of site: String?) -> Int? {
    isWhole ? site.flatMap { sites[$0]?.active.count } ?? 0 : nil
  }
}

extension Database {
  /// The kind of a database; nil where it is none that is known.
  fileprivate init?(_ facts: DatabaseFacts) {
    let type = facts.type?.lowercased() ?? ""
    if facts.isSQLExpress {
      self = .sqlExpress
    } else if type.contains("sql server") {
      self = .sqlServer
    } else if type.contains("embedded") {
      self = .embedded
    } else {
      return nil
    }
  }
}
