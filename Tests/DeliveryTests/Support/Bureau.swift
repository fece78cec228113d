import CanonicalJSON
import Delivery
import Drivers
import NotificationFiles
import Notifications
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import RunStore
import Synchronization
import Testing

/// A store with a run of a small graph, whose journal a test writes, and a newsroom over it with a clock of its own.
final class Bureau: Sendable {
  static let beginning = Instant(milliseconds: 1_767_600_000_000)

  let store: any Store
  private let journal: WrittenJournal
  private let clock: Mutex<Instant>
  private let variables: [String: String]

  init(url: String, secret: String = "whsec_c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2g=") async throws {
    store = MemoryStore()
    journal = try await WrittenJournal(
      of: "emea", Self.graph, in: store, Self.holder { Self.beginning })
    clock = Mutex(Self.beginning)
    variables = ["HOOK_URL": url, "HOOK_SECRET": secret, "PATH": "/usr/bin:/bin"]
  }

  private static func holder(_ now: @escaping @Sendable () -> Instant) -> LeaseHolder {
    LeaseHolder(
      identity: ProcessIdentity(
        host: "bastion", bootID: "boot", pid: 1, startTime: 1, user: "ann"),
      isAlive: { _ in true }, uptime: { .zero }, now: now)
  }

  var holder: LeaseHolder { Self.holder { self.now } }

  /// Another run, of a plan with these sites; the steps are those of ``WrittenJournal/exposing(_:_:)``.
  func journal(of plan: String, _ sites: String..., world: RecordedWorld = .real()) async throws
    -> WrittenJournal
  {
    try await WrittenJournal(
      of: plan, WrittenJournal.exposing(plan, sites), in: store, holder,
      world: world)
  }

  /// One site with one server: 0 back-up by a person, 1 disable, 2 wait, 3 update by a person.
  private static var graph: StepGraph {
    let server = Target.server(site: 0, server: 0)
    return StepGraph(
      plan: RotationPlan(
        name: Located("emea"),
        sites: [
          Site(
            name: Located("paris"), clients: Located(100),
            servers: [
              Server(
                name: Located("one"), address: Located("one.example.net"),
                certificate: Located("new"))
            ])
        ], waits: Waits(verificationDisabled: .standard)),
      steps: [
        Step(.backUpServer, on: server, by: .operator),
        Step(.disableVerification, on: .site(0), by: .api),
        Step(.awaitVerificationDisabled, on: .site(0), by: .probe),
        Step(.updateCertificate, on: server, by: .operator),
      ], dependencies: AdjacencyTable([[], [0], [1], [2]]))
  }

  var now: Instant { clock.withLock { $0 } }

  func wait(_ duration: Duration) { clock.withLock { $0 = $0 + duration } }

  /// Leaves a ledger as it stands in the store when a process that has it is killed.
  func kill(holding ledger: [UInt8], of name: String) async throws {
    guard
      case .claimed = try await store.claimLedger(
        of: name, by: "dead", at: now, until: now + .seconds(120))
    else {
      Issue.record("The ledger is claimed.")
      return
    }
    _ = try await store.keepLedger(ledger, of: name, by: "dead", until: now + .seconds(120))
  }

  /// A newsroom, as a process has it; each has its own claims.
  func newsroom(_ settings: String, patience: Duration = .seconds(30)) throws -> Newsroom {
    let reading = NewsSettingsReading(
      SourceText(name: "notify.yaml", text: settings), id: SourceID(index: 0))
    #expect(reading.diagnostics.isEmpty)
    let settings = try #require(reading.settings)
    let secrets = SecretResolver(variables: variables, folder: "/") {
      path throws(FileTrouble) in throw .missing(part: path)
    }
    return Newsroom(
      store, settings,
      Courier(
        secrets: secrets, programs: PlainProgram(variables: variables, folder: "/"),
        patience: patience, time: { self.now.milliseconds / 1_000 }),
      holder: Self.holder { self.now }, claimant: "\(UInt64.random(in: .min ... .max))")
  }

  /// Records events now.
  func record(_ kinds: RunEvent.Kind...) async throws {
    try await journal.record(kinds, at: now)
  }

  /// The start, and a gate.
  func openGate() async throws {
    try await record(
      .runStarted(RunStart(plan: "emea", digest: "sha256:3f", by: "ann", seed: nil)),
      .stepStarted(step: 0, attempt: 1),
      .gateOpened(step: 0, attempt: 1, gate: Gate(instructions: ["Copy the database."])))
  }

  /// The gate is closed, and the next one opens.
  func closeGate() async throws {
    try await record(
      .gateApproved(step: 0, attempt: 1, word: OperatorWord(by: "ben", note: "done")),
      .stepSucceeded(step: 0, attempt: 1, evidence: Evidence()))
  }

  func fail(_ step: Int, attempt: Int = 1) async throws {
    try await record(
      .stepStarted(step: step, attempt: attempt),
      .stepFailed(
        step: step, attempt: attempt, failure: StepFailure(.failed, "It said no."), retryAt: nil))
  }

  static let hook = """
    apiVersion: waltz/v1
    kind: Notifications
    destinations:
      ops:
        webhook: { url: { env: HOOK_URL }, secret: { env: HOOK_SECRET } }
        digest: "off"

    """
}
