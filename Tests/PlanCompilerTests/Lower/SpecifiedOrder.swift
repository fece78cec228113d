import PlanModel
import PlanText
import RotationGraph

/// The order of `docs/PROCEDURE.md` written down once more, the plain way: every rule names all the
/// steps it is about, by id, without a thought for which of them others imply.
struct SpecifiedOrder {
  /// All step ids.
  private(set) var ids: Set<String> = []

  /// Pairs of ids: the first comes before the second.
  private(set) var pairs: Set<[String]> = []

  private let plan: RotationPlan

  init(_ plan: RotationPlan) {
    self.plan = plan
    let waves = self.waves
    for site in plan.sites where site.isRotating { addRotating(site) }
    for pair in broken { addPartnership(pair) }
    for site in plan.sites where site.isRotating {
      let first = firstSteps(site)
      for one in first {
        for step in preparation(site) { order(step, one) }
        for pair in broken where pair.sites.contains(site.name) {
          order("break-replication/\(pair.name)", one)
        }
      }
      let wave = waves.firstIndex { $0.contains(site.name.value) } ?? 0
      guard wave > 0 else { continue }
      for before in waves[wave - 1] {
        for one in first { order("confirm-settings/\(before)", one) }
      }
    }
  }

  private var rotatingNames: Set<String> {
    Set(plan.sites.filter(\.isRotating).map(\.name.value))
  }

  private var waves: [[String]] {
    guard let waves = plan.strategy.waves else { return [Array(rotatingNames)] }
    return waves.map { $0.map(\.value).filter(rotatingNames.contains) }.filter { !$0.isEmpty }
  }

  private var broken: [Partnership] {
    plan.partnerships.filter { $0.sites.contains { rotatingNames.contains($0.value) } }
  }

  private mutating func order(_ first: String, _ second: String) {
    ids.insert(first)
    ids.insert(second)
    pairs.insert([first, second])
  }

  private func checks(_ site: Site) -> [String] {
    site.servers.map { "check-server/\(site.name.value)/\($0.name.value)" }
      + site.servers.filter { $0.certificate != nil }
      .map { "check-certificate/\(site.name.value)/\($0.name.value)" }
  }

  private func preparation(_ site: Site) -> [String] {
    let record = ["record-settings/\(site.name.value)"]
    guard site.isRotating else { return record }
    return checks(site) + record
      + site.servers.map { "back-up-server/\(site.name.value)/\($0.name.value)" }
  }

  private func firstSteps(_ site: Site) -> [String] {
    switch plan.method(of: site) {
    case .suspendVerification: return ["switch-clients-to-http/\(site.name.value)"]
    case .failover:
      let server = site.servers.first { $0.certificate != nil }
      return ["update-certificate/\(site.name.value)/\(server?.name.value ?? "")"]
    }
  }

  private mutating func addRotating(_ site: Site) {
    let name = site.name.value
    for check in checks(site) { order(check, "record-settings/\(name)") }
    for server in site.servers {
      let backup = "back-up-server/\(name)/\(server.name.value)"
      for check in checks(site) { order(check, backup) }
      // The one liberty of the lowering: a large site has few edges instead of servers times servers.
      if site.servers.count > 16 { order("record-settings/\(name)", backup) }
    }
    let rotating = site.servers.filter { $0.certificate != nil }.map(\.name.value)
    for server in rotating {
      order("update-certificate/\(name)/\(server)", "restart-services/\(name)/\(server)")
      order("restart-services/\(name)/\(server)", "verify-certificate/\(name)/\(server)")
      order("verify-certificate/\(name)/\(server)", "keep-recovery-file/\(name)/\(server)")
      order("keep-recovery-file/\(name)/\(server)", "confirm-settings/\(name)")
    }
    let last: [String]
    switch plan.method(of: site) {
    case .suspendVerification: last = addSuspended(site, rotating)
    case .failover: last = addFailover(site, rotating)
    }
    var upgrades: [String] = []
    for server in site.servers where server.upgrade != nil {
      let upgrade = "upgrade-server/\(name)/\(server.name.value)"
      for step in last { order(step, "back-up-database/\(name)") }
      order("back-up-database/\(name)", upgrade)
      for step in last + upgrades { order(step, upgrade) }
      upgrades.append(upgrade)
    }
    for step in last + upgrades { order(step, "confirm-settings/\(name)") }
  }

  private mutating func addSuspended(_ site: Site, _ rotating: [String]) -> [String] {
    let name = site.name.value
    order("switch-clients-to-http/\(name)", "disable-verification/\(name)")
    order("disable-verification/\(name)", "await-verification-disabled/\(name)")
    for (number, server) in rotating.enumerated() {
      order("await-verification-disabled/\(name)", "update-certificate/\(name)/\(server)")
      let before = number - plan.strategy.serversAtOnce.value
      if before >= 0 {
        order(
          "verify-certificate/\(name)/\(rotating[before])", "update-certificate/\(name)/\(server)")
      }
      order("verify-certificate/\(name)/\(server)", "await-certificate-received/\(name)")
      if site.database?.value == .sqlExpress {
        order("verify-certificate/\(name)/\(server)", "renew-database-certificate/\(name)")
      }
    }
    if site.database?.value == .sqlExpress {
      order("renew-database-certificate/\(name)", "await-certificate-received/\(name)")
    }
    let rest = [
      "await-certificate-received", "enable-verification", "await-verification-enabled",
      "switch-clients-to-https", "await-https-restored",
    ]
    for (first, second) in zip(rest, rest.dropFirst()) {
      order("\(first)/\(name)", "\(second)/\(name)")
    }
    return ["await-https-restored/\(name)"]
  }

  private mutating func addFailover(_ site: Site, _ rotating: [String]) -> [String] {
    let name = site.name.value
    var waits: [String] = []
    for server in rotating {
      for wait in waits { order(wait, "update-certificate/\(name)/\(server)") }
      let wait = "await-certificate-received/\(name)/\(server)"
      order("verify-certificate/\(name)/\(server)", wait)
      waits.append(wait)
    }
    guard site.database?.value == .sqlExpress else { return waits }
    for wait in waits { order(wait, "renew-database-certificate/\(name)") }
    return waits + ["renew-database-certificate/\(name)"]
  }

  private mutating func addPartnership(_ pair: Partnership) {
    let name = pair.name
    let sites = plan.sites.filter { site in pair.sites.contains { $0 == site.name } }
    let rotating = sites.filter(\.isRotating)
    for site in sites {
      for step in preparation(site) { order(step, "break-replication/\(name)") }
    }
    for site in rotating {
      order("confirm-settings/\(site.name.value)", "restore-replication/\(name)")
    }
    order("restore-replication/\(name)", "verify-replication/\(name)")
    let first =
      rotating.compactMap { site in
        waves.firstIndex { $0.contains(site.name.value) }
      }.min() ?? 0
    guard first > 0 else { return }
    for before in waves[first - 1] {
      order("confirm-settings/\(before)", "break-replication/\(name)")
    }
  }

  /// The pairs that no chain of others implies.
  var reduced: Set<[String]> {
    let names = ids.sorted()
    let position = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let words = (names.count + 63) / 64
    var after = [[UInt64]](repeating: [UInt64](repeating: 0, count: words), count: names.count)
    for pair in pairs {
      if let first = position[pair[0]], let second = position[pair[1]] {
        after[first][second / 64] |= 1 << UInt64(second % 64)
      }
    }
    // Warshall's closure, a row of bits at a time.
    for middle in names.indices {
      for first in names.indices where after[first][middle / 64] >> UInt64(middle % 64) & 1 == 1 {
        for word in 0..<words { after[first][word] |= after[middle][word] }
      }
    }
    return pairs.filter { pair in
      guard let first = position[pair[0]], let second = position[pair[1]] else { return false }
      return !names.indices.contains { middle in
        after[first][middle / 64] >> UInt64(middle % 64) & 1 == 1
          && after[middle][second / 64] >> UInt64(second % 64) & 1 == 1
      }
    }
  }
}
