import PlanModel

extension SimulatedEstate {
  /// Publishes what the groups of a new site hold, without moving a serial.
  mutating func publishFirst(site: Int) {
    sites[site].currentProfiles = Array(repeating: 0, count: sites[site].groups.count * 2)
    let list = certificateList(sites[site].publishedCertificates)
    for group in sites[site].groups.indices {
      renewProfiles(site: site, group: group, certificates: list)
    }
    schedule(site)
  }

  /// Publishes new profiles for the groups whose settings come from one of `sources`, nil for all groups:
  /// their serials move, and every client of the site comes to look.
  mutating func publish(site: Int, sources: [Int]? = nil) {
    let list = certificateList(sites[site].publishedCertificates)
    let stamp = time + sites[site].clockSkew
    for group in sites[site].groups.indices {
      if let sources, !sources.contains(sites[site].source(of: group)) { continue }
      sites[site].groups[group].policyDate = max(stamp, sites[site].groups[group].policyDate + 1)
      renewProfiles(site: site, group: group, certificates: list)
    }
    schedule(site)
  }

  /// Gives every client of the site its next contact; called after any change of what the servers offer.
  mutating func schedule(_ site: Int) {
    var packed: [UInt64] = []
    packed.reserveCapacity(sites[site].clients.count)
    for client in sites[site].clients {
      let retiredAt = clients.retiredAt[client]
      guard retiredAt > time else { continue }
      let after = max(time, clients.createdAt[client])
      guard
        let next = presence.nextContact(client, clients.person[client], after: after),
        next < retiredAt
      else { continue }
      packed.append(UInt64(next - startedAt) << 24 | UInt64(client))
    }
    packed.sort()
    due[site] = DueContacts(packed: packed, next: 0)
  }

  /// Records what the waits of `kind` measure against from now on.
  mutating func mark(_ kind: WaitKind, site: Int) {
    guard let position = WaitKind.allCases.firstIndex(of: kind) else { return }
    sites[site].markers[position] = SimulatedSite.Marker(
      at: time, policyDates: sites[site].groups.map(\.policyDate))
  }

  /// The marker of a kind of wait.
  func marker(_ kind: WaitKind, site: Int) -> SimulatedSite.Marker? {
    WaitKind.allCases.firstIndex(of: kind).flatMap { sites[site].markers[$0] }
  }

  private mutating func renewProfiles(site: Int, group: Int, certificates: Int32) {
    let settings = sites[site].groups[sites[site].source(of: group)]
    for location in 0..<2 {
      let own = settings.locations[min(location, settings.locations.count - 1)]
      profiles.append(
        PublishedProfile(
          group: UInt8(group), policyDate: sites[site].groups[group].policyDate,
          verifies: own.verifies, usesHTTPS: own.usesHTTPS, certificates: certificates))
      sites[site].currentProfiles[group * 2 + location] = Int32(profiles.count - 1)
    }
  }

  private mutating func certificateList(_ certificates: [Int32]) -> Int32 {
    if let known = certificateLists.firstIndex(of: certificates) { return Int32(known) }
    certificateLists.append(certificates)
    return Int32(certificateLists.count - 1)
  }
}
