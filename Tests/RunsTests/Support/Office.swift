import CanonicalJSON
import Foundation
import PlanCompiler
import PlanSyntax
import PlanText
import RotationEngine
import RotationGraph
import RunStore
import Testing

@testable import Runs

/// A state directory of a test's own, and who works with it.
final class Office: Sendable {
  let state: String
  let desk: RunDesk
  private let isBorrowed: Bool

  /// An empty one.
  init(user: String = "tester") throws {
    state = NSTemporaryDirectory() + "waltz-runs-" + UUID().uuidString
    isBorrowed = false
    desk = RunDesk(
      try StateFile(directory: state, access: .creating), holder: Self.holder(user: user),
      worldFolder: state)
  }

  /// Over another store.
  init(_ store: any Store) throws {
    state = NSTemporaryDirectory() + "waltz-runs-" + UUID().uuidString
    isBorrowed = false
    try FileManager.default.createDirectory(
      atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    desk = RunDesk(store, holder: Self.holder(user: "tester"), worldFolder: state)
  }

  /// The state that is there already, which becomes its own.
  convenience init(at state: String) throws {
    try self.init(state, isBorrowed: false)
  }

  /// The state of another office, whose process is gone.
  convenience init(borrowing state: String) throws {
    try self.init(state, isBorrowed: true)
  }

  private init(_ state: String, isBorrowed: Bool) throws {
    self.state = state
    self.isBorrowed = isBorrowed
    desk = RunDesk(
      try StateFile(directory: state, access: .writing),
      holder: Self.holder(user: "tester", pid: isBorrowed ? 200 : 100), worldFolder: state)
  }

  /// Goes on with a copy of a state directory.
  static func adopt(_ state: String) async throws {
    let file = try StateFile(directory: state, access: .writing, isToBeAdopted: true)
    defer { file.close() }
    _ = try await RunDesk(file, holder: holder(user: "tester", pid: 200), worldFolder: state)
      .adopt(file, note: nil)
  }

  deinit {
    if !isBorrowed { try? FileManager.default.removeItem(atPath: state) }
  }

  /// Real time stands still; nobody else lives.
  static func holder(user: String, pid: Int32 = 100) -> LeaseHolder {
    LeaseHolder(
      identity: ProcessIdentity(
        host: "bastion-1", bootID: "boot-1", pid: pid, startTime: 7, user: user),
      isAlive: { $0.pid == pid }, uptime: { .zero },
      now: { Instant(milliseconds: 1_800_000_000_000) })
  }

  /// Makes a simulated run and drives it.
  func simulate(
    _ plan: String, scenario: String? = nil, seed: Int64 = 0,
    until: Scheduler.Options.Until = .done
  ) async throws -> (end: RunEnd, state: RunState) {
    try await start(plan, scenario: scenario, seed: seed).drive(until: until)
  }

  /// Makes a simulated run.
  func start(_ plan: String, scenario: String? = nil, seed: Int64 = 0) async throws -> RunStay {
    try await start(
      plan, in: .simulated(Simulation(seed: seed, scenario: scenario.map { Array($0.utf8) })))
  }

  /// Makes a run in a world.
  func start(_ plan: String, in world: RecordedWorld) async throws -> RunStay {
    try await desk.start(
      try sealed(plan),
      RunOrder(
        planText: Array(plan.utf8), planPath: "plan.yaml", toolVersion: "test", world: world))
  }

  /// Goes on with the only run, as far as it goes without anybody.
  func visit() async throws -> (end: RunEnd, state: RunState) {
    try await goOn(until: .waiting)
  }

  /// Goes on with the only run.
  func goOn(until: Scheduler.Options.Until) async throws -> (end: RunEnd, state: RunState) {
    switch try await desk.resume(nil) {
    case .stay(let stay): try await stay.drive(until: until)
    case .ended(let end, let archive): (end, archive.state)
    }
  }

  /// Where the only run stands.
  func now() async throws -> RunState { try await desk.archive(of: nil).state }

  /// The step whose gate is open.
  func openGate() async throws -> String? {
    let state = try await now()
    return state.gates.keys.min().map { state.graph.id(of: $0) }
  }

  /// The phase of a step.
  func phase(of step: String) async throws -> StepState.Phase? {
    let state = try await now()
    return state.graph.stepsByID()[step].map { state.steps[$0].phase }
  }

  /// The events of the only run.
  func events() async throws -> [JSONValue] {
    var events: [EncodedEvent] = []
    try await desk.writeEvents(of: nil, from: 1, lookingAgain: nil) { events += $0 }
    return try events.map { try JSONValue(parsing: $0.bytes) }
  }

  /// Expects that nothing recorded was altered.
  func expectIntact() async throws {
    let (run, found) = try await desk.verify(nil)
    #expect(found.isIntact, "\(run): \(found.words)")
  }
}

extension [JSONValue] {
  func types(of step: String) -> [String] {
    filter { $0["step"]?.string == step }.compactMap { $0["type"]?.string }
  }

  func steps(_ type: String) -> [String] {
    filter { $0["type"]?.string == type }.compactMap { $0["step"]?.string }
  }
}

/// The graph of a plan's text.
func sealed(_ plan: String) throws -> SealedGraph {
  var sources = SourceMap()
  let source = SourceText(name: "plan.yaml", bytes: Array(plan.utf8))
  let reading = checkPlans(source, id: sources.add(source))
  let checked = try #require(reading.plans.first ?? nil, "\(reading.diagnostics)")
  return try #require(prove(checked).sealed())
}

/// What `body` is refused with.
func refusal(_ body: () async throws -> Void) async -> RunError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? RunError
  }
}
