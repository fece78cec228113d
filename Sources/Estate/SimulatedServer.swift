import PlanModel

/// A management server: what its disk and database hold, and what each service really presents.
struct SimulatedServer: Sendable, Equatable {
  /// One of the services that present a certificate.
  struct ServiceState: Sendable, Equatable {
    var isRunning = true

    /// When it was started, in milliseconds since the epoch.
    var startedAt: Int64

    /// The certificate that it took up when it started.
    var loaded: Int32
  }

  let name: String
  let address: String
  var version: ProductVersion?

  /// The certificate before the rotation and, where the plan names one, after it.
  let oldCertificate: Int32
  let newCertificate: Int32?

  /// What the wizard sets: the file from which the services load, and the database's copy.
  var certificateOnDisk: Int32
  var certificateInDatabase: Int32

  /// The services in the order of ``Service``.
  var services: [ServiceState]

  /// When it was last backed up; nil for not at all.
  var backedUpAt: Int64?

  /// When the wizard last put a certificate in, and with it made a recovery file; nil for not yet.
  var certificateUpdatedAt: Int64?

  /// When the recovery file of the last update was copied off the machine; nil for not yet.
  var recoveryFileKeptAt: Int64?

  /// How often its services were restarted, for faults that go away.
  var restarts = 0

  /// The state of a service.
  subscript(_ service: Service) -> ServiceState {
    get { services[service.position] }
    set { services[service.position] = newValue }
  }
}

/// A replication partnership as both sides see it.
struct ReplicationLink: Sendable, Equatable {
  /// How one side lists its partner.
  enum Side: String, Sendable {
    case active
    case rescheduled
    case deleted
  }

  /// SEPM's own words (`docs/SEPM.md`, "Replication status").
  enum Status: String, Sendable {
    case succeeded = "SUCCEEDED"
    case neverReplicated = "NEVER_REPLICATED"
    case failedConnect = "FAILED_CONNECT"
  }

  let name: String

  /// The two sites as positions.
  let sites: [Int]

  /// How each of them lists the other.
  var sides: [Side] = [.active, .active]

  var status: Status = .succeeded

  /// Milliseconds since the epoch; 0 for never.
  var lastRun: Int64 = 0
  var lastSuccess: Int64 = 0

  /// When it was restored; nil before that.
  var restoredAt: Int64?

  /// How many runs after that failed.
  var failedRuns = 0

  /// Whether the next run carries the whole database.
  var needsFullRun = false

  /// The end of the next run; nil while it is broken.
  var nextRun: Int64?

  /// The manager certificates that each side knows of the other, by site, in the order of the servers.
  var knownCertificates: [[Int32]] = []

  /// Whether both sides list each other.
  var isActive: Bool { sides.allSatisfy { $0 == .active } }
}
