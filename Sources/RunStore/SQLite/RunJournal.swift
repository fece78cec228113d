internal import GRDB
package import RotationEngine
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The journal of one run, written by the holder of its lease.
///
/// After an error it takes no more events: a write that failed is never tried again on the same open
/// file, since the system may have dropped what it could not write. Open the state anew and resume.
package final class RunJournal: HeldJournal {
  /// The run's id.
  package let run: String

  private let file: StateFile
  private let lease: Lease
  private let encode: @Sendable (RunEvent) -> EncodedEvent

  /// What changes with each call. Calls come from one task; the lock makes that a fact.
  private let state: Mutex<State>

  private struct State {
    var chain: HashChain
    var count: Int
    var failure: JournalError?
    var dataVersion: Int64?
    var leaseVersion: Int64?
    var ownPosts = 0
    var pending: [OperatorRequest] = []
    /// The last request that was marked as taken up; ids grow.
    var lastTaken: Int64 = 0
  }

  /// The journal of the run that `lease` is for.
  ///
  /// - Throws: ``StateError``, `JournalError` of kind `leaseLost` where somebody took the run meanwhile
  package init(
    file: StateFile, lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent
  ) throws {
    self.file = file
    self.lease = lease
    self.encode = encode
    run = lease.run
    let end = try file.read { try StoredEnd(of: lease, in: file, $0) }
    guard end.isHeld(under: lease) else {
      throw try file.read { try end.lost(lease, in: file, $0) }
    }
    state = Mutex(State(chain: HashChain(hash: end.hash), count: end.count))
  }

  /// The number of events in the journal.
  package var count: Int { state.withLock(\.count) }

  /// The hash of the last event, in hexadecimal.
  package var headHash: String { state.withLock { HashChain.hexadecimal($0.chain.hash) } }

  package func append(_ events: [RunEvent], answering requests: [Int64]) throws {
    try append(events.map(encode), answering: requests)
  }

  /// Appends events that are encoded already.
  ///
  /// - Throws: ``JournalError``
  package func append(_ events: [EncodedEvent], answering requests: [Int64]) throws {
    guard !events.isEmpty || !requests.isEmpty else { return }
    let moment = lease.holder.moment()
    try attempt { state in
      var expected = state.count
      for event in events {
        expected += 1
        guard event.sequence == expected, expected <= StateFormat.maximumSequence else {
          throw StateError(
            .defect, "Event \(event.sequence) does not follow event \(expected - 1) of run \(run).")
        }
        try event.checkAttachments()
      }
      let renews = lease.watch.isDue(at: moment)
      let chain = try file.write { database in
        try checkHead(state, in: database)
        return try record(
          events, after: state.chain, answering: requests, renewing: renews ? moment : nil,
          in: database)
      }
      state.chain = chain
      state.count = expected
      if renews { lease.watch.renewed(at: moment) }
      file.memory.remember(
        HeadMemory.Head(count: expected, hash: HashChain.hexadecimal(chain.hash)),
        of: lease.number)
      if !requests.isEmpty { state.pending.removeAll { requests.contains($0.id) } }
    }
  }

  package func requests() throws -> [OperatorRequest] {
    try attempt { state in
      let posts = file.ownPosts.load(ordering: .sequentiallyConsistent)
      try file.unlocked { database in
        let version = try Self.dataVersion(in: database)
        if version == state.dataVersion, posts == state.ownPosts { return }
        state.pending = try file.requests(of: lease.number, in: database).map(\.request)
        state.dataVersion = version
        state.ownPosts = posts
      }
      if state.pending.contains(where: { $0.id > state.lastTaken }) { try takeUp(&state) }
      return state.pending
    }
  }

  /// Marks the requests as taken up under this lease, so that nobody takes one back while it is answered.
  private func takeUp(_ state: inout State) throws {
    state.pending = try file.write { database in
      try checkHead(state, in: database)
      try database.cachedStatement(
        sql: """
          UPDATE requests SET taken = ? WHERE run = ? AND answered IS NULL AND withdrawn IS NULL
          """
      ).execute(arguments: [lease.epoch, lease.number])
      return try file.requests(of: lease.number, in: database).map(\.request)
    }
    state.lastTaken = state.pending.last?.id ?? state.lastTaken
  }

  package func renewLease() throws { try keepLease(at: lease.holder.moment()) }

  package func holdLease(for duration: Duration) throws {
    let moment = lease.holder.moment()
    let isShort = !lease.watch.covers(duration)
    if isShort { lease.watch.want(duration, at: moment) }
    try keepLease(at: moment, renewing: isShort)
  }

  /// Renews the lease where that is due, and finds out in any case whether it was lost.
  private func keepLease(at moment: LeaseMoment, renewing: Bool = false) throws {
    try attempt { state in
      if renewing || lease.watch.isDue(at: moment) {
        try file.write { database in
          try checkHead(state, in: database)
          try renew(moment, in: database)
        }
        lease.watch.renewed(at: moment)
      } else {
        // Nobody else wrote since the last look: nobody can have taken the lease.
        try file.unlocked { database in
          let version = try Self.dataVersion(in: database)
          if version == state.leaseVersion { return }
          try checkHead(state, in: database)
          state.leaseVersion = version
        }
      }
    }
  }

  /// Gives the lease back, so that the next executor need not wait. The journal takes no more events.
  ///
  /// - Throws: ``JournalError``
  package func release() throws {
    try attempt { state in
      try file.write { database in
        try database.execute(
          sql: "UPDATE leases SET token = NULL WHERE run = ? AND epoch = ? AND token = ?",
          arguments: [lease.number, lease.epoch, Data(lease.token)])
      }
      state.failure = JournalError(.leaseLost, "The lease of run \(run) was given back.")
    }
  }

  private func attempt<Result: Sendable>(
    _ body: (inout State) throws -> Result
  ) throws -> Result {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      do {
        return try body(&state)
      } catch let error as JournalError {
        state.failure = error
        throw error
      } catch let error as StateError {
        let failure = JournalError(.storage, error.message)
        state.failure = failure
        throw failure
      }
    }
  }

  private static func dataVersion(in database: Database) throws -> Int64 {
    try Int64.fetchOne(database.cachedStatement(sql: "PRAGMA data_version")) ?? 0
  }

  /// Holds the file against what this journal knows: the lease and the end of the chain.
  private func checkHead(_ state: State, in database: Database) throws {
    let end = try StoredEnd(of: lease, in: file, database)
    guard end.isHeld(under: lease) else { throw try end.lost(lease, in: file, database) }
    try StateError.refuseEnded(run, end.lastType, file.commands)
    guard end.count == state.count, end.hash == state.chain.hash else {
      throw StateError(
        .corrupt,
        StateError.corruption(
          file.path,
          "the end of run \(run) changed while Waltz held it (`\(file.commands.of(run).verify)`)"))
    }
  }

  private func record(
    _ events: [EncodedEvent], after chain: HashChain, answering requests: [Int64],
    renewing moment: LeaseMoment?, in database: Database
  ) throws -> HashChain {
    var chain = chain
    let insert = try database.cachedStatement(
      sql: """
        INSERT INTO events (id, at, type, step, attempt, bytes, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for event in events {
      chain.append(event.bytes)
      try insert.execute(arguments: [
        StateFormat.key(run: lease.number, sequence: event.sequence), event.at, event.type,
        event.step, event.attempt, Data(event.bytes), Data(chain.hash),
      ])
      for attachment in event.attachments { try keep(attachment, of: event, in: database) }
    }
    if let last = events.last {
      try database.cachedStatement(
        sql: "UPDATE heads SET count = ?, hash = ?, last_type = ?, last_at = ? WHERE run = ?"
      ).execute(arguments: [
        last.sequence, Data(chain.hash), last.type, last.at, lease.number,
      ])
      switch RunEntry.standing(last.type) {
      case .succeeded, .aborted: try SiteClaims.free(run: lease.number, in: database)
      case .unfinished, .failed: break
      }
    }
    if !requests.isEmpty {
      let answer = try database.cachedStatement(
        sql: """
          UPDATE requests SET answered = (SELECT count FROM heads WHERE run = ?1)
          WHERE run = ?1 AND id = ?2
          """)
      for request in requests { try answer.execute(arguments: [lease.number, request]) }
    }
    if let moment { try renew(moment, in: database) }
    return chain
  }

  /// Bytes that an earlier event attached are there already.
  private func keep(
    _ attachment: Attachment, of event: EncodedEvent, in database: Database
  ) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO attachments (run, digest, event, bytes) VALUES (?, ?, ?, ?)
        ON CONFLICT (run, digest) DO NOTHING
        """
    ).execute(arguments: [
      lease.number, attachment.digest, event.sequence, Data(attachment.bytes),
    ])
  }

  private func renew(_ moment: LeaseMoment, in database: Database) throws {
    let end = lease.watch.end(ofRenewalAt: moment)
    try database.cachedStatement(
      sql: "UPDATE leases SET renewed = ?, expires = ?, expires_uptime = ? WHERE run = ?"
    ).execute(arguments: [
      moment.time.milliseconds, end.time.milliseconds, end.storedUptime, lease.number,
    ])
  }
}

/// The end of a run's chain as it stands in the file, and under which lease it is written.
private struct StoredEnd {
  let count: Int
  let hash: [UInt8]
  let lastType: String?
  private let epoch: Int
  private let token: Data?

  init(of lease: Lease, in file: StateFile, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT heads.count, heads.hash, leases.epoch, leases.token, heads.last_type
        FROM heads JOIN leases ON leases.run = heads.run WHERE heads.run = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [lease.number]) else {
      throw StateError(.corrupt, StateError.corruption(file.path, "run \(lease.run) has no head"))
    }
    count = try row.required(0, in: 0...StateFormat.maximumSequence)
    hash = try row.bytes(1)
    epoch = try row.required(2)
    token = try row.optional(3)
    lastType = try row.optional(4)
  }

  func isHeld(under lease: Lease) -> Bool { epoch == lease.epoch && token == Data(lease.token) }

  func lost(_ lease: Lease, in file: StateFile, _ database: Database) throws -> JournalError {
    let other = try LeaseTerm.row(of: lease.number, hasUptime: true, in: database)?.term.holderName
    return .leaseLost(lease.run, to: other ?? "another", file.commands)
  }
}
