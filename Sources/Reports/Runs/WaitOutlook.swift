import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// A wait at some instant: the figures, which way they go, and when it may pass.
///
/// When it may pass is forecast with the counts (`docs/PROCEDURE.md`, "Forecasts"). Where none was made, the trend of the last
/// two conclusive polls is all there is: adoption slows towards its end, so what is computed from it is a least time, and is
/// said so.
struct WaitOutlook {
  /// When the wait may pass.
  enum Forecast: Equatable {
    /// The thresholds hold; it passes then if they go on to.
    case passes(Instant)

    /// Then, more or less, as the count at that time had it.
    case expected(WaitForecast.Ends, madeAt: Instant)

    /// Not before; how many hours were watched is too few to say more.
    case tooLittleHistory(notBefore: Instant, hours: Int)

    /// Not before; clients do not come back as they used to, or as was forecast, since then.
    case notTrusted(since: Instant, notBefore: Instant)

    /// Not before, if adoption goes on as it does now.
    case notBefore(Instant)

    /// Nothing moves, or nothing was counted yet.
    case unknown
  }

  let step: Int
  let id: String
  let startedAt: Instant
  let policy: WaitPolicy
  let count: AdoptionCount?
  let denominator: Int
  let share: Share?
  /// Counted clients that still have to adopt before the plan's share is reached.
  let missing: Int
  let cohortsBehind: [CohortBehind]
  /// Clients a day between the last two conclusive polls; nil before the second.
  let trendPerDay: Double?
  let forecast: Forecast
  /// The last forecast as it stands in the journal, and the time of its count.
  let made: (forecast: WaitForecast, at: Instant)?
  let deadline: Instant
  /// Whether the deadline is over and the wait holds for an operator.
  let isHeld: Bool
  let inconclusiveReason: String?
  let lastPolledAt: Instant?
  let lastCountedAt: Instant?
  let nextPoll: Instant
  /// What the conclusive polls showed over time.
  let curve: WaitCurve

  /// The outlook of a wait step at `now`; nil where the step is no wait under way.
  init?(_ step: Int, in state: RunState, at now: Instant) {
    guard state.steps[step].phase == .waiting, let progress = state.waits[step],
      let policy = state.policy(of: step)
    else { return nil }
    self.step = step
    id = state.graph.id(of: step)
    startedAt = progress.startedAt
    self.policy = policy
    count = progress.lastCount
    denominator = progress.denominator
    share = progress.share
    let behind = progress.lastCount?.cohortsBehind(policy) ?? []
    cohortsBehind = behind
    missing = Self.missing(
      progress.lastCount?.adopted ?? 0, of: progress.denominator, policy.adopted.value)
    trendPerDay = Self.trend(progress)
    deadline = progress.deadline(policy)
    isHeld = progress.verdict(at: now, policy: policy) == .held
    inconclusiveReason = progress.inconclusiveReason
    lastPolledAt = progress.lastPolledAt
    lastCountedAt = progress.lastCountedAt
    nextPoll = progress.nextPoll(policy)
    made = progress.forecast.flatMap { forecast in progress.forecastAt.map { (forecast, $0) } }
    curve = progress.curve
    if let passing = progress.earliestPassing(policy) {
      forecast = .passes(passing)
    } else if let made {
      forecast = Self.forecast(made.forecast, made.at, progress, policy, now)
    } else if let days = Self.daysToThresholds(progress, missing, behind, trendPerDay),
      let countedAt = progress.lastCountedAt
    {
      let reached = countedAt + .seconds(min(days, 36_500) * 86_400)
      forecast = .notBefore(
        max(max(reached, now) + policy.holdFor.value, progress.startedAt + policy.minimum.value))
    } else {
      forecast = .unknown
    }
  }

  private static func forecast(
    _ made: WaitForecast, _ at: Instant, _ progress: WaitProgress, _ policy: WaitPolicy,
    _ now: Instant
  ) -> Forecast {
    let notBefore = max(made.notBefore, now + policy.holdFor.value)
    if let since = progress.distrustedSince {
      return .notTrusted(since: since, notBefore: notBefore)
    }
    guard let ends = made.ends else {
      return .tooLittleHistory(notBefore: notBefore, hours: made.historyHours)
    }
    return .expected(ends, madeAt: at)
  }

  private static func missing(_ adopted: Int, of denominator: Int, _ share: Share) -> Int {
    let needed = (Double(denominator) * Double(share.millionths) / 1_000_000).rounded(.up)
    return max(0, Int(needed) - adopted)
  }

  private static func trend(_ progress: WaitProgress) -> Double? {
    guard let last = progress.lastCount, let previous = progress.previousCount,
      let lastAt = progress.lastCountedAt, let previousAt = progress.previousCountedAt,
      lastAt > previousAt
    else { return nil }
    let days = Double(lastAt.milliseconds - previousAt.milliseconds) / 86_400_000
    return Double(last.adopted - previous.adopted) / days
  }

  /// The days from the last count until the share and every cohort are reached at the present pace; a
  /// cohort moves at least as slowly as its part of all that is missing.
  private static func daysToThresholds(
    _ progress: WaitProgress, _ missing: Int, _ behind: [CohortBehind], _ perDay: Double?
  ) -> Double? {
    guard let perDay, perDay > 0 else { return nil }
    let ofCohorts = behind.map { Self.missing($0.adopted, of: $0.counted, $0.required) }.max() ?? 0
    return Double(max(missing, ofCohorts)) / perDay
  }

  /// How many clients are stuck, where they are more than may be: the last forecast counted them.
  var stuck: Int? {
    guard let stuck = made?.forecast.stuck,
      stuck > WaitForecast.toleratedStuck(of: denominator)
    else { return nil }
    return stuck
  }

  /// The earliest instant at which the plan lets it pass, whatever the share.
  var minimumEnds: Instant { startedAt + policy.minimum.value }

  /// Whether the last count is older than two polls take.
  func isStale(at now: Instant) -> Bool {
    now - (lastCountedAt ?? startedAt) > policy.every.value + policy.every.value
  }

  /// `counted 12m ago`, `not counted for 3h`.
  func ageWords(at now: Instant) -> String {
    guard let lastCountedAt else {
      return "not counted for \(Wording.duration(now - startedAt))"
    }
    return "counted \(Wording.duration(now - lastCountedAt)) ago"
  }

  /// Whether the deadline is over or nearer than two days.
  func isDeadlineNear(at now: Instant) -> Bool { deadline - now < .days(2) }

  /// `97.1%`, or `not counted` before the first conclusive poll.
  var shareWords: String { share.map(Wording.percent) ?? "not counted" }

  /// `4,078 of 4,200`.
  var figureWords: String {
    "\(Wording.number(min(count?.adopted ?? 0, denominator))) of \(Wording.number(denominator))"
  }

  /// `+312/day`, `+40/h`, `no change`; nil before there is a trend.
  var trendWords: String? {
    guard let trendPerDay, trendPerDay.magnitude < 1e12 else { return nil }
    let perHour = trendPerDay / 24
    if perHour.magnitude >= 10 { return "\(Self.signed(perHour))/h" }
    let text = Self.signed(trendPerDay)
    return text == "0" ? "no change" : "\(text)/day"
  }

  private static func signed(_ value: Double) -> String {
    let whole = Int(value.rounded())
    return whole > 0 ? "+\(Wording.number(whole))" : Wording.number(whole)
  }

  /// `5h left`, `≥ 2d 4h`, `held for an operator`; nil where nothing can be said.
  func leftWords(at now: Instant, _ layout: TextLayout) -> String? {
    if isHeld { return "past its deadline" }
    switch forecast {
    case .passes(let instant):
      return instant <= now ? "due" : "\(Wording.duration(instant - now)) left"
    case .expected(let ends, _):
      guard let median = ends.median else { return "no end in sight" }
      let late = ends.late.map { "to \(Wording.duration($0 - now))" } ?? "or longer"
      let early = ends.early.map { Wording.duration($0 - now) } ?? Wording.duration(median - now)
      return ends.early == ends.late
        ? "\(Wording.duration(median - now)) left"
        : "\(layout.sign("≈", "~")) \(Wording.duration(median - now)) (\(early) \(late))"
    case .notBefore(let instant), .tooLittleHistory(let instant, _), .notTrusted(_, let instant):
      return "\(layout.sign("≥", ">=")) \(Wording.duration(instant - now))"
    case .unknown:
      guard minimumEnds > now else { return nil }
      return "\(layout.sign("≥", ">=")) \(Wording.duration(minimumEnds - now))"
    }
  }

  /// `deadline in 1d 3h`, `deadline 3h ago`.
  func deadlineWords(at now: Instant) -> String {
    deadline > now
      ? "deadline in \(Wording.duration(deadline - now))"
      : "deadline \(Wording.duration(now - deadline)) ago"
  }

  /// What the forecast means, in a sentence.
  func forecastSentence(at now: Instant) -> String {
    switch forecast {
    case .expected(let ends, let madeAt): return ends.words(madeAt, policy, at: now)
    case .tooLittleHistory(let notBefore, let hours):
      return
        "Too little history: contacts were watched for \(Wording.duration(.hours(hours))), seven days are needed. "
        + "It passes no earlier than \(Wording.minute(notBefore)). `waltz observe` watches before a rotation."
    case .notTrusted(let since, let notBefore):
      let why =
        made?.forecast.absentSince == nil
        ? "the forecasts of this wait were wrong more often than right"
        : "far fewer clients come back than in the weeks before, as in a company holiday"
      return "Not trusted since \(Wording.minute(since)): \(why). It passes no earlier than "
        + "\(Wording.minute(notBefore))."
    case .passes(let instant) where instant <= now:
      return "It passes with the next conclusive poll if the share holds."
    case .passes(let instant):
      return
        "It passes at \(Wording.minute(instant)), in \(Wording.duration(instant - now)), if the "
        + "share holds."
    case .notBefore(let instant):
      return "At the present pace it passes no earlier than \(Wording.minute(instant)), in "
        + "\(Wording.duration(instant - now)); the last clients are always slower."
    case .unknown:
      let floor =
        minimumEnds > now
        ? " The plan lets it pass no earlier than \(Wording.minute(minimumEnds))." : ""
      if count == nil { return "No forecast yet: nothing was counted yet." + floor }
      return trendPerDay == nil
        ? "After the next count a forecast is possible." + floor
        : "No forecast yet: no client adopted the change between the last two counts." + floor
    }
  }
}

extension WaitForecast.Ends {
  /// When a wait ends, in sentences.
  fileprivate func words(_ madeAt: Instant, _ policy: WaitPolicy, at now: Instant) -> String {
    let chance =
      "Its deadline is met in \(Wording.percent(meetsDeadline)) of the cases\(afterwards)."
    let made = " Forecast \(Wording.duration(now - madeAt)) ago."
    guard let median else {
      return "It does not pass by itself in the weeks to come, in most cases. " + chance + made
    }
    let between =
      early == late
      ? ""
      : ", in four of five cases between \(early.map(Wording.minute) ?? "now") and "
        + "\(late.map(Wording.minute) ?? "never")"
    return
      "It passes about \(Wording.minute(median)), in \(Wording.duration(median - now))\(between). "
      + chance + made
  }

  private var afterwards: String {
    leavesBehind.map { ", and \(Wording.count($0, "client")) will not have adopted when it passes" }
      ?? ""
  }
}
