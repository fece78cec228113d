import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Synchronization

/// What a step costs in the engine when neither the world nor the disk takes any time.
enum EngineBenchmark {
  static func run(_ sealed: SealedGraph, into table: inout Table) async throws {
    let graph = sealed.graph
    var best = Double.infinity
    var events = 0
    for _ in 0..<3 {
      let journal = CountingJournal()
      let clock = VirtualClock(start: Instant(milliseconds: 1_767_600_000_000))
      let executor = Executor(
        run: "bench-1", world: UnguardedWorld(driver: InstantDriver(), clock: clock),
        journal: journal)
      let start = ContinuousClock.now
      let (_, state) = try await executor.execute(
        from: RunState(graph: graph),
        .start(
          RunStart(plan: graph.plan.name.value, digest: sealed.digest, by: "bench", seed: nil)))
      best = min(best, (ContinuousClock.now - start) / .seconds(1))
      guard state.status == .succeeded else {
        throw BenchmarkError("The measured run ended \(state.status).")
      }
      events = journal.count
    }
    let each = best / Double(graph.steps.count)
    table.row(
      "engine, one step of \(graph.steps.count) (\(events) events)", Table.time(each),
      target: "< 20 us", isMet: each < 20e-6)
  }
}

/// Does everything at once and successfully.
private struct InstantDriver: Driver {
  func perform(_ request: StepRequest) async -> StepAnswer { .succeeded(Evidence()) }

  func timeLimit(of request: StepRequest) -> Duration { .zero }

  func observe(_ request: StepRequest) async -> Finding { .done(Evidence()) }

  func sample(_ request: StepRequest) async -> WaitSample {
    // As many as the plan expects: a count that cannot be right passes no wait.
    let graph = request.graph
    let clients = graph.site(of: request.step).flatMap { graph.plan.sites[$0].clients?.value } ?? 1
    return .counted(
      AdoptionCount(
        counted: clients, adopted: clients, pendingOnline: 0, pendingOffline: 0, stale: 0,
        excluded: 0))
  }

  func instructions(for request: StepRequest) -> [String] { [] }

  func attend(_ request: StepRequest) async -> Attendance {
    .approved(OperatorWord(by: "bench", note: nil))
  }

  func stragglers(_ request: StepRequest, limit: Int) async -> Stragglers { Stragglers() }

  func truth() async -> EstateTruth? { nil }
}

/// A journal that only counts, so that nothing is measured but the engine; there is no mailbox.
final class CountingJournal: Journal {
  private let events = Mutex(0)

  /// How many events there were.
  var count: Int { events.withLock { $0 } }

  func append(_ events: [RunEvent], answering requests: [Int64]) {
    self.events.withLock { $0 += events.count }
  }

  func requests() -> [OperatorRequest] { [] }

  func renewLease() {}

  func holdLease(for duration: Duration) {}
}
