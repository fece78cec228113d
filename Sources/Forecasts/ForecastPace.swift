package import PlanModel
import PlanText
package import RotationEngine

/// At which counts of a wait a forecast is made. Decided by times alone, so that a restart neither repeats nor forgets one.
package struct ForecastPace: Sendable, Equatable {
  /// The time between two forecasts of a wait.
  package let pause: Duration

  /// Every so often.
  package init(every pause: Duration) { self.pause = pause }

  /// Whether the count at this time makes one: the first of a wait, and the first after each pause.
  package func isDue(at now: Instant, startedAt: Instant, policy: WaitPolicy) -> Bool {
    let elapsed = max(now - startedAt, .zero)
    let before = elapsed - policy.every.value
    guard before >= .zero else { return true }
    return elapsed.milliseconds / pause.milliseconds != before.milliseconds / pause.milliseconds
  }
}

extension AdoptionCount {
  /// Whether the thresholds of a policy are reached: what is left to wait for is time, and needs no forecast.
  package func reaches(_ policy: WaitPolicy) -> Bool {
    policy.adopted.value.isReached(by: adopted, of: counted) && reachesCohorts(of: policy)
  }
}
