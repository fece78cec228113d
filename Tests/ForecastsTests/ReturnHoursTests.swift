import CanonicalJSON
import Forecasts
import TestSupport
import Testing

@Suite("Absences and returns, hour by hour")
struct ReturnHoursTests {
  /// Monday, 2026-01-05, midnight.
  private static let monday: Int64 = 20_458 * 24

  @Test("An hour belongs to the bin that its absence has reached")
  func bins() {
    func bin(_ hours: Int64) -> Int {
      ReturnHours.bin(since: Self.monday, in: Self.monday + hours)
    }
    #expect([1, 2, 3, 5, 9, 32, 33, 57, 81].map(bin) == [0, 1, 2, 3, 4, 7, 8, 9, 10])
    #expect(bin(100_000) == ReturnHours.binCount - 1)
  }

  @Test("Saturday and Sunday add nothing to an absence")
  func weekends() {
    func bin(day: Int64, hour: Int64, to other: Int64) -> Int {
      ReturnHours.bin(
        since: Self.monday + day * 24 + hour, in: Self.monday + other * 24 + 8)
    }
    // Who left on Friday or came by on Saturday has missed nothing on Monday, as on any other morning.
    #expect(bin(day: 4, hour: 15, to: 7) == bin(day: 1, hour: 15, to: 2))
    #expect(bin(day: 5, hour: 13, to: 7) == bin(day: 1, hour: 15, to: 2))
    // Whoever missed the Monday is as one who missed another day.
    #expect(bin(day: 4, hour: 17, to: 8) == bin(day: 0, hour: 17, to: 2))
    #expect(bin(day: 4, hour: 17, to: 8) > bin(day: 4, hour: 17, to: 7))
  }

  @Test(
    "A tally is what counting each client in each hour comes to", arguments: 0..<20 as Range<UInt64>
  )
  func tally(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let hours: Range<Int64> = 1_000..<1_400
    var tally = ReturnTally(hours)
    var expected: [Int64: ReturnHours.Counts] = [:]
    for hour in hours { expected[hour] = ReturnHours.Counts() }
    for _ in 0..<40 {
      var last = Int64(random.below(1_000))
      while true {
        let next = last + 1 + Int64(random.below(random.chance(30) ? 800 : 40))
        for hour in hours where hour > last && hour <= next {
          expected[hour]?.away[ReturnHours.bin(since: last, in: hour)] += 1
        }
        if next >= 1_400 && random.chance(50) {
          tally.add(awaySince: last)
          break
        }
        expected[next]?.returned[ReturnHours.bin(since: last, in: next)] += 1
        tally.add(seen: last, then: next)
        if next >= 1_400 { break }
        last = next
      }
    }
    #expect(tally.result.counts == expected)
  }

  @Test("Stretches that follow each other add up to the whole")
  func stretches() {
    let spells: [(Int64, Int64)] = [(90, 103), (95, 118), (103, 104), (104, 140)]
    func tally(_ hours: Range<Int64>) -> ReturnHours {
      var tally = ReturnTally(hours)
      for (last, next) in spells { tally.add(seen: last, then: next) }
      tally.add(awaySince: 20)
      return tally.result
    }
    var parts = tally(100..<107)
    parts.merge(tally(107..<120))
    #expect(parts == tally(100..<120))
  }

  @Test("Hours are read back as they were written")
  func json() throws {
    var tally = ReturnTally(500..<530)
    tally.add(seen: 480, then: 510, clients: 7)
    tally.add(awaySince: 10, clients: 3)
    let hours = tally.result
    var writer = JSONWriter()
    writer.value(hours.json)
    #expect(ReturnHours(try JSONValue(parsing: writer.bytes)) == hours)
    #expect(ReturnHours(.object([])) == nil)
    #expect(
      ReturnHours(.object([.init("bounds", .array([.integer(0)])), .init("hours", .array([]))]))
        == nil)
  }
}
