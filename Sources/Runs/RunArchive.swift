package import RotationEngine
package import RotationGraph
package import RunStore

/// A stored run, read back: its record, its graph and the fold of its journal.
package struct RunArchive: Sendable {
  /// What was stored when it was made.
  package let record: RunRecord

  /// The graph that it carries out.
  package let graph: SealedGraph

  /// What its events are written with.
  package let codec: EventCodec

  /// Where it stands.
  package private(set) var state: RunState

  /// The chain over what was folded.
  private var chain: JournalChain

  /// `NAME-N`.
  package var id: String { record.id }

  /// The hash of the chain over what was folded, in hexadecimal.
  package var head: String { chain.head }

  /// Where relative paths of the plan start, as the user wrote it; nil where the plan came from no file.
  var planFolder: String? {
    let path = record.contents.planPath
    guard path != "-" else { return nil }
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// Reads a run and folds its whole journal.
  ///
  /// - Throws: ``RunError`` of kind `unreadable`, `StateError`
  package init(_ id: String, in store: any Store) async throws {
    try await self.init(beginning: id, in: store)
    try await follow(in: store)
  }

  /// Reads a run for who only looks at it: begins with what is kept of its fold where the journal has the same chain up to
  /// there, and keeps what was long to fold.
  ///
  /// - Throws: As ``init(_:in:)``
  init(_ id: String, in store: any Store, from shelf: FoldShelf) async throws {
    try await self.init(beginning: id, in: store)
    let untouched = self
    await take(shelf.fold(of: id), in: store)
    let first = state.lastSequence
    do {
      try await follow(in: store)
    } catch  where first > 0 {
      // A fold that the events do not follow from was none of this journal.
      self = untouched
      try await follow(in: store)
    }
    let isLong = state.lastSequence - first >= Self.longFold
    guard isLong || first == 0 && state.status.isEnded else { return }
    // What the events came to, and not what stands beside them.
    if try await store.head(of: id, at: state.lastSequence) == head {
      shelf.keep(self, state, head: head)
    }
  }

  /// From how many events on it is worth to keep what they came to.
  private static let longFold = 1_024

  /// A run before its first event.
  private init(beginning id: String, in store: any Store) async throws {
    record = try await store.run(id)
    do {
      graph = try SealedGraph(canonicalBytes: record.contents.graph)
    } catch {
      throw RunError(
        .unreadable,
        "The graph of \(id) cannot be read: \(error). `\(store.commands.of(id).verify)` tells what was "
          + "altered.")
    }
    guard graph.digest == record.contents.digest else {
      throw RunError(
        .unreadable,
        "The graph of \(id) is not the one that the run was made for. `\(store.commands.of(id).verify)` "
          + "tells what was altered.")
    }
    codec = EventCodec(run: id, graph: graph.graph)
    state = RunState(graph: graph.graph)
    chain = JournalChain(of: record)
  }

  /// Goes on from a kept fold, if it is one of this journal.
  private mutating func take(_ kept: KeptFold?, in store: any Store) async {
    guard let kept, kept.digest == graph.digest, kept.sequence > 0,
      let chain = JournalChain(head: kept.head),
      (try? await store.head(of: id, at: kept.sequence)) == kept.head,
      let state = try? FoldCodec(codec, graph: graph.graph).state(kept.state),
      state.lastSequence == kept.sequence
    else { return }
    (self.state, self.chain) = (state, chain)
  }

  /// Takes in the events that came since the last one that was folded.
  ///
  /// - Parameters:
  ///   - store: The store of the run.
  ///   - body: Is told each, and the state with it.
  /// - Throws: ``RunError`` of kind `unreadable`, `StateError`
  mutating func follow(
    in store: any Store, _ body: (RunEvent, RunState) -> Void = { _, _ in }
  ) async throws {
    let (codec, commands, id) = (codec, store.commands.of(id), id)
    // The state is one in this closure alone: a copy that lived beside it would be copied with each event.
    var folded = (state: RunState(graph: graph.graph), chain: chain)
    swap(&folded.state, &state)
    defer { (state, chain) = folded }
    try await store.readEvents(of: id, from: folded.state.lastSequence + 1) { encoded in
      do {
        let event = try codec.decode(encoded.bytes)
        try folded.state.apply(event)
        folded.chain.append(encoded)
        body(event, folded.state)
      } catch {
        throw RunError(
          .unreadable,
          "Event \(encoded.sequence) of \(id) cannot be read: \(error). "
            + "`\(commands.verify)` tells what was altered.")
      }
    }
  }

  /// When the run is looked at: a run on real servers now, any other where its own time stands.
  ///
  /// - Parameter now: Real time.
  /// - Returns: The time by the run's clock.
  package func time(now: Instant) -> Instant {
    record.contents.world.isReal ? now : state.lastAt ?? now
  }
}
