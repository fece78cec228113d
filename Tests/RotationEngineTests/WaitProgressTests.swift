import PlanModel
import PlanText
import Testing

@testable import RotationEngine

@Suite("A wait's verdict")
struct WaitProgressTests {
  private let start = Instant(milliseconds: 1_767_600_000_000)

  private func policy(
    adopted: Int = 95, minimum: Duration = .hours(24), deadline: Duration = .days(3),
    onDeadline: WaitPolicy.OnDeadline = .hold, floor: Int? = nil, holdFor: Duration = .hours(1),
    cohorts: [WaitPolicy.Cohort] = []
  ) -> WaitPolicy {
    WaitPolicy(
      adopted: Located(.percent(adopted)), minimum: Located(minimum), deadline: Located(deadline),
      onDeadline: Located(onDeadline), floor: floor.map { Located(.percent($0)) },
      holdFor: Located(holdFor), cohorts: cohorts)
  }

  private func count(
    _ adopted: Int, of counted: Int = 100, joined: Int = 0, removed: Int = 0,
    cohorts: [AdoptionCount.Cohort] = []
  ) -> WaitSample {
    .counted(
      AdoptionCount(
        counted: counted, adopted: adopted, pendingOnline: counted - adopted, pendingOffline: 0,
        stale: 0, excluded: 0, joined: joined, removed: removed, cohorts: cohorts))
  }

  /// Feeds polls at hours after the start and tells the verdict at the last of them.
  private func verdict(_ policy: WaitPolicy, _ samples: [(hour: Int, WaitSample)])
    -> WaitProgress.Verdict
  {
    var progress = WaitProgress(startedAt: start)
    for (hour, sample) in samples {
      progress.add(sample, at: start + .hours(hour), policy: policy)
    }
    return progress.verdict(at: start + .hours(samples.last?.hour ?? 0), policy: policy)
  }

  @Test("It never passes before the minimum, whatever the share")
  func minimum() {
    #expect(verdict(policy(), [(0, count(100)), (23, count(100))]) == .goOn)
    #expect(
      verdict(policy(), [(0, count(100)), (24, count(100))])
        == .passed(WaitPassing(ground: .thresholds, counted: 100, adopted: 100)))
  }

  @Test("The share must hold for holdFor without a break")
  func holdFor() {
    let policy = policy(holdFor: .hours(6))
    #expect(verdict(policy, [(20, count(96)), (25, count(96))]) == .goOn)
    #expect(verdict(policy, [(20, count(96)), (24, count(94)), (26, count(96))]) == .goOn)
    #expect(
      verdict(policy, [(20, count(96)), (26, count(96))])
        == .passed(WaitPassing(ground: .thresholds, counted: 100, adopted: 96)))
  }

  @Test("No answer is neither 0 % nor a passing")
  func inconclusive() {
    let silent = WaitSample.inconclusive(reason: "no answer")
    #expect(verdict(policy(), [(0, count(100)), (25, silent)]) == .goOn)
    #expect(
      verdict(policy(), [(0, count(100)), (12, silent), (24, count(100))])
        == .passed(WaitPassing(ground: .thresholds, counted: 100, adopted: 100)))
  }

  @Test("Clients that vanish without an explanation keep counting")
  func frozenDenominator() {
    #expect(verdict(policy(), [(0, count(90)), (30, count(90, of: 92))]) == .goOn)
    #expect(
      verdict(
        policy(),
        [(0, count(90)), (29, count(90, of: 92, removed: 8)), (30, count(90, of: 92, removed: 8))])
        == .passed(WaitPassing(ground: .thresholds, counted: 92, adopted: 90)))
    #expect(verdict(policy(), [(0, count(96)), (30, count(96, of: 110, joined: 10))]) == .goOn)
  }

  @Test("Every cohort has its own floor")
  func cohorts() {
    let policy = policy(cohorts: [
      WaitPolicy.Cohort(
        name: Located("controllers"), selector: ClientSelector(), adopted: Located(.percent(100)))
    ])
    let behind = AdoptionCount.Cohort(name: "controllers", counted: 3, adopted: 2)
    let there = AdoptionCount.Cohort(name: "controllers", counted: 3, adopted: 3)
    #expect(
      verdict(policy, [(0, count(99, cohorts: [behind])), (30, count(99, cohorts: [behind]))])
        == .goOn)
    #expect(
      verdict(policy, [(0, count(99)), (30, count(99))]) == .goOn, "not counted is not reached")
    #expect(
      verdict(policy, [(0, count(99, cohorts: [there])), (30, count(99, cohorts: [there]))])
        == .passed(WaitPassing(ground: .thresholds, counted: 100, adopted: 99)))
  }

  @Test(
    "The deadline holds, fails or proceeds as the plan says, and never with less than the floor")
  func deadline() {
    let late = [(0, count(80)), (72, count(90))]
    #expect(verdict(policy(), late) == .held)
    #expect(verdict(policy(onDeadline: .fail), late) == .failed)
    #expect(verdict(policy(onDeadline: .proceed, floor: 91), late) == .held)
    #expect(
      verdict(policy(onDeadline: .proceed, floor: 90), late)
        == .passed(WaitPassing(ground: .deadline, counted: 100, adopted: 90)))
    #expect(
      verdict(
        policy(onDeadline: .proceed, floor: 90), late + [(73, .inconclusive(reason: "no answer"))])
        == .held)
  }

  @Test("Polls come at the plan's pace, and sooner where the wait could pass sooner")
  func pace() {
    var progress = WaitProgress(startedAt: start)
    let policy = policy()
    #expect(progress.nextPoll(policy) == start)
    progress.add(count(50), at: start, policy: policy)
    #expect(progress.nextPoll(policy) == start + .minutes(15))
    progress.add(count(100), at: start + .minutes(23 * 60 + 50), policy: policy)
    #expect(progress.earliestPassing(policy) == start + .minutes(24 * 60 + 50))
    progress.add(count(100), at: start + .minutes(24 * 60 + 45), policy: policy)
    #expect(progress.nextPoll(policy) == start + .minutes(24 * 60 + 50))
  }
}
