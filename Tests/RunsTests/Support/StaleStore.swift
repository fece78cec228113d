import RotationEngine
import RunStore
import Synchronization

@testable import Runs

/// A store in which a look may show a run as it was a moment ago: another process went on meanwhile.
final class StaleStore: Store {
  private let store: any Store
  private let old: Mutex<RunEntry?> = Mutex(nil)

  init(_ store: any Store) { self.store = store }

  /// Lets the next look see this.
  func show(_ entry: RunEntry) { old.withLock { $0 = entry } }

  func entry(of id: String) async throws -> RunEntry {
    let kept = old.withLock { old in
      defer { old = nil }
      return old
    }
    if let kept { return kept }
    return try await store.entry(of: id)
  }

  var place: String { store.place }
  var commands: StateCommands { store.commands }

  func createRun(_ new: NewRun, holder: LeaseHolder) async throws -> Lease {
    try await store.createRun(new, holder: holder)
  }
  func acquireLease(of run: String, holder: LeaseHolder) async throws -> Lease {
    try await store.acquireLease(of: run, holder: holder)
  }
  func unlock(_ run: String, epoch: Int, word: OperatorWord, at now: Instant) async throws {
    try await store.unlock(run, epoch: epoch, word: word, at: now)
  }
  func journal(
    holding lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent
  ) async throws -> any HeldJournal { try await store.journal(holding: lease, encode: encode) }
  func run(_ id: String) async throws -> RunRecord { try await store.run(id) }
  func runs() async throws -> [RunEntry] { try await store.runs() }
  func events(of run: String, from sequence: Int, limit: Int) async throws -> [EncodedEvent] {
    try await store.events(of: run, from: sequence, limit: limit)
  }
  func post(
    _ verb: OperatorRequest.Verb, step: String?, word: OperatorWord, to run: String, at now: Instant
  ) async throws -> Int64 { try await store.post(verb, step: step, word: word, to: run, at: now) }
  func pendingRequests(of run: String) async throws -> [PostedRequest] {
    try await store.pendingRequests(of: run)
  }
  func withdraw(
    _ request: Int64, from run: String, by holder: LeaseHolder
  ) async throws -> PostedRequest { try await store.withdraw(request, from: run, by: holder) }
  func attachment(_ digest: String, of run: String, limit: Int) async throws -> [UInt8]? {
    try await store.attachment(digest, of: run, limit: limit)
  }
  func ledger(of destination: String) async throws -> [UInt8]? {
    try await store.ledger(of: destination)
  }
  func claimLedger(
    of destination: String, by claimant: String, at now: Instant, until end: Instant
  ) async throws -> LedgerClaim {
    try await store.claimLedger(of: destination, by: claimant, at: now, until: end)
  }
  func keepLedger(
    _ ledger: [UInt8], of destination: String, by claimant: String, until end: Instant?
  ) async throws -> Bool {
    try await store.keepLedger(ledger, of: destination, by: claimant, until: end)
  }
  func position(ofHead head: String, in run: String) async throws -> Int? {
    try await store.position(ofHead: head, in: run)
  }
  func head(of run: String, at sequence: Int) async throws -> String? {
    try await store.head(of: run, at: sequence)
  }
  func verify(_ run: String) async throws -> Verification { try await store.verify(run) }
}
