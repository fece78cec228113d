package import RotationEngine
import RunStore

extension RunDesk {
  /// Hands over a run's events, in pieces of about 64 KiB.
  ///
  /// - Parameters:
  ///   - name: The run; see `Store.resolve`.
  ///   - first: The first event.
  ///   - pause: How long to wait before another look, where there are no more for now and the run has
  ///     not ended; nil to come back then.
  ///   - write: Takes them.
  /// - Throws: `StateError`, `CancellationError`
  package func writeEvents(
    of name: String?, from first: Int, lookingAgain pause: Duration?,
    to write: ([EncodedEvent]) -> Void
  ) async throws {
    let id = try await store.resolve(name)
    var next = first
    while true {
      var (buffer, size): ([EncodedEvent], Int) = ([], 0)
      try await store.readEvents(of: id, from: next) { event in
        buffer.append(event)
        size += event.bytes.count
        next = event.sequence + 1
        if size >= 1 << 16 {
          write(buffer)
          (buffer, size) = ([], 0)
        }
      }
      write(buffer)
      let entry = try await store.entry(of: id)
      // An event that came since the last page is shown before the end.
      guard let pause, entry.standing == .unfinished || entry.eventCount >= next else { return }
      try await Task.sleep(for: pause)
    }
  }
}
