package import PlanModel
import PlanText

/// What the polls of one wait have shown so far; computed from journalled times alone, so that a
/// restart never resets a clock (`docs/PROCEDURE.md`, "Waits").
package struct WaitProgress: Sendable, Equatable {
  /// What is to be done about a wait at some instant.
  package enum Verdict: Sendable, Equatable {
    /// Go on polling.
    case goOn

    /// It has passed.
    case passed(WaitPassing)

    /// Its deadline is over and the operator must decide; polling goes on.
    case held

    /// Its deadline is over and the plan wants it to fail.
    case failed
  }

  /// When the wait began.
  package let startedAt: Instant

  /// The clients counted by the first conclusive poll: the frozen denominator.
  package internal(set) var frozen: Int?

  /// The last conclusive poll.
  package internal(set) var lastCount: AdoptionCount?

  /// The conclusive poll before it, for the trend.
  package internal(set) var previousCount: AdoptionCount?

  /// When the last poll was made, conclusive or not.
  package internal(set) var lastPolledAt: Instant?

  /// When the last conclusive poll was made.
  package internal(set) var lastCountedAt: Instant?

  /// When the conclusive poll before it was made.
  package internal(set) var previousCountedAt: Instant?

  /// Why the last poll was inconclusive; nil after a conclusive one.
  package internal(set) var inconclusiveReason: String?

  /// Since when all thresholds hold without a break; nil while they do not.
  package internal(set) var firstTrueAt: Instant?

  /// What the conclusive polls showed over time.
  package internal(set) var curve = WaitCurve()

  /// The last forecast of its end, and the time of the count that had it.
  package internal(set) var forecast: WaitForecast?
  package internal(set) var forecastAt: Instant?

  /// What became of the forecasts so far.
  package internal(set) var forecastRecord = ForecastRecord()

  init(startedAt: Instant) {
    self.startedAt = startedAt
  }

  /// Since when nothing can be concluded from how clients used to come back: they come back far less, or the forecasts of
  /// this wait were wrong more often than right. Nil while they can be trusted.
  package var distrustedSince: Instant? {
    guard let absent = forecast?.absentSince, let bad = forecastRecord.badSince else {
      return forecast?.absentSince ?? forecastRecord.badSince
    }
    return min(absent, bad)
  }

  /// The clients that count: the frozen denominator with joins and without explained removals; never
  /// fewer than the last poll saw.
  package var denominator: Int {
    guard let lastCount, let frozen else { return 0 }
    return lastCount.denominator(frozen: frozen)
  }

  /// The share that has adopted; nil before the first conclusive poll.
  package var share: Share? {
    lastCount.map { Share(min($0.adopted, denominator), of: denominator) }
  }

  mutating func add(_ sample: WaitSample, at instant: Instant, policy: WaitPolicy) {
    lastPolledAt = instant
    switch sample {
    case .inconclusive(let reason):
      inconclusiveReason = reason
    case .counted(let count):
      inconclusiveReason = nil
      if frozen == nil { frozen = count.counted }
      (previousCount, previousCountedAt) = (lastCount, lastCountedAt)
      (lastCount, lastCountedAt) = (count, instant)
      let counted = denominator
      curve.add(
        WaitCurve.Point(at: instant, adopted: min(count.adopted, counted), counted: counted))
      forecastRecord.add(
        adopted: count.adopted, at: instant, next: count.forecast?.ends?.tomorrow)
      if let made = count.forecast { (forecast, forecastAt) = (made, instant) }
      if thresholdsHold(policy) {
        if firstTrueAt == nil { firstTrueAt = instant }
      } else {
        firstTrueAt = nil
      }
    }
  }

  /// Whether the last conclusive poll reached the share of the plan and of every cohort.
  package func thresholdsHold(_ policy: WaitPolicy) -> Bool {
    guard let lastCount else { return false }
    return policy.adopted.value.isReached(by: lastCount.adopted, of: denominator)
      && lastCount.reachesCohorts(of: policy)
  }

  /// What the polls so far mean at `instant`.
  package func verdict(at instant: Instant, policy: WaitPolicy) -> Verdict {
    if let passing = passing(at: instant, policy: policy) { return .passed(passing) }
    guard instant >= deadline(policy) else { return .goOn }
    switch policy.onDeadline.value {
    case .hold: return .held
    case .fail: return .failed
    case .proceed:
      guard let lastCount, let floor = policy.floor, inconclusiveReason == nil,
        floor.value.isReached(by: lastCount.adopted, of: denominator),
        lastCount.reachesCohorts(of: policy)
      else { return .held }
      return .passed(
        WaitPassing(ground: .deadline, counted: denominator, adopted: lastCount.adopted))
    }
  }

  /// When the deadline is.
  package func deadline(_ policy: WaitPolicy) -> Instant { startedAt + policy.deadline.value }

  /// The first instant at which the wait could pass if nothing changed; nil while thresholds do not
  /// hold.
  package func earliestPassing(_ policy: WaitPolicy) -> Instant? {
    firstTrueAt.map { max($0 + policy.holdFor.value, startedAt + policy.minimum.value) }
  }

  /// When the next poll is due: at the pace of the plan, or sooner where the wait could pass sooner.
  package func nextPoll(_ policy: WaitPolicy) -> Instant {
    guard let lastPolledAt else { return startedAt }
    let regular = lastPolledAt + policy.every.value
    guard let passing = earliestPassing(policy), passing > lastPolledAt else { return regular }
    return min(regular, passing)
  }

  /// A conclusive poll at `instant` after everything held long enough.
  private func passing(at instant: Instant, policy: WaitPolicy) -> WaitPassing? {
    guard let lastCount, let firstTrueAt, lastCountedAt == instant,
      instant - startedAt >= policy.minimum.value, instant - firstTrueAt >= policy.holdFor.value
    else { return nil }
    return WaitPassing(ground: .thresholds, counted: denominator, adopted: lastCount.adopted)
  }
}

extension AdoptionCount {
  /// The clients that count where `frozen` were counted at first: with joins and without explained
  /// removals, and never fewer than this count saw.
  package func denominator(frozen: Int) -> Int { max(counted, frozen + joined - removed) }

  /// Whether every cohort of the policy has its own share; a cohort that was not counted has not.
  package func reachesCohorts(of policy: WaitPolicy) -> Bool {
    policy.cohorts.allSatisfy { cohort in
      guard let count = cohorts.first(where: { $0.name == cohort.name.value }) else { return false }
      return cohort.adopted.value.isReached(by: count.adopted, of: count.counted)
    }
  }
}
