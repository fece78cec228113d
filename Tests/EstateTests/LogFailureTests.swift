import Estate
import PlanCompiler
import PlanModel
import RotationEngine
import RotationGraph
import Synchronization
import TestSupport
import Testing

@Suite("An estate log that cannot be written")
struct LogFailureTests {
  /// A log on a disk that is full for some appends.
  private final class FullDisk: EstateLog {
    private let log = InMemoryEstateLog()
    private let appends = Mutex(0)
    private let failing: Range<Int>

    /// - Parameter failing: The appends that fail, the header being number 0.
    init(failing: Range<Int>) { self.failing = failing }

    /// Whether appends are still to fail.
    var hasTroubleAhead: Bool { appends.withLock { $0 < failing.upperBound } }

    func lines() throws -> [[UInt8]] { try log.lines() }

    func append(_ line: [UInt8]) throws {
      let number = appends.withLock { count in
        defer { count += 1 }
        return count
      }
      guard !failing.contains(number) else {
        throw EstateLogError("The estate's log /x/run.log cannot be written: No space left.")
      }
      try log.append(line)
    }
  }

  /// Drives a run until it ends, in short stays as long as the disk is full.
  private static func drive(
    _ graph: StepGraph, log: FullDisk
  ) async throws -> (end: RunEnd, events: [RunEvent], driver: SimulatedDriver) {
    let journal = try MemoryRun(graph)
    var state = RunState(graph: graph)
    var beginning = Executor.Beginning.start(
      RunStart(plan: "test", digest: "test", by: "test", seed: 2))
    var last: (RunEnd, SimulatedDriver)?
    for _ in 0..<20 {
      let at = state.nextDue ?? state.lastAt ?? Scenario().start
      let driver = try SimulatedDriver(
        graph: graph, digest: "test", scenario: Scenario(), seed: 2, log: log, permit: .unlimited,
        clock: { VirtualClock(start: max($0, at)) })
      let executor = Executor(
        run: "test", world: UnguardedWorld(driver: driver, clock: driver.clock), journal: journal)
      let end: RunEnd
      (end, state) = try await executor.execute(
        from: state, beginning, options: .init(until: log.hasTroubleAhead ? .waiting : .done))
      last = (end, driver)
      beginning = .resume(by: "test")
      if state.status.isEnded { break }
    }
    let (end, driver) = try #require(last)
    return (end, try journal.events, driver)
  }

  @Test("A full disk delays a run and fails no step for good", arguments: [1, 2, 3, 4])
  func fullForAWhile(from first: Int) async throws {
    let graph = lower(Plans.one())
    let log = FullDisk(failing: first..<(first + 2))
    let (end, events, driver) = try await Self.drive(graph, log: log)
    #expect(end == .succeeded, "append \(first)")
    #expect(try log.lines().count == driver.entries.count + 1)
    // Nothing was done twice, and nothing that failed was done.
    let done = driver.entries.map { "\($0.effect) \($0.target)" }
    #expect(Set(done).count == done.count)
    let failures = events.compactMap { event -> StepFailure? in
      guard case .stepFailed(_, _, let failure, let retryAt) = event.kind else { return nil }
      #expect(retryAt != nil)
      return failure
    }
    #expect(failures.allSatisfy { $0.isRetryable && $0.message.contains("/x/run.log") })
    #expect(!log.hasTroubleAhead)
    #expect(driver.estate.truth.orphans == 0)
  }

  @Test("A step whose effect could not be logged is not done and may be tried again")
  func oneStep() async throws {
    let graph = lower(Plans.one())
    let log = FullDisk(failing: 1..<2)
    let driver = try SimulatedDriver(
      graph: graph, digest: "test", scenario: Scenario(), seed: 2, log: log, permit: .unlimited,
      clock: { LeapingClock(at: $0) })
    let step = try #require(graph.steps.firstIndex { $0.action == .disableVerification })
    let request = StepRequest(
      run: "test", graph: graph, step: step, attempt: 1, startedAt: Scenario().start)
    #expect(driver.trouble == nil)
    guard case .failed(let failure) = await driver.perform(request) else {
      Issue.record("The step was done without its line.")
      return
    }
    #expect(failure.isRetryable)
    #expect(failure.message.contains("/x/run.log"))
    #expect(driver.trouble?.message == failure.message)
    #expect(driver.entries == [])
    guard case .notDone = await driver.observe(request) else {
      Issue.record("The effect is there.")
      return
    }
    guard case .succeeded = await driver.perform(request) else {
      Issue.record("The step cannot be tried again.")
      return
    }
    #expect(driver.entries.count == 1)
    // The executor is to stop for it even if another append went well meanwhile.
    #expect(driver.trouble != nil)
  }

  @Test("A person whose act could not be logged has not refused it")
  func gate() async throws {
    let graph = lower(Plans.one())
    let driver = try SimulatedDriver(
      graph: graph, digest: "test", scenario: Scenario(), seed: 2, log: FullDisk(failing: 1..<2),
      permit: .unlimited,
      clock: { LeapingClock(at: $0) })
    let step = try #require(graph.steps.firstIndex { $0.action == .backUpServer })
    let request = StepRequest(
      run: "test", graph: graph, step: step, attempt: 1, startedAt: Scenario().start)
    #expect(await driver.attend(request) == .absent)
    #expect(driver.trouble != nil)
    guard case .approved = await driver.attend(request) else {
      Issue.record("The gate cannot be closed any more.")
      return
    }
  }

  @Test("What a process would do after its lease ran out is not done, and stops its run")
  func ranOut() async throws {
    let graph = lower(Plans.one())
    let log = InMemoryEstateLog()
    let driver = try SimulatedDriver(
      graph: graph, digest: "test", scenario: Scenario(), seed: 2, log: log,
      permit: EffectPermit { .seconds(4) }, clock: { LeapingClock(at: $0) })
    let lines = try log.lines()
    for action in [Action.disableVerification, .backUpServer] {
      let step = try #require(graph.steps.firstIndex { $0.action == action })
      let request = StepRequest(
        run: "test", graph: graph, step: step, attempt: 1, startedAt: Scenario().start)
      _ = await driver.perform(request)
      _ = await driver.attend(request)
    }
    #expect(driver.entries == [])
    #expect(try log.lines() == lines)
    #expect(driver.trouble?.kind == .leaseLost)
  }
}
