package import RotationEngine
internal import Synchronization

/// What is left of a lease, as its holder knows it: by the machine's uptime, which goes on through suspension and which
/// nobody sets, so that a process that stood still knows how long.
package final class LeaseWatch: Sendable {
  private struct Times {
    var renewed: LeaseMoment
    var end: Duration
    /// Until when effects that were begun want the lease.
    var wanted: Duration
  }

  private let holder: LeaseHolder
  private let times: Mutex<Times>

  /// A watch over a lease that is taken at `moment` or later.
  init(_ holder: LeaseHolder, takenAt moment: LeaseMoment) {
    self.holder = holder
    times = Mutex(
      Times(renewed: moment, end: moment.uptime + Lease.term, wanted: moment.uptime))
  }

  /// How long nobody else can take the run; negative once somebody may have.
  package var remaining: Duration { times.withLock { $0.end } - holder.uptime() }

  /// The right to begin effects while it lasts.
  package var permit: EffectPermit { EffectPermit { self.remaining } }

  /// Whether it is old enough to renew, or a clock was set since.
  func isDue(at moment: LeaseMoment) -> Bool {
    times.withLock { times in
      let age = moment.uptime - times.renewed.uptime
      let drift = (moment.time - times.renewed.time) - age
      return age >= Lease.renewal || abs(drift) >= .seconds(5)
    }
  }

  /// What passes at most between the hold for an effect and the look right before it.
  private static let slack: Duration = .seconds(5)

  /// Whether the lease covers an effect that begins soon.
  func covers(_ duration: Duration) -> Bool { permit.covers(duration + Self.slack) }

  /// Wants the lease for as long as an effect that begins soon after `moment` may last; it has to be renewed for that.
  func want(_ duration: Duration, at moment: LeaseMoment) {
    times.withLock {
      $0.wanted = max($0.wanted, moment.uptime + duration + EffectPermit.margin + Self.slack)
    }
  }

  /// Until when a renewal at `moment` lasts.
  func end(ofRenewalAt moment: LeaseMoment) -> LeaseMoment {
    times.withLock { moment + max(Lease.term, $0.wanted - moment.uptime) }
  }

  /// It was renewed, counted from `moment` on.
  func renewed(at moment: LeaseMoment) {
    let end = end(ofRenewalAt: moment)
    times.withLock {
      $0.renewed = moment
      $0.end = end.uptime
    }
  }
}

private func abs(_ duration: Duration) -> Duration {
  duration < .zero ? .zero - duration : duration
}
