import CanonicalJSON
import Drivers
import Foundation
import PlanModel
import RotationEngine
import RotationGraph
import TestSupport
import Testing

/// A driver whose only channel is that of commands.
private struct CommandDriver: Driver {
  let channel: CommandChannel

  func perform(_ request: StepRequest) async -> StepAnswer { await channel.perform(request) }
  func timeLimit(of request: StepRequest) -> Duration { channel.timeLimit(of: request) }
  func observe(_ request: StepRequest) async -> Finding { await channel.observe(request) }
  func sample(_ request: StepRequest) async -> WaitSample { .inconclusive(reason: "no clients") }
  func instructions(for request: StepRequest) -> [String] { [] }
  func attend(_ request: StepRequest) async -> Attendance { .absent }
  func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers { Stragglers() }
  func truth() async -> EstateTruth? { nil }
}

@Suite(
  "A run whose services are restarted by a command: an answer that is lost restarts nothing twice")
struct CommandRunTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  /// How often the services were restarted.
  private var restarts: Int {
    folder.holds("restarts")
      ? ((try? folder.text(of: "restarts")) ?? "").split(separator: "\n").count : 0
  }

  private func graph(
    _ ending: String, hasCheck: Bool = true, timeout: Duration = .days(1)
  ) -> StepGraph {
    CommandSteps.request(
      ["sh", "-c", "echo restarted >> restarts; \(ending)"],
      check: hasCheck ? ["test", "-s", "restarts"] : nil, timeout: timeout
    ).graph
  }

  /// One stay of an executor at the run.
  private func stay(
    _ graph: StepGraph, _ journal: MemoryRun, controls: AsyncStream<Executor.Control>? = nil
  ) async throws -> (end: RunEnd, state: RunState) {
    var state = RunState(graph: graph)
    for event in try journal.events { try state.apply(event) }
    let clock = SystemClock {
      Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
    let world = UnguardedWorld(
      driver: CommandDriver(channel: CommandSteps.channel(in: folder.path)), clock: clock)
    let options = Scheduler.Options(
      until: .waiting,
      retries: RetryPolicy(attempts: 3, firstPause: .zero, longestPause: .zero))
    return try await Executor(run: "test-1", world: world, journal: journal).execute(
      from: state,
      state.lastSequence == 0
        ? .start(RunStart(plan: "test", digest: "sha256:0", by: "tester", seed: nil))
        : .resume(by: "tester"),
      options: options, controls: controls ?? AsyncStream { $0.finish() })
  }

  @Test("Cut off after its effect, it is seen to be done by the next executor")
  func cutOff() async throws {
    let graph = graph("exec sleep 86400")
    let journal = try MemoryRun(graph)
    let (controls, signal) = AsyncStream.makeStream(of: Executor.Control.self)
    let first = Task { try await stay(graph, journal, controls: controls) }
    while restarts == 0 { try await Task.sleep(for: .milliseconds(10)) }
    signal.yield(.cancel)
    #expect(try await first.value.end == .resting(.stopped))
    let (end, state) = try await stay(graph, journal)
    #expect(end == .succeeded && state.steps[0].phase == .succeeded)
    #expect(restarts == 1)
  }

  @Test("A connection that breaks after the effect fails the step, and trying again finds it done")
  func brokenConnection() async throws {
    let graph = graph("exit 255")
    let journal = try MemoryRun(graph)
    let first = try await stay(graph, journal)
    guard case .failed(let failure) = first.state.steps[0].phase else {
      Issue.record("\(first.state.steps[0].phase)")
      return
    }
    #expect(failure.evidence["exitStatus"]?.integer == 255)
    try journal.post(.retry, step: graph.id(of: 0), by: "ada")
    let (end, _) = try await stay(graph, journal)
    #expect(end == .succeeded)
    #expect(restarts == 1)
    let evidence = try journal.events.compactMap { event -> Evidence? in
      if case .stepSucceeded(_, _, let evidence) = event.kind { evidence } else { nil }
    }
    #expect(evidence.first?["foundDone"]?.bool == true)
  }

  @Test("Killed at the timeout after its effect, it is looked for before it is tried again")
  func timeOut() async throws {
    let graph = graph("exec sleep 86400", timeout: .seconds(2))
    let journal = try MemoryRun(graph)
    var (end, state) = try await stay(graph, journal)
    // Where nothing can be done now, the executor rests.
    while case .resting(.retry) = end { (end, state) = try await stay(graph, journal) }
    #expect(end == .succeeded && state.steps[0].phase == .succeeded)
    #expect(restarts == 1)
  }

  @Test("Without a check it is in doubt after that, and nothing is done again")
  func inDoubt() async throws {
    let graph = graph("exec sleep 86400", hasCheck: false, timeout: .seconds(2))
    let journal = try MemoryRun(graph)
    var (end, state) = try await stay(graph, journal)
    while case .resting(.retry) = end { (end, state) = try await stay(graph, journal) }
    #expect(end == .resting(.inDoubt))
    guard case .inDoubt = state.steps[0].phase else {
      Issue.record("\(state.steps[0].phase)")
      return
    }
    #expect(restarts == 1)
  }

  @Test("What is tried again later by its own wish is done as often as it takes")
  func later() async throws {
    let graph = CommandSteps.request(
      ["sh", "-c", "echo x >> tries; test $(wc -l < tries) -ge 3 || exit 75"],
      action: .backUpServer
    ).graph
    let journal = try MemoryRun(graph)
    var (end, _) = try await stay(graph, journal)
    while case .resting(.retry) = end { (end, _) = try await stay(graph, journal) }
    #expect(end == .succeeded)
    #expect(try folder.text(of: "tries") == "x\nx\nx\n")
  }
}
