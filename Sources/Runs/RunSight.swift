package import RotationEngine
package import RunStore

/// A run for whoever only looks at it: what is recorded, and what surrounds that.
package struct RunSight: Sendable {
  /// The run.
  package fileprivate(set) var archive: RunArchive

  /// Who works on it, what was asked of it, and which commands reach it.
  package fileprivate(set) var surroundings: RunSurroundings
}

/// A run as a list shows it.
package struct ListedRun: Sendable {
  /// What the store looks up of it.
  package let entry: RunEntry

  /// What can be said without its graph.
  package let gist: RunGist

  /// Who works on it.
  package let executor: RunSurroundings.Executor
}

extension RunDesk {
  /// The folds that are kept of the runs.
  var folds: FoldShelf { FoldShelf(in: worldFolder) }

  /// A look at the run that a user means; see `Store.resolve`.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func look(at name: String?) async throws -> RunSight {
    try await look(at: try await store.entry(of: try await store.resolve(name)))
  }

  /// A look at all runs, or at those that are wanted, the newest first. The others cost nothing.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func lookAtAll(
    where isWanted: (RunEntry) -> Bool = { _ in true }
  ) async throws -> [RunSight] {
    var sights: [RunSight] = []
    for entry in try await store.runs() where isWanted(entry) {
      sights.append(try await look(at: entry))
    }
    return sights
  }

  /// All runs for a list, the newest first. A run whose fold is kept up to its last event is not even opened.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func list() async throws -> [ListedRun] {
    var runs: [ListedRun] = []
    for entry in try await store.runs() {
      if let kept = folds.fold(of: entry.id), kept.sequence == entry.eventCount,
        kept.head == entry.headHash, kept.digest == entry.digest
      {
        let executor = entry.executor(seenBy: holder, hasEnded: kept.gist.status.isEnded)
        runs.append(ListedRun(entry: entry, gist: kept.gist, executor: executor))
      } else {
        let sight = try await look(at: entry)
        let state = sight.archive.state
        let gist = RunGist(state, at: state.lastAt ?? Instant(milliseconds: 0))
        runs.append(
          ListedRun(entry: entry, gist: gist, executor: sight.surroundings.executor))
      }
    }
    return runs
  }

  private func look(at entry: RunEntry) async throws -> RunSight {
    var sight = RunSight(
      archive: try await RunArchive(entry.id, in: store, from: folds),
      surroundings: RunSurroundings(commands: store.commands))
    try await settle(&sight, entry)
    return sight
  }

  /// Lease and journal are read one after the other. Where they contradict each other, because an executor came or
  /// went in between, both are read again.
  fileprivate func settle(
    _ sight: inout RunSight, _ entry: RunEntry, _ body: (RunEvent, RunState) -> Void = { _, _ in }
  ) async throws {
    var entry = entry
    while true {
      let executor = entry.executor(
        seenBy: holder, hasEnded: sight.archive.state.status.isEnded)
      let now = try await store.entry(of: entry.id)
      let isSame = now.lease?.epoch == entry.lease?.epoch && now.eventCount == entry.eventCount
      if executor == .atWork || isSame {
        sight.surroundings.executor = executor
        sight.surroundings.holder = entry.lease.map {
          RunSurroundings.Holder(name: $0.holderName, renewedAt: $0.renewedAt)
        }
        sight.surroundings.requests = try await store.pendingRequests(of: entry.id)
        return
      }
      entry = now
      try await sight.archive.follow(in: store, body)
    }
  }
}

/// One run that is looked at again and again: each look reads what came since the one before.
package struct RunWatch: Sendable {
  private let desk: RunDesk

  /// The run as the last look saw it.
  package private(set) var sight: RunSight

  /// A watch of the run that a user means; see `Store.resolve`.
  ///
  /// - Throws: ``RunError``, `StateError`
  package init(_ name: String?, at desk: RunDesk) async throws {
    self.desk = desk
    sight = try await desk.look(at: name)
  }

  /// Looks again.
  ///
  /// - Parameter body: Is told each event that came since, and the state with it.
  /// - Throws: ``RunError``, `StateError`
  package mutating func look(_ body: (RunEvent, RunState) -> Void = { _, _ in }) async throws {
    let entry = try await desk.store.entry(of: sight.archive.id)
    let seen = sight.archive.state.lastSequence
    if entry.eventCount < seen || entry.eventCount == seen && entry.headHash != sight.archive.head {
      // Another journal took its place.
      sight = try await desk.look(at: sight.archive.id)
      return
    }
    if entry.eventCount > seen { try await sight.archive.follow(in: desk.store, body) }
    try await desk.settle(&sight, entry, body)
  }

  /// The last events, oldest first, with at most so many of them.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func lastEvents(_ count: Int) async throws -> [RunEvent] {
    let archive = sight.archive
    let first = max(archive.state.lastSequence - count, 0) + 1
    return try await desk.store.events(of: archive.id, from: first, limit: count)
      .map { try archive.codec.decode($0.bytes) }
  }
}
