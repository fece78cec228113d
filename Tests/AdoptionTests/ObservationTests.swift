import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Adoption
@testable import SEPMClient

@Suite("What is seen of clients before a rotation")
struct ObservationTests {
  private static let now: Int64 = 1_800_000_000_000
  private static let hour: Int64 = 3_600_000
  private static let day = 24 * hour

  /// A client that made contact so many milliseconds ago; nil for never.
  private static func row(
    _ number: UInt64, ago: Int64?, group: String = "Office", site: String = ""
  ) -> Computer {
    Computer(
      id: SEPMID(high: 1, low: number), hardwareKey: nil, name: "PC-\(number)", group: nil,
      groupPath: group, serial: nil, hasUnreadableSerial: false,
      lastContact: ago.map { ServerTime(milliseconds: now - $0) }, created: nil, version: "",
      lastServer: "", lastSite: site, lastSiteID: nil, function: .workstation,
      isOnline: ago ?? day < hour, isDeleted: false, isNonPersistentDesktop: false)
  }

  private static func census(
    _ rows: [Computer], _ policy: WaitPolicy = .standard, site: String? = nil
  ) -> Census {
    var census = Census(
      CensusScope(siteNames: Set([site].compactMap(\.self)), policy: policy),
      criterion: AdoptionCriterion(markers: [:], changedAt: 0), startedAt: now)
    census.beginListing()
    for row in rows { census.take(row) }
    census.endListing(isWhole: true)
    return census
  }

  @Test("Clients stand where their last contact puts them, and a partner's are none")
  func ages() throws {
    var census = Self.census(
      [
        Self.row(1, ago: 60_000), Self.row(2, ago: Self.hour), Self.row(3, ago: 5 * Self.hour),
        Self.row(4, ago: 2 * Self.day), Self.row(5, ago: 20 * Self.day),
        Self.row(6, ago: 40 * Self.day), Self.row(7, ago: nil),
        Self.row(8, ago: 60_000, site: "Berlin"), Self.row(9, ago: 60_000, site: "Paris"),
      ], site: "Paris")
    let seen = census.observation(at: Self.now, skew: 5_000, wait: nil, limit: 9)
    #expect(seen.ages == [3, 1, 1, 1, 1, 1])
    #expect(seen.clients == 8)
    #expect(seen.online == 2)
    #expect(seen.outlook == nil)
    #expect(seen.at == Instant(milliseconds: Self.now - 5_000))
  }

  @Test("A wait would reach its thresholds once the last that it needs has come")
  func outlook() throws {
    var policy = WaitPolicy.standard
    policy.adopted = Located(.percent(90))
    policy.exclusions = [
      .init(selector: ClientSelector(group: Located("Kiosks")), reason: Located("thrown away"))
    ]
    // Ten that come within the deadline, each a day later than the one before.
    var rows = (1...10).map { Self.row(UInt64($0), ago: Int64($0) * Self.day) }
    rows += [
      Self.row(20, ago: 50 * Self.day), Self.row(21, ago: nil),
      Self.row(22, ago: 100, group: "Kiosks"),
    ]
    var census = Self.census(rows, policy)
    let seen = census.observation(
      at: Self.now, skew: 0, wait: .verificationDisabled, limit: 3)
    let outlook = try #require(seen.outlook)
    #expect(outlook.counted == 10)
    #expect(outlook.reachedAfter == .days(9))
    #expect(outlook.pending == 1)
    #expect(outlook.stale == 2)
    #expect(outlook.excluded == 1)
    #expect(outlook.leftBehind.map(\.name) == ["PC-10", "PC-20", "PC-21"])
    #expect(outlook.leftBehind.last?.lastSeen == nil)
  }

  @Test("A cohort that comes late is waited for, and at the deadline those are left who come later")
  func cohorts() throws {
    var policy = WaitPolicy.standard
    policy.adopted = Located(.percent(50))
    policy.deadline = Located(.days(8))
    policy.cohorts = [
      .init(
        name: Located("servers"), selector: ClientSelector(group: Located("Servers")),
        adopted: Located(.percent(100)))
    ]
    var rows = (1...10).map { Self.row(UInt64($0), ago: Int64($0) * Self.hour) }
    rows += [Self.row(30, ago: 9 * Self.day, group: "Servers")]
    var census = Self.census(rows, policy)
    let outlook = try #require(
      census.observation(at: Self.now, skew: 0, wait: .certificateReceived, limit: 3).outlook)
    #expect(outlook.reachedAfter == .days(9))
    #expect(outlook.pending == 1)
    #expect(outlook.leftBehind.map(\.name) == ["PC-30"])
    // The minimum holds where everybody comes sooner.
    policy.cohorts = []
    policy.adopted = Located(.percent(90))
    var sooner = Self.census(Array(rows.prefix(10)), policy)
    let after = sooner.observation(at: Self.now, skew: 0, wait: .certificateReceived, limit: 3)
    #expect(after.outlook?.reachedAfter == .hours(24))
    #expect(after.outlook?.pending == 0)
  }
}
