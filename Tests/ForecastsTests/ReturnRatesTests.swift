import RotationEngine
import Testing

@testable import Forecasts

@Suite("Rates of returns, and how uncertain they are")
struct ReturnRatesTests {
  private static let monday = ModelPopulation.monday

  /// The bin of who is away for a week, and those after it.
  private static let week = 12

  /// Two weeks in which so many were away in every hour, by bin, and so many came back in all, spread over the hours.
  private func rates(away: [Int: Int], returned: [Int: Int]) -> ReturnRates {
    var seen = ReturnHours()
    let hours = 14 * 24
    for hour in 0..<hours {
      var counts = ReturnHours.Counts()
      for (bin, clients) in away { counts.away[bin] = clients }
      for (bin, clients) in returned {
        counts.returned[bin] = clients * (hour + 1) / hours - clients * hour / hours
      }
      seen.set(Self.monday + Int64(hour), counts)
    }
    return ReturnRates(seen, ForecastCalendar())
  }

  /// The rate of a bin over the hours of a week.
  private func level(_ rates: ReturnRates, _ bin: Int) -> Double {
    (0..<168).reduce(0) { $0 + rates.hazard(bin, Self.monday + Int64($1)) } / 168
  }

  @Test("Draws are right in the mean, however little is known, and no bin's follow another's")
  func draws() {
    // A small site: five people are away for a week, two for two weeks.
    let rates = rates(
      away: [Self.week: 5, Self.week + 1: 2], returned: [Self.week: 6, Self.week + 1: 3])
    var draws = RandomDraws(seed: 1)
    let drawn = (0..<20_000).map { _ in rates.drawnLevels(&draws) }
    func mean(_ value: ([Double]) -> Double) -> Double {
      drawn.reduce(0) { $0 + value($1) } / Double(drawn.count)
    }
    for bin in 0..<ReturnHours.binCount {
      for day in 0..<3 {
        let place = bin * 3 + day
        // The widest of them has a deviation of 1.7.
        #expect(abs(mean { $0[place] } - 1) < 0.06, "bin \(bin), kind of day \(day)")
      }
      guard bin > 0 else { continue }
      let together = mean { ($0[bin * 3] - 1) * ($0[bin * 3 - 3] - 1) }
      #expect(abs(together) < 0.06, "bin \(bin)")
    }
  }

  @Test("Who was away for longer than anybody comes as those of their kind do")
  func unknown() {
    // They come the sooner the longer they are away: few in the first bin, half of them in the second.
    let rates = rates(
      away: [Self.week: 20, Self.week + 1: 1], returned: [Self.week: 10, Self.week + 1: 40])
    let first = level(rates, Self.week)
    let second = level(rates, Self.week + 1)
    #expect(first < 0.003 && second > 0.08)
    let together = 50.0 / (21 * 14 * 24)
    #expect((together * 0.8...together * 1.25).contains(level(rates, Self.week + 2)))
  }

  @Test("Machines that are gone for good say nothing of people who are away")
  func gone() {
    func third(gone: Int) -> Double {
      level(
        rates(
          away: [Self.week: 5, ReturnHours.binCount - 1: gone], returned: [Self.week: 8]),
        Self.week + 1)
    }
    #expect(abs(third(gone: 0) / third(gone: 50) - 1) < 0.02)
  }
}
