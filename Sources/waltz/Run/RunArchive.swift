import RotationEngine
import RotationGraph
import RunStore

/// A stored run, read back: its record, its graph and the fold of its journal.
struct RunArchive {
  let record: RunRecord
  let graph: SealedGraph
  let codec: EventCodec
  let state: RunState

  var id: String { record.id }

  /// Reads a run.
  ///
  /// - Throws: ``CommandError`` where what is stored can not be read.
  init(_ id: String, in file: StateFile) throws {
    record = try file.run(id)
    do {
      graph = try SealedGraph(canonicalBytes: record.contents.graph)
    } catch {
      throw CommandError(
        .environment,
        "The graph of \(id) can not be read: \(error). `waltz verify \(id)` tells what was altered."
      )
    }
    codec = EventCodec(run: id, graph: graph.graph)
    var state = RunState(graph: graph.graph)
    let codec = codec
    try file.forEachEvent(of: id) { encoded in
      do {
        try state.apply(try codec.decode(encoded.bytes))
      } catch {
        throw CommandError(
          .environment,
          "Event \(encoded.sequence) of \(id) can not be read: \(error). "
            + "`waltz verify \(id)` tells what was altered.")
      }
      return true
    }
    self.state = state
  }
}
