import NIOCore

/// The pace of all requests to one server: hand the same one to every client of it, in all tasks
/// (`docs/SEPM.md`, "Limits").
package actor RequestPace {
  private var bucket: TokenBucket

  /// A pace; half of the usual throttle unless said otherwise, so that consoles and other programs have room too.
  ///
  /// - Parameters:
  ///   - perMinute: how many requests go in a minute, in the long run.
  ///   - burst: how many go at once after a pause.
  package init(perMinute: Int = 25, burst: Int = 20) {
    bucket = TokenBucket(perMinute: perMinute, burst: burst)
  }

  /// Waits for the turn of one request.
  func turn() async throws(CancellationError) {
    var due = bucket.reserve(at: now)
    while due > now {
      do {
        try await Task.sleep(for: .milliseconds(due - now))
      } catch {
        throw CancellationError()
      }
      due = bucket.delayed(due)
    }
  }

  /// Lets nothing go for a time: the server throttles.
  func hold(for time: Duration) {
    bucket.hold(until: now + Int64(time / .milliseconds(1)))
  }

  private var now: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }
}
