import PlanModel
import RotationEngine
import Testing

@testable import Adoption
@testable import SEPMClient

@Suite("Contacts of an hour, from looks at a list")
struct ContactCounterTests {
  /// Numbers that look like chance, the same for each seed.
  private struct Draws {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  private static let hour: Int64 = 3_600_000
  private static let begin: Int64 = 1_800_000_000_000 / hour * hour

  private static func row(_ number: UInt64, at time: Int64) -> Computer {
    Computer(
      id: SEPMID(high: 1, low: number), hardwareKey: nil, name: "PC-\(number)", group: nil,
      groupPath: number % 2 == 0 ? "Even" : "Odd", serial: nil, hasUnreadableSerial: false,
      lastContact: ServerTime(milliseconds: time), created: nil, version: "", lastServer: "",
      lastSite: "", lastSiteID: nil, function: .unknown, isOnline: true, isDeleted: false,
      isNonPersistentDesktop: false)
  }

  @Test(
    "Every client counts once in an hour, in each that was watched, across stays", arguments: 1...20
  )
  func counts(seed: Int) throws {
    var random = Draws(state: UInt64(seed))
    var counter = ContactCounter()
    var last: [UInt64: Int64] = [:]
    var there: [Int64: Set<UInt64>] = [:]
    var found = ContactHours()
    var now = Self.begin + 600_000
    counter.begin(at: now)
    for _ in 0..<200 {
      let next = now + Int64(60_000 + random.below(840_000))
      var rows: [UInt64: Int64] = [:]
      for number in 0..<UInt64(random.below(8)) {
        // What a look later in the hour hides is not counted, so contacts here are told before it ends.
        let contact = next - 1 - Int64(random.below(Int(min(next - now, 50_000))))
        guard contact / Self.hour == next / Self.hour else { continue }
        rows[number] = contact
        there[contact / Self.hour, default: []].insert(number)
      }
      for (number, contact) in rows {
        counter.take(Self.row(number, at: contact), previous: last[number])
        last[number] = contact
      }
      found.merge(counter.endLook(at: next))
      now = next
      counter = try #require(ContactCounter(counter.json))
    }
    let bounds = try #require(found.bounds)
    #expect(bounds == Self.begin / Self.hour + 1...now / Self.hour - 1)
    for hour in bounds {
      let expected = there[hour] ?? []
      #expect(found.counts[hour]?["Even"] ?? 0 == expected.count { $0 % 2 == 0 }, "hour \(hour)")
      #expect(found.counts[hour]?["Odd"] ?? 0 == expected.count { $0 % 2 == 1 }, "hour \(hour)")
    }
    #expect(ContactHours(found.json) == found)
  }

  @Test("An hour that nobody watched as a whole is not known")
  func gaps() {
    var counter = ContactCounter()
    counter.begin(at: Self.begin + 1)
    #expect(counter.endLook(at: Self.begin + Self.hour).bounds == nil)
    let second = Self.begin / Self.hour + 1
    #expect(counter.endLook(at: Self.begin + 2 * Self.hour).bounds == second...second)
    // Too long without a look, and a clock that went back: it begins anew.
    #expect(counter.endLook(at: Self.begin + 4 * Self.hour).bounds == nil)
    #expect(counter.endLook(at: Self.begin + 3 * Self.hour).bounds == nil)
    #expect(counter.endLook(at: Self.begin + 4 * Self.hour).bounds == second + 2...second + 2)
  }
}
