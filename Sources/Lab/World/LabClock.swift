import RotationEngine

/// The lab's virtual time: a pure function of the real time since it was last set, and of the speed.
struct LabClock: Sendable {
  private var base: Instant

  /// The machine's uptime at which it was ``base``.
  private var since: Duration

  /// How many virtual seconds a real one is; 0 stands still.
  private(set) var speed: Int

  init(at instant: Instant, uptime: Duration, speed: Int) {
    base = instant
    since = uptime
    self.speed = speed
  }

  /// The virtual time at an uptime of the machine.
  func now(at uptime: Duration) -> Instant {
    // Milliseconds first: a year of uptime at the highest speed still fits.
    base + .milliseconds(max((uptime - since).wholeMilliseconds, 0) * Int64(speed))
  }

  /// Goes on with another speed.
  mutating func setSpeed(_ speed: Int, at uptime: Duration) {
    self = LabClock(at: now(at: uptime), uptime: uptime, speed: speed)
  }

  /// Goes on from an instant; one in the past changes nothing.
  mutating func advance(to instant: Instant, at uptime: Duration) {
    self = LabClock(at: max(now(at: uptime), instant), uptime: uptime, speed: speed)
  }

  /// The real time until virtual time has gone on by `duration`; nil where it stands still.
  func realTime(for duration: Duration) -> Duration? {
    speed > 0 ? .milliseconds(duration.wholeMilliseconds / Int64(speed) + 1) : nil
  }
}

extension Duration {
  /// Whole milliseconds, rounded down.
  var wholeMilliseconds: Int64 {
    components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
  }
}
