import CanonicalJSON
import Forecasts
import TestSupport
import Testing

@Suite("Absences and returns, hour by hour")
struct ReturnHoursTests {
  @Test("An hour belongs to the bin that its absence has reached")
  func bins() {
    #expect(ReturnHours.bin(1) == 0)
    #expect(ReturnHours.bin(2) == 1)
    #expect(ReturnHours.bin(3) == 2)
    #expect(ReturnHours.bin(5) == 3)
    #expect(ReturnHours.bin(720) == 15)
    #expect(ReturnHours.bin(721) == 16)
    #expect(ReturnHours.bin(100_000) == 16)
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
          expected[hour]?.away[ReturnHours.bin(hour - last)] += 1
        }
        if next >= 1_400 && random.chance(50) {
          tally.add(awaySince: last)
          break
        }
        expected[next]?.returned[ReturnHours.bin(next - last)] += 1
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
