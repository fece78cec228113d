import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Forecasts

@Suite("What one look tells of how soon clients come")
struct SnapshotReturnsTests {
  /// On a Monday morning: most were last seen before the weekend.
  private let ages = [600, 40, 20, 10, 10, 10, 10, 60, 400, 30, 20, 10, 8, 6, 5, 40]

  @Test("A week of hours, from which rates are known")
  func week() {
    let hours = ReturnHours(ages: ages, before: 500_000)
    #expect(hours.counts.count == ReturnRates.leastHours)
    #expect(hours.counts.keys.max() == 499_999)
    #expect(!ReturnRates(hours, ForecastCalendar()).isTooLittle)
  }

  @Test(
    "A wait takes about as long as the share that is wanted is away now", arguments: [60, 90, 97])
  func quantile(percent: Int) {
    let counted = ages.dropLast().reduce(0, +)
    // A Monday: ages do not grow on weekends.
    let monday: Int64 = 500_064
    let hours = ReturnHours(ages: ages, before: monday)
    var policy = WaitPolicy.reaching(percent)
    policy.minimum.value = .zero
    policy.holdFor.value = .zero
    var wait = FreshWait(
      policy, clients: counted, ReturnRates(hours, ForecastCalendar()), hours, ForecastCalendar(),
      isJustSeen: true)
    var draws = RandomDraws(seed: 1)
    let lasts = (0..<60).compactMap { _ in
      wait.course(from: (monday + 1) * ContactHours.length, &draws).lasts
    }.sorted()
    let middle = lasts[lasts.count / 2] / ContactHours.length
    var (bin, seen) = (0, 0)
    while !Share.percent(percent).isReached(by: seen, of: counted) {
      seen += ages[bin]
      bin += 1
    }
    let (least, most) = (ReturnHours.bounds[bin - 1], ReturnHours.bounds[bin])
    #expect(
      (least * 2 / 3 - 4...most * 3 / 2 + 4).contains(middle), "\(middle), \(least)...\(most)")
  }
}
