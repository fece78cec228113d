/// The time of the machine.
package struct SystemClock: RunClock {
  private let readTime: @Sendable () -> Instant

  /// A clock that reads the time from `readTime`.
  package init(readTime: @escaping @Sendable () -> Instant) {
    self.readTime = readTime
  }

  package var isSimulated: Bool { false }

  package func now() -> Instant { readTime() }

  package func sleep(until instant: Instant, rank: Int) async {
    // A machine may sleep or its clock be set: look again at least every minute.
    while !Task.isCancelled, now() < instant {
      let pause = min(max(instant - now(), .milliseconds(1)), .seconds(60))
      // Cancellation ends the pause; the loop then ends by itself.
      try? await Task.sleep(for: pause)
    }
  }

  package func awaiting(children: Int) {}

  package func arriving() {}
}
