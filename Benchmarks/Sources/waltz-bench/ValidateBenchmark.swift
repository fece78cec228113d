/// `waltz plan validate` against libyaml's scan of the same bytes, both in time of the processor.
enum ValidateBenchmark {
  static func run(waltz: String, scratch: String, into table: inout Table) throws {
    var start = Double.infinity
    for _ in 0..<10 {
      let execution = try Execution(waltz, ["--version"], scratch: scratch)
      start = min(start, execution.processorSeconds)
    }
    for servers in [1_000, 10_000] {
      try measure(
        "plan validate, \(servers) servers", PlanWriter.estate(servers: servers),
        ["--no-files"], atMost: servers == 10_000 ? 4 : nil, start, waltz, scratch, into: &table)
    }
    try measure(
      "plan validate, 10000 servers and the file they share",
      PlanWriter.estate(servers: 10_000, certificates: .shared), [], atMost: 6, start, waltz,
      scratch, into: &table)
  }

  private static func measure(
    _ what: String, _ plan: String, _ options: [String], atMost target: Double?, _ start: Double,
    _ waltz: String, _ scratch: String, into table: inout Table
  ) throws {
    let path = scratch + "/estate.yaml"
    try write(plan, to: path)
    var best = Double.infinity
    for _ in 0..<7 {
      let execution = try Execution(
        waltz, ["plan", "validate"] + options + [path], scratch: scratch)
      guard execution.status == 0 else { return table.failure(what, execution.complaint) }
      best = min(best, execution.processorSeconds)
    }
    let scan = try Execution(scratch + "/yamlscan", [path, "7"], scratch: scratch)
    guard let nanoseconds = Double(scan.output.split(separator: "\n").first ?? "") else {
      return table.failure(what, scan.complaint)
    }
    // Process start is granted on top of the scans, not several times.
    let floor = nanoseconds / 1e9
    table.row(
      what, best, against: "libyaml \(Table.time(floor)), start \(Table.time(start))",
      ratio: max(best - start, 0) / floor, atMost: target)
  }
}
