package import RotationEngine
import RunStore

extension RunDesk {
  /// Reads a run's events again, one after the other, as far as they were read into a state.
  ///
  /// - Parameters:
  ///   - archive: The run as it was read.
  ///   - take: Takes each event.
  /// - Throws: ``RunError`` of kind `unreadable`, `StateError`
  package func readHistory(
    of archive: RunArchive, _ take: (RunEvent) throws -> Void
  ) async throws {
    let commands = store.commands.of(archive.id)
    try await store.readEvents(of: archive.id) { encoded in
      guard encoded.sequence <= archive.state.lastSequence else { return }
      do {
        try take(try archive.codec.decode(encoded.bytes))
      } catch {
        throw RunError(
          .unreadable,
          "Event \(encoded.sequence) of \(archive.id) cannot be read: \(error). "
            + "`\(commands.verify)` tells what was altered.")
      }
    }
  }
}
