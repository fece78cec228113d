import PlanModel
import PlanText

/// Plans that labs serve in tests.
enum LabPlans {
  /// Two replicating sites, one of them with two servers.
  static func two(paris: Int = 60, berlin: Int = 40) -> RotationPlan {
    RotationPlan(
      name: Located("two"),
      certificates: [certificate("paris-2026"), certificate("berlin-2026")],
      sites: [
        site("paris", clients: paris, servers: ["par-01", "par-02"], certificate: "paris-2026"),
        site(
          "berlin", clients: berlin, servers: ["ber-01"], certificate: "berlin-2026",
          database: .sqlExpress),
      ],
      partnerships: [
        Partnership(
          sites: [Located("paris"), Located("berlin")], breaking: Located(.delete),
          authority: Located("paris"))
      ])
  }

  /// One site with one server.
  static func one(clients: Int) -> RotationPlan {
    RotationPlan(
      name: Located("one"), certificates: [certificate("paris-2026")],
      sites: [site("paris", clients: clients, servers: ["par-01"], certificate: "paris-2026")])
  }

  private static func certificate(_ name: String) -> CertificateSource {
    CertificateSource(
      name: Located(name), container: .pkcs12(Located("certs/\(name).p12")),
      password: Located(.environment("PASSWORD")))
  }

  private static func site(
    _ name: String, clients: Int, servers: [String], certificate: String,
    database: Database = .sqlServer
  ) -> Site {
    Site(
      name: Located(name), clients: Located(clients), database: Located(database),
      servers: servers.map {
        Server(
          name: Located($0), address: Located("\($0).example.net"),
          certificate: Located(certificate))
      })
  }
}
