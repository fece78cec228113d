package import RotationEngine
import RunStore

/// A run for whoever only looks at it: what is recorded, and what surrounds that.
package struct RunSight: Sendable {
  /// The run.
  package let archive: RunArchive

  /// Who works on it, what was asked of it, and which commands reach it.
  package let surroundings: RunSurroundings
}

extension RunDesk {
  /// A look at the run that a user means; see `Store.resolve`.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func look(at name: String?) async throws -> RunSight {
    try await look(at: try await store.entry(of: try await store.resolve(name)))
  }

  /// A look at all runs, the newest first.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func lookAtAll() async throws -> [RunSight] {
    var sights: [RunSight] = []
    for entry in try await store.runs() { sights.append(try await look(at: entry)) }
    return sights
  }

  /// Lease and journal are read one after the other. Where they contradict each other, because an executor came or
  /// went in between, both are read again.
  private func look(at entry: RunEntry) async throws -> RunSight {
    var entry = entry
    while true {
      let archive = try await RunArchive(entry.id, in: store)
      let executor = executor(entry.lease, hasEnded: archive.state.status.isEnded)
      let now = try await store.entry(of: entry.id)
      let isSame = now.lease?.epoch == entry.lease?.epoch && now.eventCount == entry.eventCount
      if executor == .atWork || isSame {
        return RunSight(
          archive: archive,
          surroundings: RunSurroundings(
            executor: executor, requests: try await store.pendingRequests(of: entry.id),
            commands: store.commands))
      }
      entry = now
    }
  }

  /// Nobody is missed at a run that has ended: its executor may have gone right after the last event.
  private func executor(_ lease: LeaseTerm?, hasEnded: Bool) -> RunSurroundings.Executor {
    guard let lease else { return .none }
    if lease.isAtWork(seenBy: holder) { return .atWork }
    if hasEnded { return .none }
    // A clock that was wrong then may name a time that has not come.
    return .gone(
      name: lease.holderName, since: lease.renewedAt,
      lasting: max(.zero, holder.now() - lease.renewedAt))
  }
}
