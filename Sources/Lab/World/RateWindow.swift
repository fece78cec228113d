import RotationEngine

/// How often a server was asked within a minute of its time (`docs/SEPM.md`, "Limits").
struct RateWindow: Sendable {
  /// What `conf.properties` has where nobody changed it.
  static let threshold = 50
  static let length = Duration.seconds(60)

  private var startedAt: Instant?

  /// How many requests came since its start.
  private(set) var count = 0

  /// Counts a request.
  ///
  /// - Returns: Whether it is one too many; then the time until the next window.
  mutating func count(at now: Instant, threshold: Int) -> Duration? {
    guard let start = startedAt, now - start < Self.length, now >= start else {
      startedAt = now
      count = 1
      return nil
    }
    count += 1
    return count > threshold ? Self.length - (now - start) : nil
  }
}
