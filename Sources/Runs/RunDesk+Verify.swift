import RotationEngine
import RotationGraph
package import RunStore

extension RunDesk {
  /// Checks everything that is recorded of a run, and what its world remembers against it.
  ///
  /// - Parameter name: The run; see `Store.resolve`.
  /// - Returns: What it is called, and what was found.
  /// - Throws: `StateError` where the record cannot be read or has no such run, `EstateLogError`
  package func verify(_ name: String?) async throws -> (run: String, found: Verification) {
    let id: String
    do {
      id = try await store.resolve(name)
    } catch let error as StateError where error.kind == .noSuchRun || error.kind == .corrupt {
      // A run that is not found may be one of which a part was taken away.
      let found = try? await store.verify(name ?? "")
      guard let found, !found.isIntact else { throw error }
      return (name ?? store.place, found)
    }
    let found = try await store.verify(id)
    guard found.isIntact else { return (id, found) }
    let archive = try await RunArchive(id, in: store)
    if let alteration = try await foldAlteration(of: archive) { return (id, .altered(alteration)) }
    // What this version cannot look at, it says nothing of.
    guard let kind = try? kind(of: archive),
      let alteration = try await kind.alteration(of: archive, in: store)
    else { return (id, found) }
    return (id, .altered(alteration))
  }

  /// Holds the fold that is kept of a run against what its journal comes to.
  private func foldAlteration(of archive: RunArchive) async throws -> Alteration? {
    guard let kept = folds.fold(of: archive.id),
      try await store.head(of: archive.id, at: kept.sequence) == kept.head
    else { return nil }
    let expected: [UInt8]
    if kept.sequence == archive.state.lastSequence {
      expected = KeptFold.bytes(of: archive, archive.state, head: kept.head)
    } else {
      var state = RunState(graph: archive.graph.graph)
      for event in try await store.events(of: archive.id, from: 1, limit: kept.sequence) {
        try state.apply(try archive.codec.decode(event.bytes))
      }
      expected = KeptFold.bytes(of: archive, state, head: kept.head)
    }
    guard folds.bytes(of: archive.id) == expected else {
      return Alteration(
        kind: .fold, sequence: kept.sequence, message: folds.trouble(with: archive.id))
    }
    return nil
  }
}
