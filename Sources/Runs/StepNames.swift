import RotationEngine
import RotationGraph
package import RunStore

/// The names of runs and steps, for a shell that completes them: at once or not at all. Nothing here waits or fails.
package struct StepNames: Sendable {
  /// Which steps of a run are meant.
  package enum Kind: Sendable {
    /// Those whose gate is open.
    case gates

    /// Those that failed or are tried again.
    case failures

    /// Those in doubt.
    case doubts

    /// Those that are not done.
    case open
  }

  private let file: StateFile

  /// The names in a state file.
  package init(_ file: StateFile) {
    self.file = file
  }

  /// The runs, the newest first; those that have not ended, if `canGoOn`.
  package func runs(canGoOn: Bool = false) -> [String] {
    ((try? file.runs()) ?? []).filter {
      !canGoOn || $0.standing == .unfinished || $0.standing == .failed
    }.map(\.id)
  }

  /// The steps of a run. Where its fold is not kept, and there are too many events to read them now, those of all kinds.
  package func steps(of run: String, _ kind: Kind) -> [String] {
    guard let record = try? file.run(run),
      let graph = try? SealedGraph(canonicalBytes: record.contents.graph).graph
    else { return [] }
    let all = graph.steps.indices
    guard let state = state(of: run, graph) else { return all.map { graph.id(of: $0) } }
    return all.filter { Self.isMeant(state.steps[$0].phase, kind) }.map { graph.id(of: $0) }
  }

  /// How many events are read while somebody waits for a completion.
  private static let patience = 5_000

  private func state(of run: String, _ graph: StepGraph) -> RunState? {
    let codec = EventCodec(run: run, graph: graph)
    var state = RunState(graph: graph)
    if let kept = FoldShelf(in: file.directory).fold(of: run),
      (try? file.head(of: run, at: kept.sequence)) == kept.head,
      let folded = try? FoldCodec(codec, graph: graph).state(kept.state)
    {
      state = folded
    }
    guard let count = try? file.entry(of: run).eventCount,
      count - state.lastSequence <= Self.patience,
      let events = try? file.events(of: run, from: state.lastSequence + 1)
    else { return nil }
    for event in events {
      guard let decoded = try? codec.decode(event.bytes), (try? state.apply(decoded)) != nil else {
        return nil
      }
    }
    return state
  }

  private static func isMeant(_ phase: StepState.Phase, _ kind: Kind) -> Bool {
    switch (phase, kind) {
    case (.gateOpen, .gates), (.inDoubt, .doubts), (.failed, .failures), (.retrying, .failures):
      true
    case (.succeeded, _), (.skipped, _): false
    case (_, .open): true
    default: false
    }
  }
}
