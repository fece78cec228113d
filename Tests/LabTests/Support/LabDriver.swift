import CanonicalJSON
import ConsoleGuide
import Drivers
import Lab
import PlanCompiler
import PlanModel
import RotationEngine
import RotationGraph
import SEPMClient
import Synchronization
import TestSupport
import Testing

/// The drivers of real servers at a lab with one site, for a run that has no journal.
final class LabDriver: Sendable {
  private struct NoMemory: StepMemory {
    func evidence(of step: Int) async throws -> Evidence? { nil }
    func firstAttempt(at step: Int) async throws -> Instant? { nil }
    func firstCount(of wait: Int) async throws -> Evidence? { nil }
    func contacts(at site: Int) async throws -> [String] { [] }
    func returns(at site: Int) async throws -> [String] { [] }
    func lastForecast(of wait: Int) async throws -> Instant? { nil }
    func attachment(_ digest: String) async throws -> JSONValue? { nil }
    func earlierSettings(of site: String) async throws -> EarlierSettings? { nil }
  }

  let lab: RunningLab
  let graph: StepGraph
  let surroundings: RealSurroundings
  let driver: RealDriver
  private let now: Instant

  /// Drivers that find this password, or the right one.
  init(password wrong: String? = nil) async throws {
    var plan = LabPlans.one(clients: 10)
    let lab = try await RunningLab(plan)
    self.lab = lab
    let new = try #require(try lab.point(&plan).first)
    graph = try #require(prove(plan).sealed()).graph
    let now = try lab.lab.world.now()
    self.now = now
    let box = Box(wrong ?? lab.lab.description.sites[0].password)
    self.box = box
    surroundings = RealSurroundings(
      variables: [:], folder: lab.folder.path,
      readFile: { _ throws(FileTrouble) in Array(box.password.withLock { $0 }.utf8) },
      examine: { _, _, _ in .usable(new) }, localTime: { now.milliseconds },
      pace: { RequestPace(perMinute: 1_000_000, burst: 1_000) }, limits: .patient)
    driver = RealDriver(
      graph: graph, memory: NoMemory(), surroundings: surroundings, permit: .unlimited,
      clock: VirtualClock(start: now), language: .english, shelf: nil,
      observations: nil)
  }

  /// Puts another password where the plan refers to.
  func changePassword(to password: String) { box.password.withLock { $0 = password } }

  /// A request for the step that does this.
  func request(_ action: Action, attempt: Int = 1) throws -> StepRequest {
    StepRequest(
      run: "one-1", graph: graph,
      step: try #require(graph.steps.firstIndex { $0.action == action }), attempt: attempt,
      startedAt: now)
  }

  func stop() async throws {
    await driver.leave()
    try await lab.stop()
  }

  private let box: Box

  private final class Box: Sendable {
    let password: Mutex<String>
    init(_ password: String) { self.password = Mutex(password) }
  }
}
