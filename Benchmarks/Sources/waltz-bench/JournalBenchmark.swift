import Foundation
import PlanCompiler
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import RunStore

/// Appends to the journal against the same rows in plain SQLite with the same pragmas.
enum JournalBenchmark {
  static func run(scratch: String, into table: inout Table) throws {
    try run(events: 100, batch: 1, scratch: scratch, into: &table)
    try run(events: 10_000, batch: 100, scratch: scratch, into: &table)
  }

  private static func run(
    events: Int, batch: Int, scratch: String, into table: inout Table
  ) throws {
    let sealed = seal(lower(try CompileBenchmark.plan(PlanWriter.estate(servers: 10))))
    let codec = EventCodec(run: "bench-1", graph: sealed.graph)
    let size = codec.encode(event(1)).bytes.count
    var ours = Double.infinity
    var raw = Double.infinity
    // In turn, so that both meet the same disk.
    for round in 0..<3 {
      let reference = try Execution(
        scratch + "/sqliteappend", [scratch, "\(events)", "\(batch)", "\(size)"], scratch: scratch)
      guard let nanoseconds = Double(reference.output.split(separator: "\n").first ?? "") else {
        table.failure("journal", reference.complaint)
        return
      }
      raw = min(raw, nanoseconds / 1e9)
      let directory = scratch + "/journal-\(batch)-\(round)"
      ours = min(ours, try append(events, batch, sealed, codec, directory: directory))
      try FileManager.default.removeItem(atPath: directory)
    }
    table.row(
      "journal, one event of \(events), \(batch) a transaction", ours / Double(events),
      against: "SQLite \(Table.time(raw / Double(events)))", ratio: ours / raw, atMost: nil)
  }

  private static func append(
    _ events: Int, _ batch: Int, _ sealed: SealedGraph, _ codec: EventCodec, directory: String
  ) throws -> Double {
    let file = try StateFile(directory: directory, access: .creating)
    defer { file.close() }
    let holder = LeaseHolder(identity: .current(user: "bench"), uptime: { .zero }) {
      Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
    let lease = try file.createRun(
      NewRun(
        plan: "bench", digest: sealed.digest, graph: sealed.canonicalBytes, planText: [],
        planPath: "bench.yaml", toolVersion: "bench", createdBy: "bench", sites: ["bench"]),
      holder: holder)
    let journal = try RunJournal(file: file, lease: lease) { codec.encode($0) }
    return try seconds {
      for first in stride(from: 1, through: events, by: batch) {
        let last = min(first + batch - 1, events)
        try journal.append((first...last).map(event), answering: [])
      }
    }
  }

  private static func event(_ sequence: Int) -> RunEvent {
    RunEvent(
      sequence: sequence, at: Instant(milliseconds: 1_767_600_000_000 + Int64(sequence)),
      kind: .stepStarted(step: 3, attempt: 1))
  }
}
