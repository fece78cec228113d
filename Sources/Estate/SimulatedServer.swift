package import PlanModel

/// A management server: what its disk and database hold, and what each service really presents.
package struct SimulatedServer: Sendable, Equatable {
  /// One of the services that present a certificate.
  package struct ServiceState: Sendable, Equatable {
    /// Whether its ports are open.
    package internal(set) var isRunning = true

    /// When it was started, in milliseconds since the epoch.
    package internal(set) var startedAt: Int64

    /// The certificate that it took up when it started: a position in the estate's fingerprints.
    package internal(set) var loaded: Int32

    /// When it will be up, while it is starting.
    package internal(set) var isUpAt: Int64?

    /// How often it was started, for faults that go away.
    var starts = 0

    /// How many of the next starts come to nothing.
    var failingStarts = 0
  }

  /// The name in the plan.
  package let name: String
  let address: String

  /// The version that runs; nil where the plan does not say.
  package internal(set) var version: ProductVersion?

  /// The certificate before the rotation: a position in the estate's fingerprints.
  package let oldCertificate: Int32

  /// The certificate after it; nil where the plan names none.
  package let newCertificate: Int32?

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

  /// The state of a service.
  package internal(set) subscript(_ service: Service) -> ServiceState {
    get { services[service.position] }
    set { services[service.position] = newValue }
  }
}

/// A replication partnership as both sides see it.
package struct ReplicationLink: Sendable, Equatable {
  /// How one side lists its partner.
  package enum Side: String, Sendable {
    case active
    case rescheduled
    case deleted
  }

  /// SEPM's own words (`docs/SEPM.md`, "Replication status").
  package enum Status: String, Sendable {
    case succeeded = "SUCCEEDED"
    case neverReplicated = "NEVER_REPLICATED"
    case failedConnect = "FAILED_CONNECT"
  }

  /// What is wrong with replication beyond what the scenario says.
  package enum Trouble: String, Sendable, CaseIterable {
    /// Every run fails.
    case failing

    /// Of what a run should carry it carries the first half, and calls that a success.
    case half
  }

  /// The partnership's name.
  package let name: String

  /// The two sites as positions.
  package let sites: [Int]

  /// How each of them lists the other.
  package internal(set) var sides: [Side] = [.active, .active]

  /// How the last run ended.
  package internal(set) var status: Status = .succeeded

  /// The end of the last run in milliseconds since the epoch; 0 for never.
  package internal(set) var lastRun: Int64 = 0

  /// The end of the last run that succeeded; 0 for never.
  package internal(set) var lastSuccess: Int64 = 0

  /// What is wrong; nil for nothing.
  package internal(set) var trouble: Trouble?

  /// The clients as the last run carried them; nil where nobody asks for them.
  var replicas: ClientReplica?

  /// When it was restored; nil before that.
  var restoredAt: Int64?

  /// How many runs after that failed.
  var failedRuns = 0

  /// Whether the next run carries the whole database.
  var needsFullRun = false

  /// The end of the next run; nil while it is broken.
  package internal(set) var nextRun: Int64?

  /// The manager certificates that each side knows of the other, by site, in the order of the servers.
  var knownCertificates: [[Int32]] = []

  /// Whether both sides list each other.
  package var isActive: Bool { sides.allSatisfy { $0 == .active } }
}
