import TestSupport
import Testing

@testable import RotationEngine

@Suite("Contacts of an hour against the weeks before")
struct ContactHoursTests {
  /// A site whose clients come on working days from eight to five, a few servers always, and some laptops now and then.
  private struct Office {
    let desktops: Int
    let laptops: Int
    let servers: Int
    var generator: SplitMix64

    /// The contacts of days, of which a part of the clients may be lost; everybody may have them off.
    mutating func contacts(
      _ days: Range<Int64>, lost: Double = 0, areHolidays: Bool = false
    ) -> ContactHours {
      var hours = ContactHours()
      for day in days {
        let isWorking = day % 7 < 5 && !areHolidays
        let atDesks = present(desktops, isWorking ? 90 : 4, lost)
        let withLaptops = present(laptops, isWorking ? 70 : 15, lost)
        for hour in Int64(0)..<24 {
          let isDay = (8..<17).contains(hour)
          hours.add(
            day * 24 + hour,
            [
              "Desktops": isDay ? atDesks : desktops * 5 / 100,
              "Laptops": (7..<19).contains(hour) ? withLaptops : 0,
              "Servers": present(servers, 99, lost),
            ])
        }
      }
      return hours
    }

    private mutating func present(_ count: Int, _ percent: Int, _ lost: Double) -> Int {
      let left = count - Int(Double(count) * lost)
      return (0..<left).count { _ in generator.chance(percent) }
    }
  }

  @Test(
    "Chance alone is no fall, whatever the size of the site, on weekends neither", arguments: 1...30
  )
  func calm(seed: Int) {
    var office = Office(
      desktops: [0, 3, 30, 300, 2_000][seed % 5], laptops: [2, 20, 400][seed % 3],
      servers: [0, 5, 60][seed % 3], generator: SplitMix64(seed: UInt64(seed)))
    let baseline = office.contacts(0..<Int64(7 * (1 + seed % 3)))
    let begin = Int64(28)
    let after = office.contacts(begin..<begin + 21)
    var seen = ContactHours()
    for hour in after.counts.keys.sorted() {
      seen.add(hour, after.counts[hour] ?? [:])
      let fall = baseline.fall(in: seen, since: begin * 24)
      #expect(fall == nil, "hour \(hour), seed \(seed)")
    }
  }

  @Test("Half of the clients that are lost are missed within the working day", arguments: 1...20)
  func lost(seed: Int) throws {
    var office = Office(
      desktops: 400, laptops: 200, servers: 20, generator: SplitMix64(seed: UInt64(seed)))
    let baseline = office.contacts(0..<14)
    let day = Int64(21 + seed % 5)
    let seen = office.contacts(day..<day + 1, lost: 0.5)
    let fall = try #require(baseline.fall(in: Self.until(day * 24 + 12, seen), since: day * 24 + 8))
    #expect(fall.group == nil)
    #expect(fall.seen * 3 <= fall.expected * 2)
    #expect(fall.from == Instant(milliseconds: (day * 24 + 8) * ContactHours.length))
    #expect(fall.until == Instant(milliseconds: (day * 24 + 13) * ContactHours.length))
  }

  @Test(
    "A holiday that empties untouched sites as well is no fall, hour by hour", arguments: 1...20)
  func holiday(seed: Int) throws {
    var office = Office(
      desktops: 400, laptops: 200, servers: 20, generator: SplitMix64(seed: UInt64(seed)))
    var other = Office(
      desktops: 60 + 20 * (seed % 7), laptops: 30, servers: seed % 5,
      generator: SplitMix64(seed: UInt64(seed + 1_000)))
    let (baseline, otherBaseline) = (office.contacts(0..<14), other.contacts(0..<14))
    let day = Int64(21 + seed % 5)
    let seen = office.contacts(day..<day + 1, areHolidays: true)
    let otherSeen = other.contacts(day..<day + 1, areHolidays: true)
    let working = other.contacts(day..<day + 1)
    var (withoutControl, withWorking) = (0, 0)
    for hour in day * 24..<day * 24 + 24 {
      let until = Self.until(hour, seen)
      func fall(_ controls: [ContactHours]) -> ContactFall? {
        baseline.fall(
          in: until, since: day * 24,
          controls: controls.map {
            .init(baseline: otherBaseline, seen: Self.until(hour, $0))
          })
      }
      #expect(fall([otherSeen]) == nil, "hour \(hour), seed \(seed)")
      if fall([]) != nil { withoutControl += 1 }
      // One site that works is enough: what is missing is missing here alone.
      if fall([otherSeen, working]) != nil { withWorking += 1 }
    }
    #expect(withoutControl > 0)
    #expect(withWorking > 0)
  }

  @Test(
    "Clients that are lost are missed on the first day that is a working day elsewhere",
    arguments: 1...10)
  func lostOnHoliday(seed: Int) {
    var office = Office(
      desktops: 400, laptops: 200, servers: 20, generator: SplitMix64(seed: UInt64(seed)))
    var other = Office(
      desktops: 200, laptops: 90, servers: 9, generator: SplitMix64(seed: UInt64(seed + 99)))
    let (baseline, otherBaseline) = (office.contacts(0..<14), other.contacts(0..<14))
    let day = Int64(21 + seed % 4)
    var seen = office.contacts(day..<day + 1, lost: 0.7, areHolidays: true)
    seen.merge(office.contacts(day + 1..<day + 2, lost: 0.7))
    var otherSeen = other.contacts(day..<day + 1, areHolidays: true)
    otherSeen.merge(other.contacts(day + 1..<day + 2))
    let noon = day * 24 + 36
    let fall = baseline.fall(
      in: Self.until(noon, seen), since: day * 24,
      controls: [.init(baseline: otherBaseline, seen: Self.until(noon, otherSeen))])
    #expect(fall != nil)
  }

  @Test("A group is missed where the site as a whole hides it")
  func group() throws {
    var office = Office(
      desktops: 2_000, laptops: 100, servers: 120, generator: SplitMix64(seed: 5))
    let baseline = office.contacts(0..<14)
    var seen = office.contacts(21..<22)
    for hour in seen.counts.keys.sorted() {
      var groups = seen.counts[hour] ?? [:]
      groups["Servers"] = nil
      seen.add(hour, groups)
    }
    let fall = try #require(baseline.fall(in: Self.until(21 * 24 + 15, seen), since: 21 * 24 + 9))
    #expect(fall.group == "Servers")
    #expect(fall.seen == 0)
  }

  @Test("One bad hour is none, and neither is one that the baseline does not have")
  func needs() {
    var baseline = ContactHours()
    for hour in Int64(100)..<110 { baseline.add(hour, ["A": 200]) }
    var seen = ContactHours()
    seen.add(268, ["A": 0])
    #expect(baseline.fall(in: seen, since: 268) == nil)
    seen.add(269, ["A": 0])
    #expect(baseline.fall(in: seen, since: 268) != nil)
    #expect(baseline.fall(in: seen, since: 269) == nil)
    var other = ContactHours()
    for hour in Int64(300)..<306 { other.add(hour, ["A": 0]) }
    #expect(baseline.fall(in: other, since: 300) == nil)
    #expect(ContactHours().fall(in: seen, since: 268) == nil)
  }

  @Test("Of an hour and the two beside it the least is expected, as the mean of the weeks")
  func expectation() throws {
    var baseline = ContactHours()
    for (hour, count) in [(9, 10), (10, 90), (11, 40), (178, 60), (179, 70)] as [(Int64, Int)] {
      baseline.add(hour, ["A": count, "B": 1])
    }
    let expected = try #require(baseline.expectation(of: 346, group: "A"))
    #expect(expected.contacts == 35)
    #expect(expected.weeks == 2)
    #expect(baseline.expectation(of: 346, group: nil)?.contacts == 36)
    #expect(baseline.expectation(of: 350, group: "A") == nil)
    #expect(ContactHours.hour(of: -1) == -1)
    #expect(ContactHours.hour(of: 3_600_000) == 1)
  }

  @Test("A week has the mean of each hour, from Monday midnight")
  func week() {
    var hours = ContactHours()
    // 2026-01-05 was a Monday.
    let monday = ContactHours.hour(of: 1_767_571_200_000)
    hours.add(monday, ["A": 3, "B": 1])
    hours.add(monday + 168, ["A": 7])
    hours.add(monday - 1, ["A": 9])
    let week = hours.week()
    #expect(week.count == 168)
    #expect(week[0] == 6)
    #expect(week[167] == 9)
    #expect(week.count { $0 != nil } == 2)
  }

  /// The hours up to one.
  private static func until(_ last: Int64, _ hours: ContactHours) -> ContactHours {
    var result = ContactHours()
    for (hour, groups) in hours.counts where hour <= last { result.add(hour, groups) }
    return result
  }
}
