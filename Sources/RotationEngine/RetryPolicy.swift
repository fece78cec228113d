/// When a failed attempt is made again.
package struct RetryPolicy: Sendable, Equatable {
  /// Attempts in all before the step counts as failed; those that a passing trouble ended do not count.
  package var attempts: Int

  /// The pause after the first failure; it doubles with each further one.
  package var firstPause: Duration

  /// The longest pause.
  package var longestPause: Duration

  /// A policy.
  package init(attempts: Int, firstPause: Duration, longestPause: Duration) {
    self.attempts = attempts
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// Ten attempts over about five hours: a SEPM that restarts, or a night's maintenance of a database,
  /// passes by itself.
  package static let standard = RetryPolicy(
    attempts: 10, firstPause: .seconds(60), longestPause: .seconds(3_600))

  /// The pause before something is asked again that had no answer for `elapsed`: as after the failures that fit into
  /// that time.
  package func pause(since elapsed: Duration, key: String) -> Duration {
    var (attempt, reach) = (1, firstPause)
    while firstPause > .zero, reach <= elapsed, longestPause > reach {
      reach *= 2
      attempt += 1
    }
    return pause(afterAttempt: attempt, key: key)
  }

  /// The pause after the failure of attempt number `attempt`, up to a quarter longer or shorter so that
  /// many steps that failed together do not come back together. The same for the same `key`.
  package func pause(afterAttempt attempt: Int, key: String) -> Duration {
    let doublings = min(max(attempt - 1, 0), 20)
    let plain = min(
      firstPause.components.seconds << Int64(doublings), longestPause.components.seconds)
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ UInt64(attempt)) &* 0x100_0000_01b3
    let milliseconds = plain * 1_000
    let spread = milliseconds / 2
    let jitter = spread > 0 ? Int64(hash >> 33) % spread - spread / 2 : 0
    return .milliseconds(milliseconds + jitter)
  }
}
