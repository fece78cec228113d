import RotationEngine
import RunStore

extension RunDesk {
  /// Hands over a run's events as JSON Lines, in pieces of about 64 KiB.
  ///
  /// - Parameters:
  ///   - name: The run; see `Store.resolve`.
  ///   - first: The first event.
  ///   - pause: How long to wait before another look, where there are no more for now and the run has
  ///     not ended; nil to come back then.
  ///   - write: Takes the lines.
  /// - Throws: `StateError`, `CancellationError`
  package func writeEvents(
    of name: String?, from first: Int, lookingAgain pause: Duration?,
    to write: ([UInt8]) -> Void
  ) async throws {
    let id = try await store.resolve(name)
    var next = first
    while true {
      var buffer: [UInt8] = []
      try await store.readEvents(of: id, from: next) { event in
        buffer += event.bytes
        buffer.append(0x0A)
        next = event.sequence + 1
        if buffer.count >= 1 << 16 {
          write(buffer)
          buffer.removeAll(keepingCapacity: true)
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
