import Estate
import PlanCompiler
import PlanModel
import RotationEngine
import RotationGraph

/// Six weeks of two sites with 100,000 clients: once in memory, once as a user runs it.
enum SimulationBenchmark {
  static func run(waltz: String, scratch: String, into table: inout Table) throws {
    let what = "six weeks of 100,000 clients"
    report(
      try Execution(CommandLine.arguments[0], ["simulate"], scratch: scratch),
      as: what, &table)
    let plan = scratch + "/six-weeks.yaml"
    try write(PlanWriter.sixWeeks(), to: plan)
    report(
      try Execution(
        waltz, ["run", plan, "--simulate", "--state", scratch + "/state"], scratch: scratch),
      as: what + ", waltz run", &table)
  }

  private static func report(
    _ execution: Execution, as what: String, _ table: inout Table
  ) {
    guard execution.status == 0 else { return table.failure(what, execution.complaint) }
    table.row(
      what, Table.time(execution.seconds), target: "<= 5 s", isMet: execution.seconds <= 5)
    let megabytes = Double(execution.peakMemory) / 1e6
    table.row(
      what + ", memory", Table.number(megabytes) + " MB", target: "< 500 MB",
      isMet: megabytes < 500)
  }

  /// Runs the plan in this process and says how it ended.
  static func simulate() async throws -> String {
    let sealed = seal(lower(try CompileBenchmark.plan(PlanWriter.sixWeeks())))
    let clock = VirtualClock(start: Scenario().start)
    let driver = try SimulatedDriver(
      graph: sealed.graph, digest: sealed.digest, scenario: Scenario(), seed: 0,
      log: InMemoryEstateLog(), permit: .unlimited, clock: { _ in clock })
    let journal = CountingJournal()
    let executor = Executor(run: "six-weeks-1", world: driver, journal: journal)
    let (_, state) = try await executor.execute(
      from: RunState(graph: sealed.graph),
      .start(RunStart(plan: "six-weeks", digest: sealed.digest, by: "bench", seed: 0)))
    guard state.status == .succeeded, let start = state.startedAt, let end = state.lastAt,
      let figures = state.figures
    else { throw BenchmarkError("The simulated run ended \(state.status).") }
    let days = (end.milliseconds - start.milliseconds) / 86_400_000
    guard days >= 42, figures.clients == 100_000 else {
      throw BenchmarkError(
        "\(days) days and \(figures.clients ?? 0) clients are not what is meant.")
    }
    return "\(days) days, \(journal.count) events, \(figures.orphans ?? -1) orphans"
  }
}
