/// The clients as a run of replication carried them to the partner: until the next run the partner lists them so
/// (`docs/SEPM.md`, "Replication").
struct ClientReplica: Sendable, Equatable {
  /// The end of the run.
  let at: Int64

  let clients: ClientTable
}

extension SimulatedEstate {
  /// Readies a new estate for being looked at through SEPM's API: groups that inherit show their parent's policy date, the
  /// settings of the start are known as what to go back to, and what replication carries of clients is remembered for whoever lists them at a partner.
  package mutating func beServed() {
    for site in sites.indices {
      for group in sites[site].groups.indices {
        sites[site].groups[group].policyDate =
          sites[site].groups[sites[site].source(of: group)].policyDate
      }
      sites[site].recorded = sites[site].settings
      publishFirst(site: site)
      installFirst(site: site)
    }
    keepsReplicas = true
    for link in links.indices { renewReplica(of: link) }
  }

  /// What a run of replication carried just now.
  mutating func renewReplica(of link: Int) {
    guard keepsReplicas else { return }
    links[link].replicas = ClientReplica(at: time, clients: clients)
  }
}
