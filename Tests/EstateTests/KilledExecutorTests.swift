import Estate
import PlanCompiler
import PlanModel
import RotationEngine
import RotationGraph
import Testing

@Suite("An executor that is killed in the middle of a step")
struct KilledExecutorTests {
  /// Simulated time that never comes: who sleeps is only woken to be cancelled.
  private final class StoppedClock: RunClock {
    let isSimulated = true
    private let instant: Instant
    private let asleep = AsyncStream.makeStream(of: Void.self)

    init(at instant: Instant) { self.instant = instant }

    func now() -> Instant { instant }

    func sleep(until instant: Instant, rank: Int) async {
      asleep.continuation.yield()
      let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
      // Nothing is ever yielded, so this ends with the task.
      for await _ in stream {}
      continuation.finish()
    }

    func someoneSleeps() async { for await _ in asleep.stream { return } }

    func awaiting(children: Int) {}
    func arriving() {}
  }

  private static let graph = lower(Plans.one())

  private static func driver(
    _ folder: TemporaryFolder, _ clock: (Instant) -> any RunClock
  ) async throws -> SimulatedDriver {
    try SimulatedDriver(
      graph: graph, digest: "test", scenario: Scenario(), seed: 9,
      log: try await FileEstateLog.takeOver(folder.log), permit: .unlimited, clock: clock)
  }

  private static func request(_ action: Action) throws -> StepRequest {
    StepRequest(
      run: "test", graph: graph, step: try #require(graph.steps.firstIndex { $0.action == action }),
      attempt: 1, startedAt: Scenario().start)
  }

  @Test("Before the effect: the next executor finds that it is not there")
  func before() async throws {
    let folder = try TemporaryFolder()
    let request = try Self.request(.disableVerification)
    do {
      let clock = StoppedClock(at: Scenario().start)
      let driver = try await Self.driver(folder) { _ in clock }
      let attempt = Task { await driver.perform(request) }
      await clock.someoneSleeps()
      // No record of the step is written on the way out, as after a kill.
      attempt.cancel()
      guard case .failed(let failure) = await attempt.value else {
        Issue.record("The step was done.")
        return
      }
      #expect(failure.kind == .cancelled)
    }
    let next = try await Self.driver(folder) { LeapingClock(at: $0) }
    #expect(next.entries == [])
    guard case .notDone(let reason) = await next.observe(request) else {
      Issue.record("The effect is there.")
      return
    }
    #expect(reason.contains("still verify"))
    guard case .succeeded = await next.perform(request) else {
      Issue.record("The step cannot be done again.")
      return
    }
    #expect(next.entries.map(\.effect) == [.disableVerification])
  }

  @Test("After the effect: the next executor finds it, though no outcome was recorded")
  func after() async throws {
    let folder = try TemporaryFolder()
    let request = try Self.request(.disableVerification)
    let world: SimulatedEstate
    do {
      let driver = try await Self.driver(folder) { LeapingClock(at: $0) }
      guard case .succeeded = await driver.perform(request) else {
        Issue.record("The step failed.")
        return
      }
      world = driver.estate
    }
    let next = try await Self.driver(folder) { LeapingClock(at: $0) }
    #expect(next.estate == world)
    guard case .done = await next.observe(request) else {
      Issue.record("The effect was forgotten.")
      return
    }
    #expect(next.entries.count == 1)
  }

  @Test("In the middle of a line: the effect did not happen, and the log goes on")
  func torn() async throws {
    let folder = try TemporaryFolder()
    let request = try Self.request(.disableVerification)
    do {
      let driver = try await Self.driver(folder) { LeapingClock(at: $0) }
      _ = await driver.perform(request)
    }
    let text = try folder.text(of: folder.log)
    try folder.write(String(text.dropLast(20)), to: folder.log)
    let next = try await Self.driver(folder) { LeapingClock(at: $0) }
    guard case .notDone = await next.observe(request) else {
      Issue.record("Half a line was taken as the effect.")
      return
    }
    _ = await next.perform(request)
    let again = try await Self.driver(folder) { LeapingClock(at: $0) }
    #expect(again.entries.map(\.effect) == [.disableVerification])
  }
}
