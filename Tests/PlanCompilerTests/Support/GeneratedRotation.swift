import PlanModel
import PlanText
import TestSupport

/// A valid plan as a value, made from a seed; every name has a place of its own.
struct GeneratedRotation {
  private var random: SplitMix64
  private var place = 0

  /// What all names of sites, servers and certificates begin with.
  private let prefix: String

  private init(random: SplitMix64, prefix: String) {
    self.random = random
    self.prefix = prefix
  }

  /// The plan of `seed` with at most `sites` sites of at most `servers` servers. Plans of one seed differ
  /// in their names alone where they have another `prefix`.
  static func plan(
    seed: UInt64, sites: Int = 5, servers: Int = 4, prefix: String = ""
  ) -> RotationPlan {
    var generator = GeneratedRotation(random: SplitMix64(seed: seed), prefix: prefix)
    return generator.plan(sites: sites, servers: servers)
  }

  private mutating func located<Value>(_ value: Value) -> Located<Value> {
    place += 10
    return Located(
      value, at: SourceSpan(source: SourceID(index: 0), start: place, end: place + 5))
  }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  private mutating func plan(sites: Int, servers: Int) -> RotationPlan {
    let count = 1 + random.below(sites)
    var made = (0..<count).map { site($0, servers: servers) }
    if !made.contains(where: \.isRotating) {
      made[0].servers[0].certificate = located(prefix + "cert-0")
    }
    return RotationPlan(
      name: located("generated"),
      description: chance(50) ? "Über \"alles\"\n\\ \u{1}" : nil,
      labels: chance(50) ? [.init(key: located("change"), value: located("CHG1"))] : [],
      certificates: certificates(),
      sites: made,
      partnerships: partnerships(count),
      strategy: strategy(made),
      waits: waits(),
      calendar: chance(30) ? calendar() : nil,
      automation: automation())
  }

  private mutating func calendar() -> PlanCalendar? {
    let names = ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "UTC"]
    guard let zone = PlanTimeZone(named: names[random.below(names.count)]) else { return nil }
    var day = 21_000 + random.below(400)
    let absences = (0..<random.below(3)).map { _ in
      let last = day + random.below(14)
      defer { day = last + 1 + random.below(30) }
      return PlanCalendar.Absence(
        from: located(CivilDate(daysSinceEpoch: day)),
        to: located(CivilDate(daysSinceEpoch: last)),
        share: located(Share(millionths: 1 + random.below(1_000_000))))
    }
    return PlanCalendar(timeZone: located(zone), absences: absences)
  }

  private mutating func site(_ number: Int, servers: Int) -> Site {
    let rotates = chance(80)
    let databases: [Database?] = [nil, .sqlServer, .sqlExpress, .embedded]
    let methods: [Method?] = [nil, .failover, .suspendVerification]
    let made = (0..<(1 + random.below(servers))).map { server in
      Server(
        name: located(prefix + "srv-\(number)-\(server)"),
        address: located(prefix + "srv-\(number)-\(server).example.net"),
        certificate: rotates && (server == 0 || chance(80))
          ? located(prefix + "cert-\(random.below(3))") : nil,
        version: ProductVersion("14.3.9816").map { located($0) },
        upgrade: chance(40) ? ProductVersion("14.3.11216").map { located($0) } : nil,
        ports: chance(20) ? ServerPorts(api: located(9_000 + random.below(9))) : .standard)
    }
    return Site(
      // Names that are not in the order of the plan.
      name: located(prefix + "site-\((number * 7 + 3) % 10)"),
      clients: chance(70) ? located(random.below(9_000)) : nil,
      database: databases[random.below(4)].map { located($0) },
      api: chance(50) ? api() : nil,
      servers: made,
      method: methods[random.below(3)].map { located($0) },
      automation: chance(30) ? automation() : [])
  }

  private mutating func api() -> SiteAPI {
    let fingerprint = Fingerprint("sha256:" + String(repeating: "3f", count: 32))
    let trust: SiteAPI.Trust =
      switch random.below(3) {
      case 0: fingerprint.map { .fingerprint($0) } ?? .system
      case 1: .certificateAuthority("certs/ca.pem")
      default: .system
      }
    return SiteAPI(
      url: located("https://sepm.example.net:8446"), username: located("rotation"),
      password: located(secret()), domain: chance(50) ? located("Default") : nil,
      trust: located(trust))
  }

  private mutating func secret() -> SecretReference {
    switch random.below(3) {
    case 0: .environment("PASSWORD")
    case 1: .file("secrets/password")
    default: .command(["pass", "show", "sepm"])
    }
  }

  private mutating func certificates() -> [CertificateSource] {
    let containers: [CertificateSource.Container] = [
      .pkcs12(located("a.p12")), .jks(located("b.jks")),
      [
        .pem(certificate: located("c.pem"), key: located("c.key")),
        .der(certificate: located("d.der"), key: located("d.key")),
      ][random.below(2)],
    ]
    return containers.enumerated().map { number, container in
      CertificateSource(
        name: located(prefix + "cert-\(number)"), container: container,
        password: chance(50) ? located(secret()) : nil,
        fingerprint: chance(50)
          ? Fingerprint("sha256:" + String(repeating: "0a", count: 32)).map { located($0) } : nil)
    }
  }

  private mutating func partnerships(_ sites: Int) -> [Partnership] {
    var result: [Partnership] = []
    for first in 0..<sites {
      for second in 0..<first where chance(40) {
        let pair = [first, second].map { located(prefix + "site-\(($0 * 7 + 3) % 10)") }
        result.append(
          Partnership(
            sites: pair, breaking: located(chance(50) ? .delete : .reschedule),
            authority: chance(50) ? pair[0] : nil, span: pair[0].span))
      }
    }
    return result
  }

  private mutating func strategy(_ sites: [Site]) -> Strategy {
    var waves: [[Located<String>]]?
    if chance(70) {
      var lists = [[Located<String>]](repeating: [], count: 1 + random.below(4))
      for site in sites { lists[random.below(lists.count)].append(site.name) }
      waves = lists
    }
    return Strategy(
      method: located(chance(60) ? .suspendVerification : .failover), waves: waves,
      serversAtOnce: located(1 + random.below(3)))
  }

  private mutating func waits() -> Waits {
    var waits = Waits()
    for kind in WaitKind.allCases where chance(60) {
      waits[kind] = WaitPolicy(
        adopted: located(Share(millionths: 900_000 + random.below(100_000))),
        minimum: located(.hours(24 + random.below(100))),
        deadline: located(.days(14)),
        onDeadline: located(chance(50) ? .proceed : .fail),
        floor: chance(50) ? located(.percent(80)) : nil,
        cohorts: [
          .init(
            name: located("dc"), selector: ClientSelector(osFunction: located(.domainController)),
            adopted: located(.percent(100)))
        ],
        exclusions: [
          .init(
            selector: ClientSelector(group: located("My Company\\Lab")), reason: located("isolated")
          )
        ],
        overrideReason: chance(20) ? located("a test farm") : nil)
    }
    return waits
  }

  private mutating func automation() -> [AutomationRule] {
    var rules: [AutomationRule] = []
    for action in [Action.restartServices, .disableVerification, .awaitHTTPSRestored]
    where chance(40) {
      let template = CommandTemplate(
        arguments: [located("ssh"), located("{server.address}")],
        check: chance(50) ? [located("true")] : nil, timeout: located(.minutes(20)))
      let channel: AutomationRule.Channel =
        [.api, .operator, .command(template)][random.below(3)]
      rules.append(AutomationRule(action: located(action), channel: located(channel)))
    }
    if chance(25) {
      let timeout = located(Duration.minutes(1 + random.below(3)))
      let viewpoints = (0...random.below(2)).map { number in
        Viewpoint(
          name: located("place-\(number)"),
          arguments: [located("look"), located("{server.address}"), located("{server.ports}")],
          timeout: timeout)
      }
      rules.append(
        AutomationRule(action: located(.verifyCertificate), channel: located(.probe(viewpoints))))
    }
    return rules
  }
}

extension RotationPlan {
  /// The same plan with breaks that may last as long as they do.
  var deletingPartners: RotationPlan {
    var plan = self
    for position in plan.partnerships.indices {
      plan.partnerships[position].breaking.value = .delete
    }
    return plan
  }
}
