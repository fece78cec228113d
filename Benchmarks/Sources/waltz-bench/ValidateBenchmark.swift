/// `waltz plan validate` against libyaml's scan of the same bytes, both in time of the processor.
enum ValidateBenchmark {
  static func run(waltz: String, scratch: String, into table: inout Table) throws {
    var start = Double.infinity
    for _ in 0..<10 {
      let execution = try Execution(waltz, ["--version"], scratch: scratch)
      start = min(start, execution.processorSeconds)
    }
    for servers in [1_000, 10_000] {
      let what = "plan validate, \(servers) servers"
      let path = scratch + "/estate-of-\(servers).yaml"
      try write(PlanWriter.estate(servers: servers), to: path)
      var best = Double.infinity
      for _ in 0..<7 {
        let execution = try Execution(
          waltz, ["plan", "validate", "--no-files", path], scratch: scratch)
        guard execution.status == 0 else {
          table.failure(what, execution.complaint)
          best = .infinity
          break
        }
        best = min(best, execution.processorSeconds)
      }
      guard best.isFinite else { continue }
      let scan = try Execution(scratch + "/yamlscan", [path, "7"], scratch: scratch)
      guard let nanoseconds = Double(scan.output.split(separator: "\n").first ?? "") else {
        table.failure(what, scan.complaint)
        continue
      }
      // Process start is granted on top of the five scans, not five times.
      let floor = nanoseconds / 1e9
      table.row(
        what, best,
        against: "libyaml \(Table.time(floor)), start \(Table.time(start))",
        ratio: max(best - start, 0) / floor, atMost: servers == 10_000 ? 5 : nil)
    }
  }
}
