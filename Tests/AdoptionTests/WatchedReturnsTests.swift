import Forecasts
import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Adoption
@testable import SEPMClient

@Suite("Absences and returns, from looks at a list")
struct WatchedReturnsTests {
  private static let hour: Int64 = 3_600_000
  private static let begin: Int64 = 1_800_000_000_000 / hour * hour

  private static func row(
    _ number: UInt64, at time: Int64
  ) -> Computer {
    Computer(
      id: SEPMID(high: 1, low: number), hardwareKey: nil, name: "PC-\(number)", group: nil,
      groupPath: "Group", serial: nil, hasUnreadableSerial: false,
      lastContact: ServerTime(milliseconds: time), created: nil, version: "", lastServer: "",
      lastSite: "", lastSiteID: nil, function: .unknown, isOnline: true, isDeleted: false,
      isNonPersistentDesktop: false)
  }

  @Test("Each watched hour has who was away at its beginning and who came back, across stays")
  func hours() throws {
    var draws = RandomDraws(seed: 1)
    var counter = ContactCounter()
    var last = (0..<30).map { Self.begin - Int64($0) * 2 * Self.hour - 1 }
    counter.begin(at: Self.begin)
    var found = ReturnHours()
    var expected: [Int64: ReturnHours.Counts] = [:]
    for step in 1...400 {
      // A quarter of an hour each; contacts are told before the hour ends.
      let now = Self.begin + Int64(step) * Self.hour / 4
      for client in last.indices where draws.uniform() < (client < 15 ? 0.2 : 0.005) {
        let contact = now - 1 - Int64(draws.uniform() * 60_000)
        let (before, after) = (last[client] / Self.hour, contact / Self.hour)
        if after > before {
          for hour in max(before + 1, Self.begin / Self.hour)...after {
            expected[hour, default: .init()].away[ReturnHours.bin(since: before, in: hour)] += 1
          }
          expected[after, default: .init()].returned[
            ReturnHours.bin(since: before, in: after)] += 1
        }
        counter.take(Self.row(UInt64(client), at: contact), previous: last[client])
        last[client] = contact
      }
      found.merge(counter.endLook(at: now, contacts: last).returns)
      counter = try #require(ContactCounter(counter.json))
    }
    let end = Self.begin / Self.hour + 100
    for contact in last where contact / Self.hour + 1 < end {
      for hour in max(contact / Self.hour + 1, Self.begin / Self.hour)..<end {
        expected[hour, default: .init()].away[
          ReturnHours.bin(since: contact / Self.hour, in: hour)] += 1
      }
    }
    #expect(found.counts.count == 100)
    for (hour, counts) in found.counts { #expect(counts == expected[hour] ?? .init()) }
  }

  @Test("A gap between two looks is no history")
  func gap() {
    var counter = ContactCounter()
    counter.begin(at: Self.begin)
    counter.take(Self.row(1, at: Self.begin + 60_000), previous: Self.begin - Self.hour)
    let after = counter.endLook(
      at: Self.begin + 3 * Self.hour, contacts: [Self.begin + 60_000])
    #expect(after == WatchedHours())
    let later = counter.endLook(
      at: Self.begin + 4 * Self.hour, contacts: [Self.begin + 60_000])
    #expect(later.returns.counts.count == 1)
    #expect(later.returns.counts[Self.begin / Self.hour + 3]?.away[2] == 1)
  }

  private static func census(_ policy: WaitPolicy = .standard) -> Census {
    var census = Census(
      CensusScope(siteNames: [], policy: policy),
      criterion: AdoptionCriterion(markers: [:], changedAt: Self.begin), startedAt: Self.begin)
    census.beginListing()
    return census
  }

  @Test(
    "Pending clients are told by their last hour; who makes contact and does not adopt is stuck")
  func waiting() {
    var census = Self.census()
    census.take(Self.row(1, at: Self.begin - 5 * Self.hour))
    census.take(Self.row(2, at: Self.begin - 5 * Self.hour + 1))
    census.take(Self.row(3, at: Self.begin + 60_000))
    census.endListing(isWhole: true)
    let first = Self.begin / Self.hour
    let (pending, stuck) = census.waiting(at: Self.begin + Self.hour)
    #expect(stuck == 0)
    #expect(
      pending == [
        .init(lastHour: first - 5, cohorts: 0): 2, .init(lastHour: first, cohorts: 0): 1,
      ])
    // Two heartbeats later it still has not.
    census.take(Self.row(3, at: Self.begin + 2 * Self.hour + 180_000))
    let later = census.waiting(at: Self.begin + 3 * Self.hour)
    #expect(later.stuck == 1)
    #expect(later.pending.values.reduce(0, +) == 2)
  }
}
