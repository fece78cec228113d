import PlanModel
import Testing

@testable import RotationEngine

@Suite("What became of forecasts")
struct ForecastRecordTests {
  private func hour(_ hour: Int) -> Instant { Instant(milliseconds: Int64(hour) * 3_600_000) }

  private func band(_ due: Int, _ adopted: ClosedRange<Int>) -> WaitForecast.Band {
    WaitForecast.Band(at: hour(due), adopted: adopted)
  }

  @Test("A band is held against the first count at its time or soon after")
  func due() {
    var record = ForecastRecord()
    record.add(adopted: 0, at: hour(0), next: band(24, 10...20))
    record.add(adopted: 15, at: hour(23), next: nil)
    #expect(record.hits.isEmpty)
    record.add(adopted: 21, at: hour(25), next: nil)
    record.add(adopted: 15, at: hour(26), next: nil)
    #expect(record.hits == [false])
  }

  @Test("A count that comes too late tells nothing of it")
  func late() {
    var record = ForecastRecord()
    record.add(adopted: 0, at: hour(0), next: band(24, 10...20))
    record.add(adopted: 15, at: hour(30), next: nil)
    #expect(record.hits.isEmpty)
  }

  @Test(
    "More misses than hits among the last ten, and at least five due, are a bad record until they are not"
  )
  func bad() {
    var record = ForecastRecord()
    for day in 0..<5 { record.add(adopted: 0, at: hour(day), next: band(day + 24, 1...1)) }
    for day in 0..<4 { record.add(adopted: 0, at: hour(day + 24), next: nil) }
    #expect(record.badSince == nil)
    record.add(adopted: 0, at: hour(28), next: nil)
    #expect(record.badSince == hour(28))
    for day in 30..<36 { record.add(adopted: 0, at: hour(day), next: band(day + 24, 0...1)) }
    #expect(record.badSince == hour(28))
    for day in 30..<36 { record.add(adopted: 0, at: hour(day + 24), next: nil) }
    #expect(record.hits.count == 10)
    #expect(record.badSince == nil)
  }
}
