import CanonicalJSON
import PlanModel
package import RotationEngine
import RotationGraph

extension SimulatedEstate {
  /// What only the estate can know: clients, orphans and latent orphans.
  package var truth: EstateTruth {
    var count = 0
    for site in sites.indices { count += sites[site].clients.count { exists($0, at: time) } }
    var orphans = 0
    var latent = 0
    eachOrphan { _, client in
      if clients.failingSince[client] != 0 { orphans += 1 } else { latent += 1 }
    }
    return EstateTruth(clients: count, orphans: orphans, latentOrphans: latent)
  }

  /// The clients that ``truth`` counts as orphans and latent orphans, the longest absent first.
  func orphans(limit: Int) -> [OrphanedClient] {
    var lost: [(client: Int, site: Int, lastSeen: Int64?)] = []
    eachOrphan { site, client in lost.append((client, site, lastSeen(client, at: time))) }
    lost.sort { ($0.lastSeen ?? .min, $0.client) < ($1.lastSeen ?? .min, $1.client) }
    return lost.prefix(limit).map { client, site, lastSeen in
      OrphanedClient(
        name: name(of: client, site: site),
        group: sites[site].groups[Int(clients.group[client])].path,
        lastSeen: lastSeen.map { Instant(milliseconds: $0) },
        isLatent: clients.failingSince[client] == 0)
    }
  }

  /// Each client that trusts nothing that its servers present, or will not on its return, from what it holds and
  /// what they present. Machines that are gone for good are records, and no orphans.
  private func eachOrphan(_ body: (_ site: Int, _ client: Int) -> Void) {
    for site in sites.indices {
      // Few profiles exist, so that each is judged once.
      var judged = [Int8](repeating: 0, count: profiles.count)
      for client in sites[site].clients where exists(client, at: time) {
        guard clients.retiredAt[client] > time, clients.profile[client] >= 0 else { continue }
        let profile = Int(clients.profile[client])
        if judged[profile] == 0 { judged[profile] = isServed(profiles[profile], at: site) ? 1 : 2 }
        if judged[profile] == 2 { body(site, client) }
      }
    }
  }

  /// Whether SEPM has a record of the client.
  func exists(_ client: Int, at time: Int64) -> Bool {
    clients.createdAt[client] <= time && !clients.isDeleted[client]
  }

  /// The last successful contact at or before `time`, computed from the client's presence; nil for none.
  func lastSeen(_ client: Int, at time: Int64) -> Int64? {
    lastSeen(client, at: time, by: clients)
  }

  /// The same as the records of `table` have it.
  @inline(__always)
  func lastSeen(_ client: Int, at time: Int64, by table: ClientTable) -> Int64? {
    let person = table.person[client]
    let retiredAt = table.retiredAt[client]
    if retiredAt <= time { return retiredAt }
    let failingSince = table.failingSince[client]
    let limit = failingSince != 0 && failingSince <= time ? failingSince - 1 : time
    let looked = table.lastContact[client]
    let seen = presence.lastContact(client, person, before: limit)
    if let seen, seen > table.createdAt[client] {
      return looked <= time ? max(seen, looked) : seen
    }
    return looked != ClientTable.never && looked <= time ? looked : nil
  }

  /// The machine's name: `PARIS-LT-00042`.
  func name(of client: Int, site: Int) -> String {
    let kinds = ["SV", "DT", "LT"]
    let number = String(client - sites[site].clients.lowerBound + 1)
    let zeros = String(repeating: "0", count: max(5 - number.count, 0))
    return sites[site].name.uppercased() + "-" + kinds[Int(clients.person[client].kind)] + "-"
      + zeros + number
  }

  /// A certificate as reports show it.
  func fingerprint(_ certificate: Int32) -> JSONValue {
    .string(fingerprints[Int(certificate)])
  }

  func recoveryFile(at time: Int64) -> String {
    let text = Instant(milliseconds: time).description
    return "recovery_" + text.prefix(19).filter { $0 != ":" } + ".zip"
  }

  /// A group's serials and counts after a change.
  func changeEvidence(of site: Int, changed: [Int]) -> Evidence {
    Evidence([
      .init("groups", .integer(Int64(sites[site].settings.count))),
      .init("changed", .array(changed.map { .string(sites[site].groups[$0].path) })),
      .init(
        "policySerialNumber",
        .string(sites[site].serial(ofGroup: 0, policyDate: sites[site].groups[0].policyDate))),
      .init("markedAt", .string(now.description)),
    ])
  }

  /// How many settings there are, and a digest of them.
  func settingsEvidence(of site: Int) -> Evidence {
    let settings = sites[site].settings
    let text = settings.map { "\($0.path)|\($0.verifies)|\($0.usesHTTPS)" }.joined(separator: "\n")
    return Evidence([
      .init("groups", .integer(Int64(settings.count))),
      .init("locations", .integer(Int64(settings.reduce(0) { $0 + $1.usesHTTPS.count }))),
      .init("verifying", .integer(Int64(settings.count { $0.verifies }))),
      .init("digest", .string(Chance.hexadecimal(of: Chance.number(of: text), words: 2))),
    ])
  }

  /// The differences between the recorded settings and the present ones, a line each; nil where nothing
  /// was recorded.
  func settingsDifferences(of site: Int) -> [String]? {
    guard let recorded = sites[site].recorded else { return nil }
    let present = sites[site].settings
    var lines: [String] = []
    for before in recorded {
      guard let after = present.first(where: { $0.path == before.path }) else {
        lines.append("\(before.path): the group is gone")
        continue
      }
      if before.verifies != after.verifies {
        lines.append(
          "\(before.path): secure communications \(before.verifies ? "on" : "off") → "
            + (after.verifies ? "on" : "off"))
      }
      if before.usesHTTPS != after.usesHTTPS {
        lines.append("\(before.path): another management server list")
      }
    }
    return lines
  }
}
