import PlanModel
import PlanText

/// Plans that tests share.
enum Plans {
  /// Two replicating sites, like the quickstart.
  static func two(
    paris: Int = 400, berlin: Int = 150, waits: WaitPolicy = usualWait
  ) -> RotationPlan {
    RotationPlan(
      name: Located("two"), certificates: [certificate("paris-2026"), certificate("berlin-2026")],
      sites: [
        site("paris", clients: paris, servers: ["par-01", "par-02"], certificate: "paris-2026"),
        site("berlin", clients: berlin, servers: ["ber-01"], certificate: "berlin-2026"),
      ],
      partnerships: [
        Partnership(
          sites: [Located("paris"), Located("berlin")], breaking: Located(.delete),
          authority: Located("paris"))
      ],
      waits: self.waits(waits))
  }

  /// One site with one server.
  static func one(clients: Int = 300, waits: WaitPolicy = usualWait) -> RotationPlan {
    RotationPlan(
      name: Located("one"), certificates: [certificate("new")],
      sites: [site("paris", clients: clients, servers: ["par-01"], certificate: "new")],
      waits: self.waits(waits))
  }

  /// One site with two servers, by failover.
  static func failover(clients: Int = 300) -> RotationPlan {
    var policy = usualWait
    policy.minimum = Located(.days(7))
    return RotationPlan(
      name: Located("failover"), certificates: [certificate("one"), certificate("two")],
      sites: [
        Site(
          name: Located("paris"), clients: Located(clients),
          servers: [
            Server(
              name: Located("par-01"), address: Located("par-01.example.net"),
              certificate: Located("one")),
            Server(
              name: Located("par-02"), address: Located("par-02.example.net"),
              certificate: Located("two")),
          ])
      ],
      strategy: Strategy(method: Located(.failover)),
      waits: Waits(
        verificationDisabled: policy, certificateReceived: policy, verificationEnabled: policy,
        httpsRestored: policy))
  }

  static let usualWait = WaitPolicy(adopted: Located(.percent(95)))

  static func waits(_ policy: WaitPolicy) -> Waits {
    var first = policy
    first.minimum = Located(.days(7))
    return Waits(
      verificationDisabled: first, certificateReceived: policy, verificationEnabled: policy,
      httpsRestored: policy)
  }

  static func certificate(_ name: String) -> CertificateSource {
    CertificateSource(
      name: Located(name), container: .pkcs12(Located("certs/\(name).p12")),
      password: Located(.environment("PASSWORD")))
  }

  static func site(
    _ name: String, clients: Int, servers: [String], certificate: String?
  ) -> Site {
    Site(
      name: Located(name), clients: Located(clients),
      servers: servers.map {
        Server(
          name: Located($0), address: Located("\($0).example.net"),
          certificate: certificate.map { Located($0) })
      })
  }
}
