package import RotationEngine

/// Where runs are kept: their records, leases, claims of sites, mailboxes, journals and attachments.
///
/// Opening one is its implementation's matter. Each call is one transaction: what it changes is durable when it
/// returns, or nothing of it happened when it throws. Several processes, and several tasks of one, may use a store
/// at once; none holds anything locked between two calls. Every implementation is held to the same suite of tests.
package protocol Store: Sendable {
  /// What messages call it, such as the state directory.
  var place: String { get }

  /// The commands that reach its runs.
  var commands: StateCommands { get }

  /// Makes a run with the next number of its plan, takes its sites and its first lease, all or nothing.
  ///
  /// - Throws: ``StateError``, with ``StateError/Kind/siteHeld`` where another run has one of the sites
  func createRun(_ new: NewRun, holder: LeaseHolder) async throws -> Lease

  /// Takes the lease of a run that has not ended.
  ///
  /// - Throws: `JournalError` of kind `held` with the holder's name; ``StateError``
  func acquireLease(of run: String, holder: LeaseHolder) async throws -> Lease

  /// Takes a run from an executor that an operator believes to be gone, so that the next one need not wait; should it
  /// live, it loses its lease. The run's mailbox gets a request that records who did it.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - epoch: The epoch of the lease that the operator looked at.
  ///   - word: Who does it, and why.
  ///   - now: Real time.
  /// - Throws: ``StateError``, of kind ``StateError/Kind/noSuchLease`` where that lease is not the run's any more
  func unlock(_ run: String, epoch: Int, word: OperatorWord, at now: Instant) async throws

  /// The journal of the run that a lease of this store is for.
  ///
  /// - Parameters:
  ///   - lease: The right to write to the run.
  ///   - encode: What turns the engine's events into what is kept.
  /// - Returns: The journal, at its end.
  /// - Throws: ``StateError``
  func journal(
    holding lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent
  ) async throws -> any HeldJournal

  /// The run with this id, whole.
  ///
  /// - Throws: ``StateError``
  func run(_ id: String) async throws -> RunRecord

  /// All runs, the newest first.
  ///
  /// - Throws: ``StateError``
  func runs() async throws -> [RunEntry]

  /// What a list shows of this run.
  ///
  /// - Throws: ``StateError``
  func entry(of id: String) async throws -> RunEntry

  /// At most `limit` events of a run from `sequence` on, in their order.
  ///
  /// - Throws: ``StateError``
  func events(of run: String, from sequence: Int, limit: Int) async throws -> [EncodedEvent]

  /// Puts an operator's request into a run's mailbox, from any process and while the run goes on.
  ///
  /// - Returns: The request's id.
  /// - Throws: ``StateError``
  @discardableResult
  func post(
    _ verb: OperatorRequest.Verb, step: String?, word: OperatorWord, to run: String, at now: Instant
  ) async throws -> Int64

  /// The requests that nothing has answered and nobody withdrew, oldest first.
  ///
  /// - Throws: ``StateError``
  func pendingRequests(of run: String) async throws -> [PostedRequest]

  /// Takes a request back that no executor has taken up. One that an executor took up which is gone since, without
  /// an answer, can be taken back too; that executor records nothing any more, should it come back.
  ///
  /// - Parameters:
  ///   - request: The request's id.
  ///   - run: The run's id.
  ///   - holder: Who takes it back.
  /// - Returns: What was taken back.
  /// - Throws: ``StateError``, of kind ``StateError/Kind/noSuchRequest`` or ``StateError/Kind/requestClosed``
  @discardableResult
  func withdraw(
    _ request: Int64, from run: String, by holder: LeaseHolder
  ) async throws -> PostedRequest

  /// The bytes that events of a run refer to by this digest; nil where none do.
  ///
  /// - Parameters:
  ///   - digest: `sha256:` and 64 hexadecimal digits.
  ///   - run: The run's id.
  ///   - limit: The most bytes to read.
  /// - Returns: The bytes, which have that digest.
  /// - Throws: ``StateError``, of kind ``StateError/Kind/tooLarge`` where there are more
  func attachment(_ digest: String, of run: String, limit: Int) async throws -> [UInt8]?

  /// Where in a run's journal the chain has this hash: what somebody kept of it earlier.
  ///
  /// - Parameters:
  ///   - head: The hash in hexadecimal.
  ///   - run: The run's id.
  /// - Returns: The event whose hash it is, 0 for that of the run's facts; nil where the chain never had it.
  /// - Throws: ``StateError``
  func position(ofHead head: String, in run: String) async throws -> Int?

  /// The hash that a run's chain has at an event.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - sequence: The event; 0 for the run's facts.
  /// - Returns: The hash in hexadecimal; nil where there is no such event.
  /// - Throws: ``StateError``
  func head(of run: String, at sequence: Int) async throws -> String?

  /// What was told to a destination of news so far, as its own keeper writes it; nil where nothing was.
  ///
  /// - Throws: ``StateError``
  func ledger(of destination: String) async throws -> [UInt8]?

  /// Takes a destination's ledger, so that nobody else tells the same meanwhile.
  ///
  /// - Parameters:
  ///   - destination: The destination's name.
  ///   - claimant: What nobody else is called.
  ///   - now: Real time.
  ///   - end: Until when, should the claimant be gone then.
  /// - Returns: The claim.
  /// - Throws: ``StateError``
  func claimLedger(
    of destination: String, by claimant: String, at now: Instant, until end: Instant
  ) async throws -> LedgerClaim

  /// Keeps a ledger that was claimed.
  ///
  /// - Parameters:
  ///   - ledger: The ledger.
  ///   - destination: The destination's name.
  ///   - claimant: Who claimed it.
  ///   - end: Until when it stays claimed; nil gives it back.
  /// - Returns: Whether it was kept; false where somebody else has claimed it since.
  /// - Throws: ``StateError``
  func keepLedger(
    _ ledger: [UInt8], of destination: String, by claimant: String, until end: Instant?
  ) async throws -> Bool

  /// Checks everything that is recorded of a run: the graph against its digest, the chain of hashes over the run's
  /// facts and its events, and the attachments that the events refer to.
  ///
  /// - Throws: ``StateError`` where the record cannot be read at all
  func verify(_ run: String) async throws -> Verification
}

/// The journal of one run, for the holder of its lease.
///
/// After an error it takes no more events: a write that failed is never tried again on what is open.
package protocol HeldJournal: Journal {
  /// The number of events in it.
  var count: Int { get }

  /// The hash of the last event, in hexadecimal.
  var headHash: String { get }

  /// Appends events that are encoded already, with their attachments, and marks requests as answered.
  ///
  /// - Throws: `JournalError`
  func append(_ events: [EncodedEvent], answering requests: [Int64]) async throws

  /// Gives the lease back, so that the next executor need not wait. The journal takes no more events.
  ///
  /// - Throws: `JournalError`
  func release() async throws
}

extension Store {
  /// How many events one call reads, so that a slow reader holds up nobody.
  private var pageSize: Int { 1_024 }

  /// Hands over the events of a run in their order, from `sequence` on, those included that are appended
  /// meanwhile, until there are none.
  ///
  /// - Throws: ``StateError``, and what `body` throws
  package func readEvents(
    of run: String, from sequence: Int = 1, _ body: (EncodedEvent) throws -> Void
  ) async throws {
    var next = max(sequence, 1)
    while true {
      let page = try await events(of: run, from: next, limit: pageSize)
      for event in page { try body(event) }
      guard page.count == pageSize, let last = page.last else { return }
      next = last.sequence + 1
    }
  }
}
