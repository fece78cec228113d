import Testing

/// What a plan of the repository is about, written down by hand: enough to say which steps it must have
/// and in which order, without a line of the compiler (`docs/PROCEDURE.md`).
struct PlanFacts: Sendable, CustomTestStringConvertible {
  struct Site: Sendable {
    let name: String
    let servers: [String]
    var isRotating = true
    var isUpgraded = false
    var isExpress = false
  }

  let plan: String
  var waves: [[Site]]
  /// Sites that keep their certificates.
  var partners: [Site] = []
  var links: [(String, String)] = []
  var serversAtOnce = 1
  var isFailover = false

  var testDescription: String { plan }

  static let all: [PlanFacts] = [
    PlanFacts(plan: "one-server", waves: [[Site(name: "lyon", servers: ["sepm-lyo-01"])]]),
    PlanFacts(
      plan: "quickstart",
      waves: [
        [
          Site(name: "paris", servers: ["sepm-par-01", "sepm-par-02"]),
          Site(name: "berlin", servers: ["sepm-ber-01"]),
        ]
      ],
      links: [("berlin", "paris")]),
    PlanFacts(
      plan: "sql-express",
      waves: [[Site(name: "porto", servers: ["sepm-por-01"], isExpress: true)]]),
    PlanFacts(
      plan: "failover-pair",
      waves: [[Site(name: "madrid", servers: ["sepm-mad-01", "sepm-mad-02"])]], isFailover: true),
    PlanFacts(
      plan: "hub-with-four-partners",
      waves: [[Site(name: "hub", servers: ["sepm-hub-01", "sepm-hub-02"])]],
      partners: [("aarhus", "aar"), ("bruges", "bru"), ("cork", "cor"), ("delft", "del")].map {
        Site(name: $0.0, servers: ["sepm-\($0.1)-01"], isRotating: false)
      },
      links: [("aarhus", "hub"), ("bruges", "hub"), ("cork", "hub"), ("delft", "hub")]),
    PlanFacts(
      plan: "three-sites-in-waves",
      waves: [
        [Site(name: "oslo", servers: ["sepm-osl-01"], isUpgraded: true)],
        [
          Site(name: "milan", servers: ["sepm-mil-01", "sepm-mil-02"], isUpgraded: true),
          Site(name: "vienna", servers: ["sepm-vie-01"], isUpgraded: true),
        ],
      ],
      links: [("milan", "vienna")], serversAtOnce: 2),
  ]
}

/// Which step comes before which, as the tables of `docs/PROCEDURE.md` say it.
struct ExpectedOrder {
  private(set) var steps: Set<String> = []
  private(set) var pairs: [(String, String)] = []

  init(_ facts: PlanFacts) {
    for (number, wave) in facts.waves.enumerated() {
      for site in wave {
        let start = add(site, facts)
        // A wave starts when the one before has confirmed its settings.
        guard number > 0 else { continue }
        for before in facts.waves[number - 1] { order("confirm-settings/\(before.name)", start) }
      }
    }
    for site in facts.partners { steps.insert("record-settings/\(site.name)") }
    for link in facts.links { add(link, facts) }
  }

  private mutating func order(_ first: String, _ second: String) {
    steps.insert(first)
    steps.insert(second)
    pairs.append((first, second))
  }

  private mutating func chain(_ chain: [String]) {
    for (first, second) in zip(chain, chain.dropFirst()) { order(first, second) }
  }

  private func preparation(_ site: PlanFacts.Site) -> [String] {
    let record = ["record-settings/\(site.name)"]
    guard site.isRotating else { return record }
    return record
      + site.servers.flatMap { server in
        ["check-certificate", "check-server", "back-up-server"].map {
          "\($0)/\(site.name)/\(server)"
        }
      }
  }

  /// A site that rotates; returns the first step that changes something for its clients.
  private mutating func add(_ site: PlanFacts.Site, _ facts: PlanFacts) -> String {
    let name = site.name
    let checks = site.servers.flatMap { server in
      ["check-certificate", "check-server"].map { "\($0)/\(name)/\(server)" }
    }
    for check in checks { order(check, "record-settings/\(name)") }
    for server in site.servers {
      for check in checks { order(check, "back-up-server/\(name)/\(server)") }
      chain(
        ["update-certificate", "restart-services", "verify-certificate", "keep-recovery-file"].map {
          "\($0)/\(name)/\(server)"
        })
      order("keep-recovery-file/\(name)/\(server)", "confirm-settings/\(name)")
    }
    let start =
      facts.isFailover
      ? "update-certificate/\(name)/\(site.servers[0])" : "switch-clients-to-http/\(name)"
    for step in preparation(site) { order(step, start) }
    var last = facts.isFailover ? addFailover(site) : addSuspended(site, facts.serversAtOnce)
    if site.isUpgraded {
      order(last, "back-up-database/\(name)")
      last = "back-up-database/\(name)"
      for server in site.servers {
        order(last, "upgrade-server/\(name)/\(server)")
        last = "upgrade-server/\(name)/\(server)"
      }
    }
    order(last, "confirm-settings/\(name)")
    return start
  }

  private mutating func addSuspended(_ site: PlanFacts.Site, _ lanes: Int) -> String {
    let name = site.name
    chain(
      ["switch-clients-to-http", "disable-verification", "await-verification-disabled"].map {
        "\($0)/\(name)"
      })
    chain(
      [
        "await-certificate-received", "enable-verification", "await-verification-enabled",
        "switch-clients-to-https", "await-https-restored",
      ].map { "\($0)/\(name)" })
    for (number, server) in site.servers.enumerated() {
      order("await-verification-disabled/\(name)", "update-certificate/\(name)/\(server)")
      order("verify-certificate/\(name)/\(server)", "await-certificate-received/\(name)")
      if number >= lanes {
        order(
          "verify-certificate/\(name)/\(site.servers[number - lanes])",
          "update-certificate/\(name)/\(server)")
      }
      if site.isExpress {
        chain([
          "verify-certificate/\(name)/\(server)", "renew-database-certificate/\(name)",
          "await-certificate-received/\(name)",
        ])
      }
    }
    return "await-https-restored/\(name)"
  }

  private mutating func addFailover(_ site: PlanFacts.Site) -> String {
    var last: String?
    for server in site.servers {
      let target = "\(site.name)/\(server)"
      if let last { order(last, "update-certificate/\(target)") }
      order("verify-certificate/\(target)", "await-certificate-received/\(target)")
      last = "await-certificate-received/\(target)"
    }
    return last ?? ""
  }

  private mutating func add(_ link: (String, String), _ facts: PlanFacts) {
    let name = "\(link.0)+\(link.1)"
    let sides = (facts.waves.joined() + facts.partners).filter {
      [link.0, link.1].contains($0.name)
    }
    for side in sides {
      for step in preparation(side) { order(step, "break-replication/\(name)") }
      guard side.isRotating else { continue }
      let start = facts.isFailover ? "update-certificate" : "switch-clients-to-http"
      order("break-replication/\(name)", "\(start)/\(side.name)")
      order("confirm-settings/\(side.name)", "restore-replication/\(name)")
    }
    order("restore-replication/\(name)", "verify-replication/\(name)")
    // It is broken with the wave of its first site.
    let wave = facts.waves.firstIndex { $0.contains { [link.0, link.1].contains($0.name) } } ?? 0
    guard wave > 0 else { return }
    for before in facts.waves[wave - 1] {
      order("confirm-settings/\(before.name)", "break-replication/\(name)")
    }
  }

  /// All steps that come before each step, however far.
  var ancestors: [String: Set<String>] {
    Self.ancestors(of: steps, Dictionary(grouping: pairs, by: \.1).mapValues { $0.map(\.0) })
  }

  /// All steps that come before each step, by what each directly waits for.
  static func ancestors(
    of steps: Set<String>, _ direct: [String: [String]]
  ) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    func visit(_ step: String) -> Set<String> {
      if let known = found[step] { return known }
      // A circle ends here and shows as a step before itself.
      found[step] = [step]
      var before: Set<String> = []
      for parent in direct[step] ?? [] { before.formUnion(visit(parent).union([parent])) }
      found[step] = before
      return before
    }
    for step in steps { _ = visit(step) }
    return found
  }
}
