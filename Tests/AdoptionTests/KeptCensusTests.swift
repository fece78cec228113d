import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Adoption
@testable import SEPMClient

private let owner = KeptCensus.Owner(
  run: "emea-1", step: "await-verification-disabled/paris",
  began: Instant(milliseconds: 1_800_000_000_000), domains: [number(7)])

private func number(_ number: UInt64) -> SEPMID { SEPMID(high: 0xE5E6 << 48, low: number) }

/// A row with everything, or with nothing but an id.
private func row(
  _ id: UInt64, isFull: Bool = true, server: String = "SEPM-PAR-01"
) -> Computer {
  Computer(
    id: number(id), hardwareKey: isFull ? number(id + 1_000) : nil,
    name: isFull ? "PC-\(id)-Ä" : "", group: isFull ? number(1) : nil,
    groupPath: isFull ? "My Company\\Paris" : "",
    serial: isFull
      ? ProfileSerial(prefix: 0xE5E6, time: ServerTime(milliseconds: 1_800_000_000_123)) : nil,
    hasUnreadableSerial: !isFull,
    lastContact: isFull ? ServerTime(milliseconds: 1_800_000_000_000 + Int64(id)) : nil,
    created: isFull ? ServerTime(milliseconds: -5) : nil, version: isFull ? "14.3.1" : "",
    lastServer: isFull ? server : "", lastSite: isFull ? "Site Paris" : "",
    lastSiteID: isFull ? number(9) : nil, function: isFull ? .server : .unknown,
    isOnline: isFull, isDeleted: !isFull, isNonPersistentDesktop: isFull)
}

private func census(of rows: [Computer]) -> Census {
  var census = Census(
    CensusScope(siteNames: [], policy: .standard),
    criterion: AdoptionCriterion(markers: [:], changedAt: 0), startedAt: 1_800_000_000_000)
  census.beginListing()
  for row in rows { census.take(row) }
  return census
}

private func bytes(of census: Census) -> [UInt8] {
  KeptCensus.bytes(
    of: census, for: owner, wholeAt: ServerTime(milliseconds: 3),
    polledAt: ServerTime(milliseconds: 4), contacts: watched)
}

/// A counter that saw a contact of an hour that is not over.
private let watched: ContactCounter = {
  var counter = ContactCounter()
  counter.begin(at: 1_800_000_000_000)
  counter.take(row(1), previous: nil)
  return counter
}()

@Suite("A census that is kept between stays")
struct KeptCensusTests {
  @Test("Every row comes back as it was, the vanished ones as vanished")
  func comesBack() throws {
    let rows = (1...40).map { row($0, isFull: $0 % 3 != 0) }
    var kept = census(of: rows)
    kept.beginListing()
    for row in rows.dropFirst() { kept.take(row) }
    kept.endListing(isWhole: true)
    let read = try #require(KeptCensus(bytes(of: kept), of: owner))
    #expect(read.rows.map(\.row) == rows)
    #expect(read.rows.map(\.hasVanished) == [true] + Array(repeating: false, count: 39))
    #expect(read.contacts == watched)
    #expect(read.wholeAt.milliseconds == 3 && read.polledAt.milliseconds == 4)
    var again = census(of: [])
    again.take(read)
    #expect(again.lastContact == kept.lastContact)
    #expect(again.changes == 0)
    #expect(bytes(of: again) == bytes(of: kept))
  }

  @Test("Who was seen with a changed server is known in the next stay, too")
  func trust() throws {
    func failover() -> Census {
      Census(
        CensusScope(siteNames: [], policy: .standard),
        criterion: AdoptionCriterion(
          markers: [number(1): 0], changedAt: 0, servers: ["sepm-par-01": 0],
          needsChangedServer: true),
        startedAt: 1_800_000_000_000)
    }
    var kept = failover()
    kept.beginListing()
    for id in 1...9 as ClosedRange<UInt64> { kept.take(row(id, isFull: id % 3 != 0)) }
    let read = try #require(KeptCensus(bytes(of: kept), of: owner))
    #expect(read.rows.map(\.hasShownTrust) == (1...9).map { $0 % 3 != 0 })
    var again = failover()
    again.take(read)
    again.take(row(4, server: "SEPM-PAR-02"))
    #expect(again.count(at: 1_800_000_001_000).adopted == 6)
  }

  @Test("A row takes a few dozen bytes")
  func isSmall() {
    let one = bytes(of: census(of: [row(1)])).count
    let many = bytes(of: census(of: (1...1_001).map { row($0) })).count
    #expect((many - one) / 1_000 < 100)
  }

  @Test("Damage at any byte, and any cut, makes it none")
  func damage() {
    let whole = bytes(of: census(of: (1...5).map { row($0, isFull: $0 != 2) }))
    #expect(KeptCensus(whole, of: owner) != nil)
    for position in whole.indices {
      for bit in [0, 5] {
        var damaged = whole
        damaged[position] ^= 1 << bit
        #expect(KeptCensus(damaged, of: owner) == nil, "byte \(position)")
      }
      #expect(KeptCensus(Array(whole[..<position]), of: owner) == nil, "cut at \(position)")
    }
    #expect(KeptCensus(whole + [0], of: owner) == nil)
  }

  @Test("Behind a checksum that is right, damage is read without harm")
  func forgery() {
    let whole = bytes(of: census(of: (1...3).map { row($0, isFull: $0 != 2) }))
    let start = whole.count - (whole.count - 15 - 71)
    for position in start..<whole.count {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var body = Array(whole[start...])
        body[position - start] = value
        let forged = Array(whole[..<15]) + Array(Attachment.digest(of: body).utf8) + body
        // What it is read as is somebody's doing; that it is read, or not, is all.
        if let kept = KeptCensus(forged, of: owner) {
          var census = census(of: [])
          census.take(kept)
          _ = census.count(at: 1_800_000_000_000)
        }
      }
    }
  }

  @Test("Of another run, wait, beginning or domain it is none")
  func owners() {
    let whole = bytes(of: census(of: [row(1)]))
    let others = [
      KeptCensus.Owner(
        run: "emea-2", step: owner.step, began: owner.began, domains: owner.domains),
      KeptCensus.Owner(
        run: owner.run, step: "await-https-restored/paris", began: owner.began,
        domains: owner.domains),
      KeptCensus.Owner(
        run: owner.run, step: owner.step, began: owner.began + .milliseconds(1),
        domains: owner.domains),
      KeptCensus.Owner(run: owner.run, step: owner.step, began: owner.began, domains: []),
    ]
    for other in others { #expect(KeptCensus(whole, of: other) == nil) }
  }
}
