/// When requests may go, so that a server never has to throttle. Instants are milliseconds of any steady clock.
///
/// A bucket of `burst` requests fills evenly. It is kept as the instant at which it would be full again.
struct TokenBucket: Equatable {
  private let interval: Int64
  private let tolerance: Int64
  private var fullAt: Int64 = .min / 2
  private var heldUntil: Int64 = .min / 2

  /// A full bucket.
  init(perMinute: Int, burst: Int) {
    interval = 60_000 / Int64(max(perMinute, 1))
    tolerance = interval * Int64(max(burst, 1) - 1)
  }

  /// Takes the place of the next request, in the order of the calls; the instant at which it may go.
  mutating func reserve(at now: Int64) -> Int64 {
    let next = max(fullAt, now)
    fullAt = next + interval
    return max(next - tolerance, heldUntil, now)
  }

  /// Lets nothing go before an instant, and afterwards one by one: the server has counted otherwise.
  mutating func hold(until instant: Int64) {
    heldUntil = max(heldUntil, instant)
    fullAt = max(fullAt, instant + tolerance)
  }

  /// The instant at which a request may go that was to go at `instant` before the bucket was held.
  func delayed(_ instant: Int64) -> Int64 { max(instant, heldUntil) }
}
