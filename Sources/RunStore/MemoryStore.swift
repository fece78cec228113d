package import RotationEngine
internal import Synchronization

/// A store that forgets at the end of the process; for tests and forecasts.
package final class MemoryStore: Store {
  struct Run {
    let record: RunRecord
    /// The hash that the chain starts with.
    let start: [UInt8]
    var events: [StoredEvent] = []
    var lease: (term: LeaseTerm, token: [UInt8], isFree: Bool)?
    var holdsSites = true
    var requests: [Request] = []
    var attachments: [String: (bytes: [UInt8], event: Int)] = [:]

    /// One request of the mailbox, whatever became of it.
    struct Request {
      let request: OperatorRequest
      let postedAt: Instant
      /// The epoch of the lease under which it was taken up.
      var taken: Int?
      var isAnswered = false
      var withdrawal: (by: String, at: Instant)?

      var isPending: Bool { !isAnswered && withdrawal == nil }
    }

    var hash: [UInt8] { events.last?.hash ?? start }
    var lastType: String? { events.last?.event.type }

    /// The lease that nobody has given back or taken away.
    var held: LeaseTerm? { lease.flatMap { $0.isFree ? nil : $0.term } }

    var entry: RunEntry {
      RunEntry(
        id: record.id, plan: record.contents.plan, digest: record.contents.digest,
        createdAt: record.createdAt, world: record.contents.world.kind,
        eventCount: events.count, headHash: HashChain.hexadecimal(hash), lastType: lastType,
        lastAt: events.last.map { Instant(milliseconds: $0.event.at) },
        lease: held)
    }

    /// What waits in the mailbox.
    var pending: [PostedRequest] {
      requests.filter(\.isPending).map {
        PostedRequest(
          $0.request, postedAt: $0.postedAt, isTaken: held != nil && $0.taken == held?.epoch)
      }
    }

    /// Who is at work; nil where nobody is.
    func executor(seenBy holder: LeaseHolder) -> String? {
      held?.executor(seenBy: holder)
    }

    mutating func takeLease(
      number: Int64, holder: LeaseHolder, _ commands: StateCommands
    ) throws -> Lease {
      let moment = holder.moment()
      if let held,
        let refusal = Lease.refusal(
          of: held, holder: holder, at: moment, run: record.id, commands)
      {
        throw refusal
      }
      let epoch = (lease?.term.epoch ?? 0) + 1
      let token = HashChain.nonce()
      let watch = LeaseWatch(holder, takenAt: moment)
      let end = watch.end(ofRenewalAt: moment)
      let term = LeaseTerm(
        identity: holder.identity, epoch: epoch, acquiredAt: moment.time, renewedAt: moment.time,
        expiresAt: end.time, expiresAtUptime: end.uptime)
      lease = (term, token, false)
      return Lease(
        run: record.id, epoch: epoch, watch: watch, number: number, token: token, holder: holder)
    }
  }

  struct Ledger {
    var bytes: [UInt8]?
    var claimant: String?
    var claimedUntil: Instant?
  }

  struct Contents {
    /// By number, from 1.
    var runs: [Run] = []
    var nextRequest: Int64 = 1
    /// By destination.
    var ledgers: [String: Ledger] = [:]

    let commands: StateCommands

    /// Throws where a lease is not the one of its run any more.
    func check(_ lease: Lease) throws(JournalError) {
      let current = runs[Int(lease.number)].lease
      guard let current, current.token == lease.token, !current.isFree else {
        throw .leaseLost(lease.run, to: current?.term.holderName ?? "another", commands)
      }
    }

    /// Puts a request into the mailbox of a run.
    @discardableResult
    mutating func post(
      _ verb: OperatorRequest.Verb, step: String?, word: OperatorWord, to run: Int, at now: Instant
    ) -> Int64 {
      let id = nextRequest
      nextRequest += 1
      runs[run].requests.append(
        Run.Request(
          request: OperatorRequest(id: id, verb: verb, step: step, word: word), postedAt: now))
      return id
    }

    func number(of id: String) throws -> Int {
      guard let number = runs.firstIndex(where: { $0.record.id == id }) else {
        throw StateError.unknown(id, commands)
      }
      return number
    }
  }

  /// Protects everything; one call holds it for one transaction.
  let contents: Mutex<Contents>

  package let place = "this process"

  package let commands: StateCommands

  /// An empty store, whose runs the commands reach.
  package init(commands: StateCommands = StateCommands()) {
    self.commands = commands
    contents = Mutex(Contents(commands: commands))
  }

  package func createRun(_ new: NewRun, holder: LeaseHolder) throws -> Lease {
    try contents.withLock { contents in
      let ordinal =
        contents.runs.count { $0.record.contents.plan == new.plan } + 1
      let made = new.sortingSites()
      let record = RunRecord(
        id: "\(new.plan)-\(ordinal)", contents: made, formatVersion: StateFormat.version,
        createdAt: holder.now(), lineage: HashChain.hexadecimal(HashChain.nonce()))
      for site in made.sites {
        let rival = contents.runs.first { run in
          run.holdsSites && run.record.contents.world.isReal == new.world.isReal
            && run.record.contents.sites.contains(site)
        }
        if let rival {
          throw StateError.siteHeld(
            site, by: rival.record.id, lastType: rival.lastType,
            executor: rival.executor(seenBy: holder), commands)
        }
      }
      var run = Run(record: record, start: HashChain(header: record.header).hash)
      let lease = try run.takeLease(
        number: Int64(contents.runs.count), holder: holder, commands)
      contents.runs.append(run)
      return lease
    }
  }

  package func acquireLease(of run: String, holder: LeaseHolder) throws -> Lease {
    try contents.withLock { contents in
      let number = try contents.number(of: run)
      try StateError.refuseEnded(run, contents.runs[number].lastType, commands)
      return try contents.runs[number].takeLease(
        number: Int64(number), holder: holder, commands)
    }
  }

  package func unlock(_ run: String, epoch: Int, word: OperatorWord, at now: Instant) throws {
    try contents.withLock { contents in
      let number = try contents.number(of: run)
      try StateError.refuseEnded(run, contents.runs[number].lastType, commands)
      guard let term = contents.runs[number].held, term.epoch == epoch else {
        throw StateError.noSuchLease(epoch, of: run, contents.runs[number].held, commands)
      }
      contents.runs[number].lease?.isFree = true
      contents.post(.unlock, step: nil, word: word, to: number, at: now)
    }
  }

  package func journal(
    holding lease: Lease, encode: @escaping @Sendable (RunEvent) -> EncodedEvent
  ) throws -> any HeldJournal {
    try contents.withLock { contents in
      let run = contents.runs[try contents.number(of: lease.run)]
      try contents.check(lease)
      return MemoryStoreJournal(
        store: self, lease: lease, encode: encode, count: run.events.count, hash: run.hash)
    }
  }

  package func run(_ id: String) throws -> RunRecord { try look(id) { $0.record } }

  package func runs() -> [RunEntry] {
    contents.withLock { $0.runs.reversed().map(\.entry) }
  }

  package func entry(of id: String) throws -> RunEntry { try look(id) { $0.entry } }

  package func events(of run: String, from sequence: Int, limit: Int) throws -> [EncodedEvent] {
    try look(run) { $0.events.dropFirst(max(sequence, 1) - 1).prefix(limit).map(\.event) }
  }

  package func post(
    _ verb: OperatorRequest.Verb, step: String?, word: OperatorWord, to run: String, at now: Instant
  ) throws -> Int64 {
    try contents.withLock { contents in
      let number = try contents.number(of: run)
      try StateError.refuseEnded(run, contents.runs[number].lastType, commands)
      return contents.post(verb, step: step, word: word, to: number, at: now)
    }
  }

  package func pendingRequests(of run: String) throws -> [PostedRequest] {
    try look(run) { $0.pending }
  }

  package func withdraw(
    _ request: Int64, from run: String, by holder: LeaseHolder
  ) throws -> PostedRequest {
    let moment = holder.moment()
    return try contents.withLock { contents in
      let number = try contents.number(of: run)
      let row = contents.runs[number].requests.firstIndex { $0.request.id == request }
      guard let row else { throw StateError.noSuchRequest(request, of: run, commands) }
      if let withdrawal = contents.runs[number].requests[row].withdrawal {
        throw StateError.requestWithdrawn(request, by: withdrawal.by, at: withdrawal.at)
      }
      let waiting = contents.runs[number].pending.first { $0.request.id == request }
      guard let waiting else { throw StateError.requestAnswered(request, of: run, commands) }
      if waiting.isTaken, let term = contents.runs[number].lease?.term {
        guard Lease.refusal(of: term, holder: holder, at: moment, run: run, commands) == nil else {
          throw StateError.requestTaken(request, by: term.holderName, of: run, commands)
        }
        contents.runs[number].lease?.isFree = true
      }
      contents.runs[number].requests[row].withdrawal = (holder.identity.user, moment.time)
      return waiting
    }
  }

  package func attachment(_ digest: String, of run: String, limit: Int) throws -> [UInt8]? {
    guard let bytes = try look(run, { $0.attachments[digest]?.bytes }) else { return nil }
    guard bytes.count <= limit else {
      throw StateError.tooLarge(digest, size: bytes.count, limit: limit)
    }
    return bytes
  }

  package func position(ofHead head: String, in run: String) throws -> Int? {
    let hash = head.lowercased()
    return try look(run) { run in
      if HashChain.hexadecimal(run.start) == hash { return 0 }
      return run.events.first { HashChain.hexadecimal($0.hash) == hash }?.event.sequence
    }
  }

  package func head(of run: String, at sequence: Int) throws -> String? {
    try look(run) { run in
      if sequence == 0 { return HashChain.hexadecimal(run.start) }
      guard run.events.indices.contains(sequence - 1) else { return nil }
      return HashChain.hexadecimal(run.events[sequence - 1].hash)
    }
  }

  package func verify(_ run: String) throws -> Verification {
    try look(run) { run in
      if let alteration = run.record.alteration(start: run.start) { return .altered(alteration) }
      var walk = ChainWalk(chain: HashChain(header: run.record.header))
      for stored in run.events {
        if let alteration = walk.take(stored) { return .altered(alteration) }
      }
      for (digest, kept) in run.attachments {
        if let alteration = walk.references.take(digest, kept.bytes, at: kept.event) {
          return .altered(alteration)
        }
      }
      if let alteration = walk.references.missing { return .altered(alteration) }
      return .intact(
        events: run.events.count, head: HashChain.hexadecimal(run.hash))
    }
  }

  func look<Result>(
    _ id: String, _ body: (Run) throws -> sending Result
  ) throws -> sending Result {
    try contents.withLock { try body($0.runs[try $0.number(of: id)]) }
  }

  /// Changes the run that a lease is for, as long as it is the lease of the run.
  func change(
    _ lease: Lease, _ body: (inout Run) throws -> Void
  ) throws {
    try contents.withLock { contents in
      let number = Int(lease.number)
      try contents.check(lease)
      try StateError.refuseEnded(lease.run, contents.runs[number].lastType, commands)
      try body(&contents.runs[number])
    }
  }

  /// Gives a lease back.
  func release(_ lease: Lease) {
    contents.withLock { contents in
      let number = Int(lease.number)
      guard contents.runs[number].lease?.token == lease.token else { return }
      contents.runs[number].lease?.isFree = true
    }
  }
}
