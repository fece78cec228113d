import TestSupport

/// A plan as people write it, made from a seed, about which nothing is to be said.
struct CleanPlan {
  private var random: SplitMix64
  private(set) var lines: [String] = []

  /// The lines of the plan of `seed`.
  static func lines(seed: UInt64) -> [String] {
    var plan = CleanPlan(random: SplitMix64(seed: seed))
    plan.write()
    return plan.lines
  }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  private mutating func add(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(String(line))
    }
  }

  private struct Place {
    var name: String
    var servers: Int
    var failsOver: Bool
    var isUpgraded: Bool
  }

  private mutating func write() {
    let names = ["paris", "berlin", "oslo", "madrid"].shuffled(using: &random)
    let isUpgraded = chance(50)
    let places = names.prefix(1 + random.below(4)).enumerated().map { index, name in
      let servers = 1 + random.below(3)
      return Place(
        name: name, servers: servers, failsOver: index > 0 && servers > 1 && chance(40),
        isUpgraded: isUpgraded)
    }
    if chance(50) { add("# A plan of \(places.count) sites.") }
    add(
      "apiVersion: waltz/v1\nkind: RotationPlan\nmetadata:\n  name: rotation-\(random.below(100))")
    if chance(50) { add("  description: New certificates for Zürich's neighbours.") }
    add("\ncertificates:")
    for place in places { writeCertificates(of: place) }
    add("\nsites:")
    for place in places { write(place) }
    if places.count > 1, chance(80) { writeReplication(places) }
    writeStrategy(places)
    writeWaits()
    if chance(50) {
      add("\nautomation:\n  restart-services:")
      add("    command: [ssh, '{server.address}', restart-sepm]")
      add(
        "    check: [ssh, '{server.address}', services-since, '{step.startedAt}']\n    timeout: 20m"
      )
    }
  }

  private mutating func writeCertificates(of place: Place) {
    for server in 1...place.servers {
      let name = "\(place.name)-\(server)"
      add("  \(name)-2026:")
      switch random.below(3) {
      case 0: add("    pkcs12: certs/\(name).p12\n    password: { env: P12_PASSWORD }")
      case 1: add("    jks: certs/\(name).jks\n    password: { file: secrets/\(name) }")
      default: add("    pem: { certificate: certs/\(name).pem, key: certs/\(name).key }")
      }
    }
  }

  private mutating func write(_ place: Place) {
    add("  \(place.name):\n    clients: \(500 + random.below(9_000))\n    database: sql-server")
    if place.failsOver { add("    strategy:\n      method: failover") }
    add(
      "    api:\n      url: https://sepm-\(place.name)-1.example.net:8446\n      username: rotation"
    )
    add("      password: { env: API_PASSWORD }\n    servers:")
    for server in 1...place.servers {
      let name = "\(place.name)-\(server)"
      add("      sepm-\(name):\n        address: sepm-\(name).example.net")
      add("        certificate: \(name)-2026\n        version: 14.3.9816")
      if place.isUpgraded { add("        upgrade: { to: 14.3.11216 }") }
    }
  }

  private mutating func writeReplication(_ places: [Place]) {
    add("\nreplication:")
    for (left, right) in zip(places, places.dropFirst()) {
      add("  - sites: [\(left.name), \(right.name)]")
      add("    break: delete\n    authority: \(left.name)")
    }
  }

  private mutating func writeStrategy(_ places: [Place]) {
    add("\nstrategy:\n  method: suspend-verification")
    if chance(50) { add("  waves:\n    - [\(places.map(\.name).joined(separator: ", "))]") }
    add("  serversAtOnce: 1")
  }

  private mutating func writeWaits() {
    add("\nwaits:\n  default:\n    adopted: 9\(5 + random.below(4))%\n    minimum: 24h")
    add(
      "    deadline: \(20 + random.below(9))d\n    onDeadline: hold\n    every: 15m\n    holdFor: 1h"
    )
    if chance(50) { add("    activeWithin: 45d") }
    if chance(50) {
      add("    cohorts:\n      - name: servers\n        osFunction: Server\n        adopted: 100%")
    }
    if chance(50) {
      add("    exclude:\n      - group: 'My Company\\Lab'\n        reason: isolated network")
    }
    add("  verification-disabled:\n    minimum: 7d\n  certificate-received:\n    minimum: 2d")
  }
}
