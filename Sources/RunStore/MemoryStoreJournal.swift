internal import RotationEngine
internal import Synchronization

/// The journal of a run in memory.
final class MemoryStoreJournal: HeldJournal {
  private struct End {
    var count: Int
    var hash: [UInt8]
    var failure: JournalError?
  }

  private let store: MemoryStore
  private let lease: Lease
  private let encode: @Sendable (RunEvent) -> EncodedEvent
  /// What changes with each call. Calls come from one task; the lock makes that a fact.
  private let end: Mutex<End>

  init(
    store: MemoryStore, lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent,
    count: Int, hash: [UInt8]
  ) {
    self.store = store
    self.lease = lease
    self.encode = encode
    end = Mutex(End(count: count, hash: hash))
  }

  var count: Int { end.withLock(\.count) }

  var headHash: String { end.withLock { HashChain.hexadecimal($0.hash) } }

  func append(_ events: [RunEvent], answering requests: [Int64]) throws {
    try append(events.map(encode), answering: requests)
  }

  func append(_ events: [EncodedEvent], answering requests: [Int64]) throws {
    let moment = lease.holder.moment()
    try attempt { end in
      var chain = HashChain(hash: end.hash)
      var stored: [StoredEvent] = []
      for event in events {
        guard event.sequence == end.count + stored.count + 1 else {
          throw StateError(
            .defect, "Event \(event.sequence) does not follow the last of run \(lease.run).")
        }
        try event.checkAttachments()
        chain.append(event.bytes)
        stored.append(StoredEvent(event: event.withoutAttachments, hash: chain.hash))
      }
      try store.change(lease) { run in
        run.events += stored
        for event in events {
          for attachment in event.attachments where run.attachments[attachment.digest] == nil {
            run.attachments[attachment.digest] = (attachment.bytes, event.sequence)
          }
        }
        for index in run.requests.indices where requests.contains(run.requests[index].request.id) {
          run.requests[index].isAnswered = true
        }
        switch RunEntry.standing(run.lastType) {
        case .succeeded, .aborted: run.holdsSites = false
        case .unfinished, .failed: break
        }
        run.renewLease(lease, at: moment)
      }
      end.count += stored.count
      end.hash = chain.hash
    }
  }

  func requests() throws -> [OperatorRequest] {
    try attempt { _ in
      let isEmpty = try store.pendingRequests(of: lease.run).isEmpty
      if isEmpty { return [] }
      try store.change(lease) { run in
        for index in run.requests.indices where run.requests[index].isPending {
          run.requests[index].taken = lease.epoch
        }
      }
      return try store.pendingRequests(of: lease.run).map(\.request)
    }
  }

  func renewLease() throws {
    let moment = lease.holder.moment()
    try attempt { _ in try store.change(lease) { $0.renewLease(lease, at: moment) } }
  }

  func holdLease(for duration: Duration) throws {
    lease.watch.want(duration, at: lease.holder.moment())
    try renewLease()
  }

  func release() throws {
    try attempt { end in
      store.release(lease)
      end.failure = JournalError(.leaseLost, "The lease of run \(lease.run) was given back.")
    }
  }

  private func attempt<Result: Sendable>(
    _ body: (inout End) throws -> Result
  ) throws -> Result {
    try end.withLock { end in
      if let failure = end.failure { throw failure }
      do {
        return try body(&end)
      } catch {
        let failure = error as? JournalError ?? JournalError(.storage, "\(error)")
        end.failure = failure
        throw failure
      }
    }
  }
}

extension MemoryStore.Run {
  fileprivate mutating func renewLease(_ held: Lease, at moment: LeaseMoment) {
    guard let term = lease?.term else { return }
    let end = held.watch.end(ofRenewalAt: moment)
    lease?.term = LeaseTerm(
      identity: term.identity, epoch: term.epoch, acquiredAt: term.acquiredAt,
      renewedAt: moment.time, expiresAt: end.time, expiresAtUptime: end.uptime)
    held.watch.renewed(at: moment)
  }
}
