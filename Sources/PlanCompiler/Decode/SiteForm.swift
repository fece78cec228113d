import DocumentForm
import PlanModel
import PlanText

extension Form where Value == [Site] {
  /// The section `sites`.
  static let sites: Form = .map(
    .name, to: .site, "a mapping of sites by name",
    example: "{ paris: { servers: { sepm-par-01: { address: sepm-par-01.example.net } } } }"
  ) { _, site in site }
}

extension Form where Value == Site {
  fileprivate static let site: Form = Form.object(
    "a site",
    .optional(
      "clients", .integer("a number of clients", in: 0...100_000_000, example: 4200),
      "The expected number of clients: for forecasts, for the simulation and to judge the waits."),
    .optional(
      "database", .choice("a kind of database", of: Database.self),
      "The site's database. With sql-express the database's certificate is renewed as well."),
    .optional("api", .api, "How SEPM's REST API of the site is reached. It measures the waits."),
    .required(
      "servers",
      .servers,
      "The management servers of the site by name.", standIn: []),
    .optional("strategy", .siteStrategy, "What differs from the plan's strategy for this site."),
    .defaulted(
      "automation", .automation,
      "How actions are carried out at this site. This takes precedence over the plan's automation.",
      default: []),
    .defaulted(
      "recorded", .recorded,
      "What the settings of clients are put back to, if an earlier rotation or somebody else left them changed. "
        + "Without it a run refuses to begin from such settings, unless it finds the record of the earlier run.",
      default: RecordedSettings())
  ) { place, clients, database, api, servers, method, automation, recorded in
    Site(
      name: place.name, clients: clients, database: database, api: api, servers: servers,
      method: method, automation: automation, recorded: recorded)
  }.named("site")
}

extension Form where Value == RecordedSettings {
  fileprivate static let recorded: Form = .object(
    "what settings are put back to", example: "{ verification: on }",
    .optional(
      "verification",
      .choice("what verification is put back to", of: RecordedSettings.Verification.self),
      "as-found: clients that do not verify now never did. on: all of them verify in the end."),
    .optional(
      "serverLists",
      .choice("which server lists are put back", of: RecordedSettings.ServerLists.self),
      "as-found: the lists that clients have now are theirs, although their names speak of HTTP.")
  ) { _, verification, serverLists in
    RecordedSettings(verification: verification, serverLists: serverLists)
  }
}

extension Form where Value == Located<Method> {
  fileprivate static let siteStrategy: Form = .object(
    "the strategy of a site", example: "{ method: failover }",
    .required("method", .method, "The method by which this site is rotated.")
  ) { _, method in method }

  /// The word of a method.
  static let method: Form = .choice("a method", of: Method.self)
}

extension Form where Value == Server {
  fileprivate static let server: Form = Form.object(
    "a server", example: "{ address: sepm-par-01.example.net }",
    .required(
      "address", .scalar(.address),
      "The host name or address at which clients and partners reach the server."),
    .optional(
      "certificate", .scalar(.name.called("the name of a certificate", examples: ["paris-2026"])),
      "The certificate that the server gets. Without one it keeps the certificate that it has."),
    .optional("version", .scalar(.version), "The version of SEPM that the server runs."),
    .optional("upgrade", .upgrade, "The upgrade of SEPM after the rotation."),
    .defaulted(
      "ports", .ports,
      "The TLS ports of the server, where they were changed. Servers that share an address have "
        + "different ones.",
      default: .standard)
  ) { place, address, certificate, version, upgrade, ports in
    Server(
      name: place.name, address: address, certificate: certificate, version: version,
      upgrade: upgrade, ports: ports)
  }.named("server")
}

extension Form where Value == ServerPorts {
  fileprivate static let ports: Form = Form.object(
    "the TLS ports of a server", example: "{ console: 9443, api: 9446 }",
    .port("console", ServerPorts.standard.console, "The port of console and replication."),
    .port("clients", ServerPorts.standard.clients, "The port of clients over HTTPS."),
    .port("reporting", ServerPorts.standard.reporting, "The port of reporting."),
    .port("api", ServerPorts.standard.api, "The port of the REST API.")
  ) { _, console, clients, reporting, api in
    ServerPorts(console: console, clients: clients, reporting: reporting, api: api)
  }.named("ports")
}

extension Part where Value == Located<Int> {
  /// A port that has another number only where somebody changed it.
  fileprivate static func port(
    _ name: String, _ usual: Located<Int>, _ description: String
  ) -> Part {
    .defaulted(
      name, .integer("a port", in: 1...65_535, example: usual.value), description, default: usual,
      documentedDefault: "\(usual.value)")
  }
}

extension Form where Value == Located<ProductVersion> {
  fileprivate static let upgrade: Form = .object(
    "an upgrade", example: "{ to: 14.3.11216 }",
    .required("to", .scalar(.version), "The version that the server is upgraded to.")
  ) { _, version in version }
}

extension Form where Value == SiteAPI {
  fileprivate static let api: Form = Form.object(
    "the access to SEPM's REST API",
    .required(
      "url", .scalar(.url), "Scheme, host and port. SEPM listens on 8446 unless that was changed."),
    .required(
      "username", .scalar(.text.called("a user name", examples: ["rotation"])),
      "A system administrator of SEPM. The rights of other administrators are not enough."),
    .required("password", .secret, "Where to find the administrator's password."),
    .optional(
      "domain", .scalar(.text.called("the name of an SEPM domain", examples: ["Default"])),
      "The SEPM domain to log on to. The default is the default domain."),
    .defaulted(
      "trust", .trust, "Which certificate of the API is trusted.",
      default: Located(.system), documentedDefault: "system")
  ) { _, url, username, password, domain, trust in
    SiteAPI(url: url, username: username, password: password, domain: domain, trust: trust)
  }.named("api")
}

extension Form where Value == Located<SiteAPI.Trust> {
  fileprivate static let trust: Form = .word(
    "'system', a fingerprint or a file of authorities", example: "{ ca: certs/ca.pem }",
    [("system", .system)],
    or: .object(
      "a fingerprint or a file of authorities",
      .trust
    ) { place, trust in Located(trust, at: place.span) })
}

extension Form where Value == [Server] {
  fileprivate static let servers: Form = .map(
    .name, to: .server, "a mapping of servers by name",
    example: "{ sepm-par-01: { address: sepm-par-01.example.net } }", allowsEmpty: true
  ) { _, server in server }
}

extension Part where Value == SiteAPI.Trust {
  fileprivate static let trust: Part = .exactlyOne(
    "what to trust",
    of: [
      .init(
        "fingerprint", .scalar(.fingerprint), "Exactly this certificate is trusted."
      ) { SiteAPI.Trust.fingerprint($0.value) },
      .init(
        "ca", .scalar(.path.called("a path", examples: ["certs/ca.pem"])),
        "A PEM file with the authorities that are trusted."
      ) { .certificateAuthority($0.value) },
    ])
}
