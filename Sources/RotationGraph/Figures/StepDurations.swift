public import PlanModel
import PlanText

/// How long the steps of a plan are taken to last. What an action takes by itself stands in the table of
/// the procedure, ``Action/work``; all other assumptions stand here.
///
/// A reviewer compares two plans with them and an administrator books a change window; they are no
/// forecast of one estate, which `waltz plan forecast` makes from its clients. A step lasts as long as its
/// channel takes to begin (a person has to be found) and its action to be carried out. A failed attempt,
/// a held wait and weekends are not counted.
public struct StepDurations: Sendable {
  /// What is likely, and what is the longest before somebody is asked.
  public struct Estimate: Sendable, Equatable {
    /// The duration that is likely.
    public var expected: Duration

    /// The longest that the plan allows, never less than ``expected``.
    public var worst: Duration

    /// Both durations; `worst` is at least `expected`.
    public init(expected: Duration, worst: Duration) {
      self.expected = expected
      self.worst = max(expected, worst)
    }
  }

  /// Until a person takes up a gate: within the hour in working time, at worst on the next day.
  public static let gateAnswer = Estimate(expected: .hours(1), worst: .hours(24))

  /// Shares of the counted clients and when they are likely to have come by: a fleet of office desktops
  /// and laptops with a long tail (`docs/SEPM.md`, "How soon clients come": desktops 85–95 % in a day
  /// and 98 % in a week, laptops 70–80 % and 92–95 %, and up to 3 % that never return).
  public static let adoption: [(upTo: Share, after: Duration)] = [
    (.percent(80), .days(1)), (.percent(90), .days(3)), (.percent(95), .days(7)),
    (.percent(100), .days(14)),
  ]

  /// Servers and domain controllers are always on: one or two heartbeats, of which a day is the longest
  /// that the vendor advises (`docs/SEPM.md`, "Heartbeat").
  public static let serverAdoption: Duration = .days(1)

  /// No sum of durations grows beyond this, whatever a graph from elsewhere says.
  static let limit: Int64 = 1_000 * 365 * 86_400_000

  /// What each action takes by itself, by its position; made once, since every step of a plan is asked.
  private static let work = Action.allCases.map { action in
    Milliseconds(Estimate(expected: action.work.expected, worst: action.work.worst))
  }

  private static let answer = Milliseconds(gateAnswer)

  private let waits: [WaitKind: Milliseconds]
  private let shortestWaits: [WaitKind: Int64]
  private let rules: RuleTable

  /// The durations of the steps of `plan`.
  public init(_ plan: RotationPlan) {
    waits = Dictionary(
      uniqueKeysWithValues: WaitKind.allCases.map {
        ($0, Milliseconds(Self.wait(plan.waits[$0])))
      })
    shortestWaits = Dictionary(
      uniqueKeysWithValues: WaitKind.allCases.map {
        ($0, Milliseconds.clamped(Self.shortestWait(plan.waits[$0])))
      })
    rules = RuleTable(plan)
  }

  /// How long a step of the plan lasts.
  public func estimate(of step: Step) -> Estimate {
    let milliseconds = milliseconds(of: step)
    return Estimate(
      expected: .milliseconds(milliseconds.expected), worst: .milliseconds(milliseconds.worst))
  }

  func milliseconds(of step: Step, at pace: RotationSchedule.Pace) -> Int64 {
    switch pace {
    case .earliest: step.action.waitKind.flatMap { shortestWaits[$0] } ?? 0
    case .expected: milliseconds(of: step).expected
    case .worst: milliseconds(of: step).worst
    }
  }

  private func milliseconds(of step: Step) -> Milliseconds {
    if let kind = step.action.waitKind { return waits[kind] ?? Milliseconds(expected: 0, worst: 0) }
    let work = Self.work[step.action.position]
    switch step.channel {
    case .operator:
      return Milliseconds(
        expected: Self.answer.expected + work.expected, worst: Self.answer.worst + work.worst)
    case .command:
      guard let command = rules.command(of: step) else { return work }
      let timeout = Milliseconds.clamped(command.timeout.value)
      return Milliseconds(expected: min(work.expected, timeout), worst: timeout)
    case .api, .probe: return work
    }
  }

  /// What a wait takes: its minimum, or until enough clients have come by and stayed for `holdFor`; at
  /// worst its deadline, after which it holds, fails or proceeds as the plan says.
  public static func wait(_ policy: WaitPolicy) -> Estimate {
    var adopted = adoption(of: policy.adopted.value)
    for cohort in policy.cohorts {
      adopted = max(adopted, adoption(of: cohort))
    }
    let deadline = policy.deadline.value
    let expected = max(policy.minimum.value, min(adopted + policy.holdFor.value, deadline))
    return Estimate(expected: expected, worst: deadline)
  }

  /// The least that a wait takes: `minimum` has passed, and what is waited for has held for `holdFor`,
  /// which begins with the wait at the earliest (`docs/PROCEDURE.md`, "Waits").
  public static func shortestWait(_ policy: WaitPolicy) -> Duration {
    max(policy.minimum.value, policy.holdFor.value)
  }

  private static func adoption(of share: Share) -> Duration {
    for point in adoption where share <= point.upTo { return point.after }
    return adoption.last?.after ?? .zero
  }

  private static func adoption(of cohort: WaitPolicy.Cohort) -> Duration {
    switch cohort.selector.osFunction?.value {
    case .domainController, .server: serverAdoption
    case .workstation, .unknown, nil: adoption(of: cohort.adopted.value)
    }
  }
}

/// An estimate as whole milliseconds, so that schedules of many steps are sums of numbers.
struct Milliseconds: Sendable, Equatable {
  let expected: Int64
  let worst: Int64

  init(expected: Int64, worst: Int64) {
    self.expected = expected
    self.worst = max(expected, worst)
  }

  init(_ estimate: StepDurations.Estimate) {
    self.init(
      expected: Self.clamped(estimate.expected), worst: Self.clamped(estimate.worst))
  }

  /// From nothing up to ``StepDurations/limit``.
  static func clamped(_ duration: Duration) -> Int64 {
    let seconds = duration.components.seconds
    guard seconds < StepDurations.limit / 1_000 else { return StepDurations.limit }
    return max(0, duration.milliseconds)
  }
}
