package import RotationEngine

/// Who takes a lease, and what it needs to know of the world.
package struct LeaseHolder: Sendable {
  /// The process.
  package let identity: ProcessIdentity

  /// Whether another process of the same boot lives.
  package let isAlive: @Sendable (ProcessIdentity) -> Bool

  /// Real time; never the run's clock, which may be simulated.
  package let now: @Sendable () -> Instant

  /// How long the machine has been up, its suspensions included, by a clock that nobody sets.
  package let uptime: @Sendable () -> Duration

  /// A holder.
  package init(
    identity: ProcessIdentity,
    isAlive: @escaping @Sendable (ProcessIdentity) -> Bool = ProcessIdentity.isAlive,
    uptime: @escaping @Sendable () -> Duration,
    now: @escaping @Sendable () -> Instant
  ) {
    self.identity = identity
    self.isAlive = isAlive
    self.uptime = uptime
    self.now = now
  }

  /// Both clocks. What follows happens later, so a lease that is counted from here ends no later than
  /// others think.
  func moment() -> LeaseMoment { LeaseMoment(time: now(), uptime: uptime()) }
}

/// One moment by the two clocks that leases are measured with.
struct LeaseMoment: Sendable, Equatable {
  /// Real time, which means the same on every machine and may be set.
  let time: Instant

  /// What the machine's uptime was: nobody sets it, and it means nothing elsewhere or after a restart.
  let uptime: Duration

  /// The uptime as it is stored, in milliseconds.
  var storedUptime: Int64 {
    let (seconds, attoseconds) = uptime.components
    return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
  }

  static func + (moment: LeaseMoment, duration: Duration) -> LeaseMoment {
    LeaseMoment(time: moment.time + duration, uptime: moment.uptime + duration)
  }
}
