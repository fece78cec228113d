import Foundation

/// Measures Waltz and prints a table of times and ratios.
///
///     waltz-bench WALTZ SCRATCH      everything; SCRATCH holds yamlscan, sqliteappend, and shared.pem with its
///                                    key in shared.key, a certificate for *.example.net
///     waltz-bench engine             what a step costs, in this process
///     waltz-bench plan SERVERS       a plan with so many servers, on standard output
///     waltz-bench simulate           six weeks of two sites with 100,000 clients, in this process
///     waltz-bench calibrate SEEDS    forecasts against what came, in kinds of estates, each from so many seeds
///     waltz-bench census URL CA USER PASSWORD PAGE
///                                    the computers of a site over HTTPS; CA and PASSWORD are files
@main
struct WaltzBench {
  static func main() async {
    do {
      try await run()
    } catch {
      FileHandle.standardError.write(Data("waltz-bench: \(error)\n".utf8))
      exit(3)
    }
  }

  private static func run() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "census", arguments.count == 6, let pageSize = Int(arguments[5]) {
      return try await CensusBenchmark.run(
        url: arguments[1], authorities: arguments[2], username: arguments[3],
        password: arguments[4], pageSize: pageSize)
    }
    switch (arguments.first, arguments.dropFirst().first) {
    case ("plan", let servers?):
      print(PlanWriter.estate(servers: Int(servers) ?? 1_000), terminator: "")
    case ("engine", nil):
      var table = Table()
      try await EngineBenchmark.run(CompileBenchmark.run(into: &table), into: &table)
      table.finish()
    case ("calibrate", let seeds?):
      let kind = arguments.count > 2 ? arguments[2] : nil
      guard try await Calibration.run(seeds: Int(seeds) ?? 200, only: kind) else {
        throw BenchmarkError("Forecasts do not keep what they say.")
      }
    case ("simulate", nil):
      print(try await SimulationBenchmark.simulate())
    case (let waltz?, let scratch?):
      try await measure(waltz: waltz, scratch: scratch)
    default:
      print(
        "usage: waltz-bench WALTZ SCRATCH | plan SERVERS | engine | simulate | calibrate SEEDS | census …"
      )
    }
  }

  private static func measure(waltz: String, scratch: String) async throws {
    var table = Table()
    // First, while this process is small: a child's peak of memory counts from that of its parent.
    try SimulationBenchmark.run(waltz: waltz, scratch: scratch, into: &table)
    try ValidateBenchmark.run(waltz: waltz, scratch: scratch, into: &table)
    try JournalBenchmark.run(scratch: scratch, into: &table)
    let graph = try CompileBenchmark.run(into: &table)
    try await EngineBenchmark.run(graph, into: &table)
    table.finish()
  }
}
