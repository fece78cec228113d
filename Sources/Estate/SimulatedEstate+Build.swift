package import PlanModel
import PlanText
import RotationEngine

extension SimulatedEstate {
  /// The estate of `plan` as it stands when the scenario starts.
  package init(plan: RotationPlan, scenario: Scenario, seed: Int64) {
    let chance = Chance(seed: UInt64(bitPattern: seed))
    self.plan = plan
    self.scenario = scenario
    self.chance = chance
    presence = PresenceModel(scenario: scenario, calendar: plan.calendar, chance: chance)
    startedAt = scenario.start.milliseconds
    time = startedAt
    due = Array(repeating: DueContacts(), count: plan.sites.count)
    sites = []
    links = []

    var certificates = CertificateBook(plan: plan, chance: chance)
    let groups = GroupBook(plan: plan)
    let startedAt = self.startedAt
    for (position, site) in plan.sites.enumerated() {
      let first = clients.count
      Self.addClients(to: &clients, site: position, of: plan, groups: groups, scenario, chance)
      let servers = site.servers.enumerated().map { index, server in
        certificates.server(server, site: position, index: index, startedAt: startedAt)
      }
      let isSkewed = scenario.faults.clockSkew.map {
        $0.site == nil ? position == 0 : $0.site == site.name.value
      }
      let skew =
        isSkewed == true ? scenario.faults.clockSkew?.ahead.milliseconds ?? 0 : 0
      sites.append(
        SimulatedSite(
          name: site.name.value, database: site.database?.value ?? .sqlServer, servers: servers,
          groups: groups.groups(
            site: position, startedAt: startedAt, chance: chance,
            hidden: Self.hiddenGroup(at: position, plan: plan, scenario: scenario)),
          clients: first..<clients.count, clockSkew: skew,
          publishedCertificates: servers.map(\.certificateInDatabase)))
    }
    fingerprints = certificates.fingerprints
    for position in sites.indices {
      publishFirst(site: position)
      installFirst(site: position)
    }
    for partnership in plan.partnerships {
      let members = partnership.sites.compactMap { name in
        plan.sites.firstIndex { $0.name == name }
      }
      var link = ReplicationLink(name: partnership.name, sites: members)
      link.lastRun = startedAt
      link.lastSuccess = startedAt
      link.nextRun = startedAt + 3_600_000
      links.append(link)
    }
    for link in links.indices {
      links[link].knownCertificates = managerCertificates(of: link)
      occurrences.append(
        Occurrence(at: startedAt + 3_600_000, kind: .replicationRun(link: link)))
    }
    if let drift = scenario.faults.serialDrift {
      let period = max(drift.every.milliseconds, 3_600_000)
      for site in sites.indices {
        let phase = Chance.scaled(chance.bits(.drift, site), below: period)
        occurrences.append(Occurrence(at: startedAt + phase + 1, kind: .serialDrift(site: site)))
      }
    }
    if scenario.faults.purge != nil {
      occurrences.append(Occurrence(at: startedAt + 86_400_000, kind: .purge))
    }
  }

  /// The records that exist at the start hold what their group offers.
  mutating func installFirst(site: Int) {
    for client in sites[site].clients where clients.createdAt[client] == ClientTable.never {
      let position = Int(clients.group[client]) * 2 + Int(clients.location[client])
      clients.profile[client] = sites[site].currentProfiles[position]
      clients.lastServer[client] = UInt16(home(of: client, servers: sites[site].servers.count))
    }
  }

  private static func hiddenGroup(
    at site: Int, plan: RotationPlan, scenario: Scenario
  ) -> String? {
    guard let fault = scenario.faults.missedGroup else { return nil }
    return plan.isHit(fault.site, site) ? fault.group ?? GroupBook.kiosks : nil
  }

  /// The group of a site whose verification does not change although SEPM says so.
  func deafGroup(of site: Int) -> String? {
    guard let fault = scenario.faults.ignoredChange else { return nil }
    return plan.isHit(fault.site, site) ? fault.path : nil
  }

  private static func addClients(
    to clients: inout ClientTable, site: Int, of plan: RotationPlan, groups: GroupBook,
    _ scenario: Scenario, _ chance: Chance
  ) {
    let records = max(plan.sites[site].clients?.value ?? scenario.clientsPerSite, 0)
    let joins = scenario.faults.joins.map { records * $0.share.millionths / 1_000_000 } ?? 0
    clients.reserveCapacity(clients.count + records + joins)
    let maker = ClientMaker(
      scenario: scenario, chance: chance, groups: groups, site: plan.sites[site].name.value)
    for index in 0..<(records + joins) {
      maker.append(to: &clients, joins: index >= records)
    }
  }
}

extension RotationPlan {
  /// Whether a fault at the named site, or at the first that rotates, is one of this site.
  func isHit(_ name: String?, _ site: Int) -> Bool {
    let position =
      name.map { name in sites.firstIndex { $0.name.value == name } }
      ?? sites.firstIndex { $0.isRotating }
    return position == site
  }
}
