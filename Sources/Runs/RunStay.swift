package import RotationEngine
import RotationGraph
import RunStore

/// One executor's stay at a run whose lease it holds.
package struct RunStay: Sendable {
  /// The run as it was taken up.
  package let archive: RunArchive

  private let desk: RunDesk
  private let lease: Lease

  /// What is recorded when the run starts; nil for one that is taken up, which may have started before.
  private let provenance: RunProvenance?

  init(_ lease: Lease, at desk: RunDesk, provenance: RunProvenance? = nil) async throws {
    self.desk = desk
    self.provenance = provenance
    self.lease = lease
    archive = try await RunArchive(lease.run, in: desk.store)
  }

  /// Drives the run until it ends or rests, then gives the lease back.
  ///
  /// - Parameters:
  ///   - until: How long to stay.
  ///   - controls: What reaches the run from outside.
  ///   - crash: Ends the process as hard as a machine without power; called where the scenario of a
  ///     simulated run wants it.
  ///   - alive: Called whenever the executor's loop has just kept the lease.
  ///   - observe: Called with each event once it is durable, and the state after its turn.
  /// - Returns: How the stay ended, and the state then.
  /// - Throws: ``RunError``, `EstateLogError`, `StateError`, `JournalError`
  package func drive(
    until: Scheduler.Options.Until,
    controls: AsyncStream<Executor.Control> = AsyncStream { $0.finish() },
    crash: @escaping @Sendable () -> Void = {},
    alive: @escaping @Sendable () -> Void = {},
    observe: @escaping @Sendable (RunEvent, RunState) -> Void = { _, _ in }
  ) async throws -> (end: RunEnd, state: RunState) {
    let codec = archive.codec
    let journal = try await desk.store.journal(holding: lease, encode: codec.encodeToKeep)
    let kind: any WorldKind
    let opened: OpenedWorld
    do {
      kind = try desk.kind(of: archive)
      if let surplus = try kind.surplus(over: archive), try await !isAdopted {
        throw RunError.setBack(surplus, archive.id, desk.store.commands)
      }
      opened = try await kind.open(
        archive, holding: lease, through: journal, skipsAhead: until == .waiting)
    } catch {
      // Nothing was done: whoever can open the world need not wait for the lease to run out.
      try? await journal.release()
      throw error
    }
    let keeper = FoldKeeper(archive, journal, desk.folds)
    let executor = Executor(run: archive.id, world: opened.world, journal: journal) {
      event, state in
      observe(event, state)
      keeper.take(event, state)
      if event.sequence == opened.crashAtEvent { crash() }
    }
    do {
      let result = try await executor.execute(
        from: archive.state, beginning(seed: opened.seed),
        options: .init(
          until: until, restsAtHeldWaits: opened.world.clock.isSimulated,
          recountsGates: !opened.world.clock.isSimulated,
          looksBefore: !opened.world.clock.isSimulated),
        controls: controls, alive: alive)
      kind.tidyUp(after: archive, result.state)
      keeper.keep(result.state)
      try await journal.release()
      await opened.close()
      return result
    } catch {
      await opened.close()
      throw error
    }
  }

  /// Some of the run's durable events, the first of them at least.
  ///
  /// - Parameter sequences: The numbers of those that are wanted.
  /// - Returns: As many as are read at once.
  /// - Throws: `StateError`
  package func events(_ sequences: ClosedRange<Int>) async throws -> [EncodedEvent] {
    try await desk.store.events(
      of: archive.id, from: sequences.lowerBound, limit: min(sequences.count, 1_024))
  }

  /// Whether the run is about to be told that its journal was adopted.
  private var isAdopted: Bool {
    get async throws {
      try await desk.store.pendingRequests(of: archive.id).contains { $0.request.verb == .adopt }
    }
  }

  private func beginning(seed: Int64?) -> Executor.Beginning {
    guard archive.state.lastSequence == 0 else { return .resume(by: desk.user) }
    return .start(
      RunStart(
        plan: archive.record.contents.plan, digest: archive.graph.digest, by: desk.user, seed: seed,
        provenance: provenance))
  }
}
