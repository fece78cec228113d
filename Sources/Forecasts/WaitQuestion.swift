package import PlanModel
import PlanText
package import RotationEngine

/// A wait at one count, as a forecast needs it.
package struct WaitQuestion: Sendable {
  /// Clients that nothing tells apart.
  package struct Group: Sendable, Hashable {
    /// The hour of their last contact, counted from 1970.
    package var lastHour: Int64

    /// Bit n for cohort n.
    package var cohorts: UInt32

    /// A group.
    package init(lastHour: Int64, cohorts: UInt32) {
      self.lastHour = lastHour
      self.cohorts = cohorts
    }
  }

  /// The time of the count.
  package var now: Instant

  /// When the wait began.
  package var startedAt: Instant

  /// The policy of the wait.
  package var policy: WaitPolicy

  /// The clients that count, and those that have adopted.
  package var denominator: Int
  package var adopted: Int

  /// The same of each cohort, in the order of the policy.
  package var cohorts: [(counted: Int, adopted: Int)]

  /// The clients that count and have not adopted.
  package var pending: [Group: Int]

  /// How many of those that count joined since the wait began.
  package var joined: Int

  /// Those that will not by themselves, although they make contact: they count and are in no group.
  package var stuck: Int

  /// Since when the thresholds hold; nil while they do not.
  package var holdsSince: Instant?

  /// A wait at one count.
  package init(
    now: Instant, startedAt: Instant, policy: WaitPolicy, denominator: Int, adopted: Int,
    cohorts: [(counted: Int, adopted: Int)] = [], pending: [Group: Int], joined: Int = 0,
    stuck: Int = 0, holdsSince: Instant? = nil
  ) {
    self.now = now
    self.startedAt = startedAt
    self.policy = policy
    self.denominator = denominator
    self.adopted = adopted
    self.cohorts = cohorts
    self.pending = pending
    self.joined = joined
    self.stuck = stuck
    self.holdsSince = holdsSince
  }

  /// A wait at the count that was just made of it.
  ///
  /// - Parameters:
  ///   - count: The count.
  ///   - now: Its time.
  ///   - startedAt: When the wait began.
  ///   - policy: Its policy.
  ///   - pending: The clients that count and have not adopted, but for those that are stuck.
  ///   - stuck: How many those are.
  package init(
    _ count: AdoptionCount, at now: Instant, startedAt: Instant, policy: WaitPolicy,
    pending: [Group: Int], stuck: Int
  ) {
    self.init(
      now: now, startedAt: startedAt, policy: policy, denominator: count.counted,
      adopted: count.adopted, cohorts: count.cohorts.map { ($0.counted, $0.adopted) },
      pending: pending, joined: count.joined,
      stuck: stuck)
  }

  /// The first instant at which the plan lets it pass, whatever clients do.
  package var notBefore: Instant {
    max((holdsSince ?? now) + policy.holdFor.value, startedAt + policy.minimum.value)
  }

  /// For how long a machine is used, in hours: four years.
  private static let lifeOfMachine = 35_000.0

  /// A draw of how many clients join in an hour: as many as joined, and as long as little is known as many as are replaced.
  func joinRate(_ draws: inout RandomDraws) -> Double {
    let hours = Double((now - startedAt).milliseconds) / Double(ContactHours.length)
    let ofOne = Self.lifeOfMachine / Double(max(denominator, 1))
    return draws.gamma(shape: Double(joined) + 1) / (hours + ofOne)
  }

  /// Whether the thresholds hold with so many.
  func holds(adopted: Int, of denominator: Int, cohorts: [(counted: Int, adopted: Int)]) -> Bool {
    guard policy.adopted.value.isReached(by: adopted, of: denominator) else { return false }
    return zip(policy.cohorts, cohorts).allSatisfy {
      $0.adopted.value.isReached(by: $1.adopted, of: $1.counted)
    }
  }
}
