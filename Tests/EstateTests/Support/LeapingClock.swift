import RotationEngine
import Synchronization

/// Simulated time that is wherever a sleeper wants it to be, for calls to a driver without an executor.
final class LeapingClock: RunClock {
  let isSimulated = true
  private let instant: Mutex<Instant>

  init(at instant: Instant) { self.instant = Mutex(instant) }

  func now() -> Instant { instant.withLock { $0 } }

  func sleep(until instant: Instant, rank: Int) async {
    self.instant.withLock { $0 = max($0, instant) }
  }

  func awaiting(children: Int) {}
  func arriving() {}
}
