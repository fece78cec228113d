package import CanonicalJSON
package import RotationEngine

/// What a lab says of its time.
package struct LabTime: Sendable {
  /// The time there.
  package let now: Instant

  /// The machine's uptime at which it was so: the answer takes time, and at a high speed each of its milliseconds is minutes.
  let uptime: Duration

  /// How many of its seconds pass in a real one.
  package let speed: Int

  init(now: Instant, at uptime: Duration, speed: Int) {
    self.now = now
    self.uptime = uptime
    self.speed = speed
  }

  /// The time that a lab's reply tells; nil where it tells none.
  package init?(_ reply: JSONValue) {
    guard let now = reply["now"]?.string.flatMap({ Instant($0) }),
      let speed = reply["speed"]?.integer, let uptime = reply["uptimeMilliseconds"]?.integer
    else { return nil }
    self.init(now: now, at: .milliseconds(uptime), speed: Int(speed))
  }

  /// The time there at an uptime of the machine.
  package func time(at uptime: Duration) -> Instant { now + (uptime - self.uptime) * speed }
}
