import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Drivers
@testable import SEPMClient

@Suite("Both sides of a partnership")
struct ReplicationSightTests {
  private static func partner(
    _ name: String, status: String = "SUCCEEDED", success: Int64? = 100, next: Int64? = nil
  ) -> SiteReplication.Partner {
    SiteReplication.Partner(
      name: name, status: status, lastRun: nil,
      lastSuccess: success.map { ServerTime(milliseconds: $0) },
      nextRun: next.map { ServerTime(milliseconds: $0) })
  }

  private static func sight(
    _ paris: [SiteReplication.Partner], _ berlin: [SiteReplication.Partner]
  ) -> ReplicationSight {
    let time = ServerTime(milliseconds: 1_000)
    return ReplicationSight(sides: [
      ReplicationSide(site: "paris", ownName: "Site Paris", partners: paris, time: time),
      ReplicationSide(site: "berlin", ownName: "Site Berlin", partners: berlin, time: time),
    ])
  }

  @Test("It is broken once neither side has the other; a third partner does not count")
  func broken() {
    let both = Self.sight([Self.partner("Site Berlin")], [Self.partner("Site Paris")])
    let one = Self.sight([], [Self.partner("site paris")])
    let none = Self.sight([Self.partner("Site Rome")], [])
    guard case .notDone = both.observeBreak(), case .notDone(let words) = one.observeBreak(),
      case .done = none.observeBreak()
    else {
      Issue.record("\(both.observeBreak()), \(one.observeBreak()), \(none.observeBreak())")
      return
    }
    #expect(words.contains("berlin still has 'site paris'"))
  }

  @Test("Where nobody says which of several partners it is, nothing is known")
  func nameless() {
    let time = ServerTime(milliseconds: 1_000)
    func sight(_ paris: [SiteReplication.Partner]) -> ReplicationSight {
      ReplicationSight(sides: [
        ReplicationSide(site: "paris", ownName: "Site Paris", partners: paris, time: time),
        ReplicationSide(site: "berlin", ownName: nil, partners: [], time: time),
      ])
    }
    let (rome, oslo) = (Self.partner("Site Rome"), Self.partner("Site Oslo"))
    guard case .unknown(let reason) = sight([rome, oslo]).observeBreak(),
      case .notDone = sight([rome]).observeBreak(), case .done = sight([]).observeBreak()
    else {
      Issue.record("\(sight([rome, oslo]).observeBreak())")
      return
    }
    #expect(reason.contains("what berlin calls itself"))
  }

  private static func due(_ paris: Int64?, _ berlin: Int64?) -> ReplicationSight {
    sight([partner("Site Berlin", next: paris)], [partner("Site Paris", next: berlin)])
  }

  @Test(
    "Where its schedule is moved, it is broken once no run is due on either side before the end")
  func rescheduled() {
    let ends = [9_000, 8_000].map { ServerTime(milliseconds: $0) }
    guard case .done(let evidence) = Self.due(9_000, 8_000).observeBreak(until: ends),
      case .notDone(let words) = Self.due(9_000, 7_999).observeBreak(until: ends),
      case .unknown = Self.due(9_000, nil).observeBreak(until: ends),
      // Deleted on both sides it is broken as well.
      case .done = Self.sight([], []).observeBreak(until: ends)
    else {
      Issue.record("\(Self.due(9_000, 7_999).observeBreak(until: ends))")
      return
    }
    #expect(evidence["sides"]?.array?.map { $0["nextRun"]?.integer } == [9_000, 8_000])
    #expect(words.hasPrefix("berlin replicates with 'Site Paris' again at 1970-01-01 00:00Z"))
  }

  @Test("A moved schedule is put back once each side is due at another time than the break left")
  func scheduleRestored() {
    let moved = [9_000, 8_000].map { Optional(ServerTime(milliseconds: $0)) }
    guard case .done = Self.due(3_000, 3_000).observeRestoration(after: moved),
      case .notDone(let words) = Self.due(3_000, 8_000).observeRestoration(after: moved),
      // Only somebody's word says that it was moved; or the moved schedule has come round meanwhile.
      case .unknown = Self.due(3_000, 3_000).observeRestoration(after: [nil, nil]),
      case .unknown = Self.due(3_000, 3_000).observeRestoration(
        after: [moved[0], ServerTime(milliseconds: 1_000)]),
      case .notDone = Self.sight([], []).observeRestoration(after: moved)
    else {
      Issue.record("\(Self.due(3_000, 8_000).observeRestoration(after: moved))")
      return
    }
    #expect(words.contains("berlin") && !words.contains("paris"))
  }

  @Test("It is restored once both sides have the other")
  func restored() {
    let both = Self.sight([Self.partner("Site Berlin")], [Self.partner("Site Paris")])
    let one = Self.sight([Self.partner("Site Berlin")], [])
    guard case .done = both.observeRestoration(),
      case .notDone(let words) = one.observeRestoration()
    else {
      Issue.record("\(both.observeRestoration()), \(one.observeRestoration())")
      return
    }
    #expect(words.hasPrefix("berlin"))
  }

  @Test("It is proved by a success on both sides after the restoring, by the clock of each")
  func proof() {
    let sight = Self.sight(
      [Self.partner("Site Berlin", success: 500)], [Self.partner("Site Paris", success: 300)])
    let times = [400, 200].map { ServerTime(milliseconds: $0) }
    #expect(throws: Never.self) { try sight.proof(since: times).get() }
    let later = [400, 300].map { ServerTime(milliseconds: $0) }
    #expect(throws: StepFailure.self) { try sight.proof(since: later).get() }
  }
}

@Suite("What Waltz trusts while certificates change")
struct CertificateSwapTests {
  @Test("Before the change the old certificate, after it the new one, both only in between")
  func phases() throws {
    let (old, new) = (try fingerprint("a"), try fingerprint("b"))
    #expect(CertificateSwap().trusted(instead: old) == [old])
    #expect(CertificateSwap(begun: [new]).trusted(instead: old) == [old, new])
    #expect(CertificateSwap(begun: [new], isProven: true).trusted(instead: old) == [new])
    // A site where nothing changes has nothing new to trust.
    #expect(CertificateSwap(isProven: true).trusted(instead: old) == [old])
  }
}

private func fingerprint(_ digit: Character) throws -> Fingerprint {
  try #require(Fingerprint("sha256:" + String(repeating: digit, count: 64)))
}
