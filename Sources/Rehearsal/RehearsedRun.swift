import RotationEngine
import RotationGraph
import RunStore
import Runs

/// A run whose executors are other processes, followed by its journal.
struct RehearsedRun: Sendable {
  /// The run as it was first seen.
  let archive: RunArchive

  /// Where it stands.
  private(set) var state: RunState

  private let store: any Store

  /// The only run of a store; nil while there is none.
  ///
  /// - Throws: `RunError`, `StateError`
  init?(in store: any Store) async throws {
    guard let entry = try await store.runs().first else { return nil }
    archive = try await RunArchive(entry.id, in: store)
    state = RunState(graph: archive.graph.graph)
    self.store = store
  }

  /// Takes in what came since the last time.
  ///
  /// - Parameter observe: Is told each event, with the state after it.
  /// - Throws: `StateError`, and what makes an event unreadable
  mutating func follow(_ observe: (RunEvent, RunState) -> Void) async throws {
    let (codec, next) = (archive.codec, state.lastSequence + 1)
    var events: [RunEvent] = []
    try await store.readEvents(of: archive.id, from: next) {
      events.append(try codec.decode($0.bytes))
    }
    for event in events {
      try state.apply(event)
      observe(event, state)
    }
  }
}
