public import PlanText

/// One SEPM database and the management servers that share it (`docs/SEPM.md`, "Replication").
public struct Site: Sendable, Equatable {
  /// The name, unique in the plan.
  public var name: Located<String>

  /// The expected number of clients; nil where the plan does not say.
  public var clients: Located<Int>?

  /// The kind of database; nil where the plan does not say.
  public var database: Located<Database>?

  /// How SEPM's REST API is reached; nil where the site has none to use.
  public var api: SiteAPI?

  /// The servers in the order of the plan.
  public var servers: [Server]

  /// The site's own method; nil where the plan's holds.
  public var method: Located<Method>?

  /// The site's own channels; they go before the plan's.
  public var automation: [AutomationRule]

  /// What its settings are put back to where they are found changed already.
  package var recorded: RecordedSettings

  /// A site.
  package init(
    name: Located<String>,
    clients: Located<Int>? = nil,
    database: Located<Database>? = nil,
    api: SiteAPI? = nil,
    servers: [Server],
    method: Located<Method>? = nil,
    automation: [AutomationRule] = [],
    recorded: RecordedSettings = RecordedSettings()
  ) {
    self.name = name
    self.clients = clients
    self.database = database
    self.api = api
    self.servers = servers
    self.method = method
    self.automation = automation
    self.recorded = recorded
  }

  /// Whether the site rotates: a server of it names a certificate.
  public var isRotating: Bool { servers.contains { $0.certificate != nil } }
}

/// The database behind a site.
public enum Database: String, Sendable, CaseIterable {
  case sqlServer = "sql-server"
  case sqlExpress = "sql-express"
  case embedded
}

/// One management server.
public struct Server: Sendable, Equatable {
  /// The name, unique in its site.
  public var name: Located<String>

  /// The host name or address at which clients and partners reach it.
  public var address: Located<String>

  /// The certificate it gets; nil where it keeps the one it has.
  public var certificate: Located<String>?

  /// The version it runs; nil where the plan does not say.
  public var version: Located<ProductVersion>?

  /// The version it is upgraded to after the rotation; nil where it is not.
  public var upgrade: Located<ProductVersion>?

  /// Where it listens.
  package var ports: ServerPorts

  /// A server.
  package init(
    name: Located<String>,
    address: Located<String>,
    certificate: Located<String>? = nil,
    version: Located<ProductVersion>? = nil,
    upgrade: Located<ProductVersion>? = nil,
    ports: ServerPorts = .standard
  ) {
    self.name = name
    self.address = address
    self.certificate = certificate
    self.version = version
    self.upgrade = upgrade
    self.ports = ports
  }
}

/// How to reach a site's REST API (`docs/SEPM.md`, "REST API").
public struct SiteAPI: Sendable, Equatable {
  /// What the API's own certificate is held against.
  public enum Trust: Sendable, Equatable {
    /// Exactly this leaf.
    case fingerprint(Fingerprint)

    /// Chains that end in a certificate of this file.
    case certificateAuthority(String)

    /// The system's authorities.
    case system
  }

  /// `https://HOST:8446` as a rule.
  public var url: Located<String>

  /// A system administrator of SEPM.
  public var username: Located<String>

  /// The administrator's password.
  public var password: Located<SecretReference>

  /// The SEPM domain to log on to; nil for the default domain.
  public var domain: Located<String>?

  /// What the certificate is held against.
  public var trust: Located<Trust>

  /// An API.
  public init(
    url: Located<String>,
    username: Located<String>,
    password: Located<SecretReference>,
    domain: Located<String>? = nil,
    trust: Located<Trust> = Located(.system)
  ) {
    self.url = url
    self.username = username
    self.password = password
    self.domain = domain
    self.trust = trust
  }
}

/// Replication between two sites (`docs/SEPM.md`, "Replication").
public struct Partnership: Sendable, Equatable {
  /// How replication is broken.
  public enum Break: String, Sendable, CaseIterable {
    /// The partner is deleted on both sides and added again: a full replication follows.
    case delete

    /// The schedule is moved out of the way on both sides, for less than ``Partnership/longestSchedule``.
    case reschedule
  }

  /// The longest schedule that SEPM knows is weekly: a rescheduled partnership replicates again after it,
  /// whatever the rotation is at (`docs/SEPM.md`, "Replication").
  package static let longestSchedule = Duration.days(7)

  /// The two sites as the plan lists them.
  public var sites: [Located<String>]

  /// How replication is broken.
  public var breaking: Located<Break>

  /// The site whose data wins when the partnership is restored; needed with `delete`.
  public var authority: Located<String>?

  /// Where the plan states it.
  public var span: SourceSpan

  /// A partnership.
  public init(
    sites: [Located<String>],
    breaking: Located<Break>,
    authority: Located<String>? = nil,
    span: SourceSpan = .none
  ) {
    self.sites = sites
    self.breaking = breaking
    self.authority = authority
    self.span = span
  }

  /// The target name of its steps: the names sorted, `berlin+paris`.
  public var name: String { sites.map(\.value).sorted().joined(separator: "+") }

  public static func == (left: Partnership, right: Partnership) -> Bool {
    left.sites == right.sites && left.breaking == right.breaking
      && left.authority == right.authority
  }
}
