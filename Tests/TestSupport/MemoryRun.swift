package import RotationEngine
package import RotationGraph
internal import RunStore

/// A run in a store of this process, with the journal that it is driven through: for tests of what needs a
/// journal and no disk.
package final class MemoryRun: Journal {
  private let store = MemoryStore()
  private let id: String
  private let codec: EventCodec
  private let journal: any HeldJournal

  /// A run of a graph, with nothing in its journal.
  package init(_ graph: StepGraph) throws {
    let identity = ProcessIdentity(
      host: "localhost", bootID: "boot", pid: 1, startTime: 1, user: "tester")
    let lease = try store.createRun(
      NewRun(
        plan: "test", digest: "", graph: [], planText: [], planPath: "", toolVersion: "",
        createdBy: "tester", sites: []),
      holder: LeaseHolder(identity: identity, uptime: { .zero }) { Instant(milliseconds: 0) })
    let codec = EventCodec(run: lease.run, graph: graph)
    id = lease.run
    self.codec = codec
    journal = try store.journal(holding: lease) { codec.encodeToKeep($0) }
  }

  /// All events so far, as they are read back.
  package var events: [RunEvent] {
    get throws {
      try store.events(of: id, from: 1, limit: .max).map { try codec.decode($0.bytes) }
    }
  }

  /// Puts a request into the mailbox.
  package func post(
    _ verb: OperatorRequest.Verb, step: String? = nil, by name: String, note: String? = nil
  ) throws {
    _ = try store.post(
      verb, step: step, word: OperatorWord(by: name, note: note), to: id,
      at: Instant(milliseconds: 0))
  }

  package func append(_ events: [RunEvent], answering requests: [Int64]) async throws {
    try await journal.append(events, answering: requests)
  }

  package func requests() async throws -> [OperatorRequest] { try await journal.requests() }

  package func renewLease() async throws { try await journal.renewLease() }

  package func holdLease(for duration: Duration) async throws {
    try await journal.holdLease(for: duration)
  }
}
