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
  package let state: RunState

  /// `NAME-N`.
  package var id: String { record.id }

  /// Where relative paths of the plan start, as the user wrote it; nil where the plan came from no file.
  var planFolder: String? {
    let path = record.contents.planPath
    guard path != "-" else { return nil }
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// Reads a run.
  ///
  /// - Throws: ``RunError`` of kind `unreadable`, `StateError`
  package init(_ id: String, in store: any Store) async throws {
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
    var state = RunState(graph: graph.graph)
    let codec = codec
    let commands = store.commands.of(id)
    try await store.readEvents(of: id) { encoded in
      do {
        try state.apply(try codec.decode(encoded.bytes))
      } catch {
        throw RunError(
          .unreadable,
          "Event \(encoded.sequence) of \(id) cannot be read: \(error). "
            + "`\(commands.verify)` tells what was altered.")
      }
    }
    self.state = state
  }

  /// When the run is looked at: a run on real servers now, any other where its own time stands.
  ///
  /// - Parameter now: Real time.
  /// - Returns: The time by the run's clock.
  package func time(now: Instant) -> Instant {
    record.contents.world.isReal ? now : state.lastAt ?? now
  }
}
