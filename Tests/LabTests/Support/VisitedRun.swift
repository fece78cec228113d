import CanonicalJSON
import Drivers
import Estate
import Foundation
import GRDB
import Lab
import PlanCompiler
import PlanModel
import PlanText
import Reports
import RotationEngine
import RotationGraph
import Runs
import SEPMClient
import Synchronization
import TestSupport
import Testing

@testable import RunStore

extension CallLimits {
  /// For everything but time: a machine may be busy with other tests.
  static let patient = CallLimits(connection: .seconds(600), answer: .seconds(600))
}

/// A run in a lab, of one site unless said otherwise, with the drivers of real servers. It goes on when it is visited, as by
/// a timer; between two visits only happens what the test does.
final class VisitedRun: Sendable {
  static let site = "paris"
  static let server = "paris/par-01"
  let lab: RunningLab
  private let desk: RunDesk
  private let file: StateFile
  private let graph: SealedGraph
  private let patience: Patience

  /// How long calls may take; read at each visit.
  private final class Patience: Sendable {
    let limits = Mutex(CallLimits.patient)
  }

  /// The certificate that the plan brings, as the lab made it.
  let certificate: Fingerprint

  /// A run that was not visited yet, of one site with so many clients unless there is a plan. `restart` is the command that
  /// restarts the services, without the words that `control` adds, which make the lab do it.
  init(
    _ plan: RotationPlan? = nil, clients: Int = 40, restart: [String] = []
  ) async throws {
    var plan = plan ?? LabPlans.one(clients: clients)
    let start = ContinuousClock.now
    let uptime: @Sendable () -> Duration = { .now - start }
    let lab = try await RunningLab(plan, console: .people, uptime: uptime)
    self.lab = lab
    let certificates = try lab.point(&plan)
    let new = try #require(certificates.first)
    certificate = new
    let act = [Program.path, "lab", "act", "--control", lab.lab.description.control]
    let words = ["restart-services", "{site.name}/{server.name}"]
    func rule(_ action: Action, _ command: [String], check: [String]? = nil) -> AutomationRule {
      AutomationRule(
        action: Located(action),
        channel: Located(
          .command(
            CommandTemplate(
              arguments: command.map { Located($0) }, check: check?.map { Located($0) }))))
    }
    plan.automation = [
      rule(.backUpServer, ["true"]),
      rule(
        .restartServices, restart + act + words,
        check: act + ["--check", "--since", "{step.startedAt}"] + words),
    ]
    graph = try #require(prove(plan).sealed())
    let state = lab.folder.path + "/state"
    file = try StateFile(directory: state, access: .creating)
    let holder = LeaseHolder(
      identity: ProcessIdentity(
        host: "bastion", bootID: "boot", pid: 100, startTime: 7, user: "tester"),
      // Whoever did not give the run back is gone.
      isAlive: { _ in false },
      // Time that stands still: on a busy machine a stay may pause for longer than a lease lasts, and this is not about leases.
      uptime: { .seconds(1) }, now: { Instant(milliseconds: 1_800_000_000_000) })
    let folder = lab.folder
    let patience = Patience()
    self.patience = patience
    desk = RunDesk(
      file, holder: holder, worldFolder: state,
      labs: RunDesk.LabTools(
        time: { _ throws(RunError) in
          guard
            let reply = try? await lab.ask(.time(speed: nil, advanceMilliseconds: nil)).result,
            let time = LabTime(reply)
          else { throw RunError(.noWorld, "The lab is gone.") }
          return time
        },
        surroundings: { _, _, _, time in
          RealSurroundings(
            variables: ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path],
            folder: folder.path,
            readFile: { path throws(FileTrouble) in
              FileManager.default.contents(atPath: path).map { Array($0) } ?? []
            },
            examine: { _, position, _ in .usable(certificates[position]) }, localTime: time,
            pace: { RequestPace(perMinute: 1_000_000, burst: 1_000) },
            limits: patience.limits.withLock { $0 })
        }, uptime: uptime))
    _ = try await lab.ask(.fault(LabFault(.limit, number: 0)))
  }

  /// What looks at the site's clients apart from the run.
  func observation() async throws -> Observation {
    try await desk.observation(
      of: graph.graph.plan, at: "plan.yaml", admitting: [], lab: lab.folder.path + "/lab", naming: 5
    )
  }

  /// Goes on as far as it goes without anybody.
  @discardableResult
  func visit(after pause: Duration = .zero) async throws -> RunEnd {
    if pause > .zero { try await lab.advance(by: pause) }
    if try await desk.store.runs().isEmpty { return try await begin() }
    return switch try await desk.resume(nil) {
    case .stay(let stay): try await stay.drive(until: .waiting).end
    case .ended(let end, _): end
    }
  }

  /// Begins a run, another one where one was aborted.
  @discardableResult
  func begin() async throws -> RunEnd {
    let order = RunOrder(
      planText: [], planPath: "plan.yaml", toolVersion: "test",
      world: .lab(folder: lab.folder.path + "/lab"))
    return try await desk.start(graph, order).drive(until: .waiting).end
  }

  /// Ends the run where it stands.
  func abort() async throws {
    _ = try await desk.post(
      .abort, step: nil, note: nil, to: try await desk.archive(of: nil).id)
    #expect(try await visit() == .aborted)
  }

  /// Visits again and again until a step is done.
  func visit(every pause: Duration, atMost visits: Int = 12, until step: Action) async throws {
    for _ in 0..<visits {
      if try await phase(of: step) == .succeeded { return }
      try await visit(after: pause)
    }
    try await expect(step, .succeeded)
  }

  /// Expects that the step which does this stands there.
  func expect(_ action: Action, _ phase: StepState.Phase) async throws {
    let found = try await self.phase(of: action)
    if found != phase {
      Issue.record("\(action.rawValue) is \(found.words): \(try await status())")
    }
  }

  /// The evidence of the step that does this, once it is done.
  func evidence(of action: Action) async throws -> Evidence? {
    let archive = try await desk.archive(of: nil)
    let step = try #require(graph.graph.steps.firstIndex { $0.action == action })
    var result: Evidence?
    try await desk.store.readEvents(of: archive.id, from: 1) { encoded in
      if case .stepSucceeded(step, _, let evidence) = try archive.codec.decode(encoded.bytes).kind {
        result = evidence
      }
    }
    return result
  }

  /// Where the step stands that does this.
  func phase(of action: Action) async throws -> StepState.Phase {
    let state = try await state()
    let step = try #require(graph.graph.steps.firstIndex { $0.action == action })
    return state.steps[step].phase
  }

  func state() async throws -> RunState { try await desk.archive(of: nil).state }

  /// What whoever looks is told.
  func status() async throws -> String {
    let sight = try await desk.look(at: nil)
    let words = RunStatusText.text(
      run: sight.archive.id, state: sight.archive.state, now: try lab.lab.world.now(),
      surroundings: sight.surroundings, recorded: try await desk.recorded(of: sight.archive))
    return words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The same for programs.
  func document() async throws -> JSONValue {
    let sight = try await desk.look(at: nil)
    return try JSONValue(
      parsing: Array(
        RunStatusJSON.text(
          run: sight.archive.id, state: sight.archive.state, now: try lab.lab.world.now(),
          surroundings: sight.surroundings, recorded: try await desk.recorded(of: sight.archive)
        ).utf8))
  }

  /// Does at the console what a gate asks for, and says so.
  func close(_ action: Action, on target: String) async throws {
    try await expect(action, .gateOpen)
    #expect(try await lab.act(action, on: target).status == 0)
    try await ask(.approve, action)
  }

  /// Asks something of the run as a whole.
  func ask(_ verb: OperatorRequest.Verb, note: String?) async throws {
    _ = try await desk.post(
      verb, step: nil, note: note, to: try await desk.archive(of: nil).id)
  }

  /// Asks something of the run about a step.
  func ask(_ verb: OperatorRequest.Verb, _ action: Action) async throws {
    let step = try #require(graph.graph.steps.firstIndex { $0.action == action })
    _ = try await desk.post(
      verb, step: graph.graph.id(of: step), note: nil, to: try await desk.archive(of: nil).id)
  }

  /// Stays at the run, as an executor does that nobody ends, while `body` goes on.
  func stay(during body: () async throws -> Void) async throws {
    guard case .stay(let stay) = try await desk.resume(nil) else {
      Issue.record("the run has ended")
      return
    }
    let (controls, sender) = AsyncStream.makeStream(of: Executor.Control.self)
    try await withThrowingTaskGroup { group in
      group.addTask { _ = try await stay.drive(until: .done, controls: controls) }
      defer { sender.yield(.stop) }
      try await body()
    }
  }

  /// Waits until the run stands so.
  func wait(until isSo: (RunState) -> Bool) async throws {
    let limit = ContinuousClock.now + .seconds(300)
    while ContinuousClock.now < limit {
      if isSo(try await state()) { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("\(try await status())")
  }

  /// The password of the site's API where the plan refers to.
  func password() throws -> String { try lab.folder.text(of: "lab/\(Self.site).password") }

  func changePassword(to password: String) throws {
    _ = try lab.folder.write(password, as: "lab/\(Self.site).password")
  }

  func set(_ fault: LabFault) async throws { _ = try await lab.ask(.fault(fault)) }

  func clear(_ kind: LabFault.Kind) async throws {
    _ = try await lab.ask(.fault(LabFault(kind, isOn: false)))
  }

  /// The operations that somebody did to the lab, each as often as it was done.
  func deeds() throws -> [EstateOperation] {
    try lab.lab.look().deeds.filter(\.isDone).map(\.operation).filter {
      ![.setClockSkew, .failStarts, .disturbReplication].contains($0.verb)
    }
  }

  /// Lets an answer of the API take no longer from the next visit on.
  func limit(answer: Duration) { patience.limits.withLock { $0.answer = answer } }

  /// Lets calls take as long as a busy machine needs.
  func unlimit() { patience.limits.withLock { $0 = .patient } }

  /// Fills the disk that the state directory is on, or makes room again.
  func fillDisk(_ isFull: Bool) throws {
    try file.queue.inDatabase { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(
        sql: "PRAGMA max_page_count = \(isFull ? pages : 1_000_000)")
    }
  }

  // MARK: - Places

  /// Goes on until clients are waited for that are to stop verifying.
  func goToWait() async throws {
    try await visit()
    try await close(.switchClientsToHTTP, on: Self.site)
    try await visit()
    try await expect(.awaitVerificationDisabled, .waiting)
  }

  /// Goes on until the services are to be restarted at the next visit.
  func goToRestart() async throws {
    try await goToWait()
    try await visit(every: .days(4), until: .awaitVerificationDisabled)
    _ = try await lab.ask(.time(speed: 600, advanceMilliseconds: nil))
    try await close(.updateCertificate, on: Self.server)
  }
}
