import CanonicalJSON
import Forecasts
import PlanModel
import PlanText
import PrivateFiles
import RotationEngine
import Synchronization
import TestSupport
import Testing

@testable import Adoption
@testable import Drivers
@testable import SEPMClient

/// The clients of a site in memory, with what was asked of them.
private final class MemorySite: ClientList {
  struct State {
    var now = begin
    var rows: [SEPMID: Computer] = [:]
    var asked: [ServerTime?] = []
    var isFailing = false
  }

  let state = Mutex(State())

  var now: ServerTime { ServerTime(milliseconds: state.withLock { $0.now }) }

  /// What was asked since the last look.
  func questions() -> [ServerTime?] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  func clients(
    of domain: SEPMID, since: ServerTime?, _ take: ([Computer]) throws(SEPMError) -> Void
  ) async throws(SEPMError) -> Listing {
    let (rows, isFailing) = state.withLock { state in
      state.asked.append(since)
      let rows = state.rows.values.filter { $0.lastContact ?? first >= since ?? first }
      return (rows.sorted { $0.id < $1.id }, state.isFailing)
    }
    try take(Array(rows.prefix(rows.count / 2)))
    if isFailing { throw SEPMError(task: "list", server: "here", kind: .cancelled) }
    try take(Array(rows.dropFirst(rows.count / 2)))
    return Listing(pages: 2, elements: rows.count, isSteady: true)
  }

  /// Lets a client make contact, with the new policy or the old one.
  func contact(_ number: UInt64, hasPolicy: Bool) {
    state.withLock { state in
      let policy = hasPolicy ? begin + 1 : begin - hour
      state.rows[id(number)] = Computer(
        id: id(number), hardwareKey: id(number + 1_000), name: "PC-\(number)", group: group,
        groupPath: "My Company\\Paris",
        serial: ProfileSerial(prefix: group.prefix, time: ServerTime(milliseconds: policy)),
        hasUnreadableSerial: false, lastContact: ServerTime(milliseconds: state.now), created: nil,
        version: "14.3", lastServer: "SEPM-PAR-01", lastSite: "", lastSiteID: nil,
        function: .workstation, isOnline: true, isDeleted: false, isNonPersistentDesktop: false)
    }
  }
}

/// What is kept of the wait.
private let file = "emea-1.3.census"

private let begin: Int64 = 1_800_000_000_000
private let hour: Int64 = 3_600_000
private let first = ServerTime(milliseconds: 0)
private let group = id(1)

private func id(_ number: UInt64) -> SEPMID { SEPMID(high: 0xE5E6 << 48, low: number) }

/// A wait as its run's journal tells of it: with the denominator, once a count was recorded, and the contacts.
private struct JournalledWait {
  var frozen: FrozenClients?
  var contacts = RecordedContacts()
  var untouched: [Int] = []
  var change: ClientCount.ContactChange?

  func basis(_ frozen: FrozenClients?) -> ClientCount.Basis {
    ClientCount.Basis(
      scope: CensusScope(siteNames: [], policy: .standard),
      criterion: AdoptionCriterion(markers: [group: begin], changedAt: begin),
      startedAt: ServerTime(milliseconds: begin), frozen: frozen, isFrozen: frozen != nil,
      site: 0, recordedContacts: contacts, recordedReturns: ReturnHours(),
      calendar: ForecastCalendar(), lastForecast: nil,
      change: change, untouched: untouched,
      owner: KeptCensus.Owner(
        run: "emea-1", step: "await-verification-disabled/paris",
        began: Instant(milliseconds: begin), domains: [id(7)]))
  }

  /// Counts, and records the denominator and the contacts.
  mutating func poll(_ count: ClientCount, _ site: MemorySite) async throws -> AdoptionCount {
    let result = try await count.sample(3, basis(frozen), site)
    if let document = try Self.document("frozen", of: result) { frozen = FrozenClients(document) }
    if let document = try Self.document("contacts", of: result),
      let digest = result.evidence["contacts"]?["attachment"]?.string
    {
      contacts.hours.merge(try #require(ContactHours(document)))
      contacts.digests.append(digest)
    }
    return result
  }

  private static func document(_ name: String, of count: AdoptionCount) throws -> JSONValue? {
    guard let digest = count.evidence[name]?["attachment"]?.string else { return nil }
    let attachment = count.evidence.attachments.first { $0.digest == digest }
    return try JSONValue(parsing: try #require(attachment).bytes)
  }
}

private func filled(_ count: UInt64 = 60) -> MemorySite {
  let site = MemorySite()
  for number in 1...count { site.contact(number, hasPolicy: number % 4 == 0) }
  return site
}

@Suite("Counting clients from stay to stay")
struct ClientCountTests {
  @Test("A later stay asks only for what changed, and counts what a stay without end counts")
  func continues() async throws {
    let folder = try TestFolder()
    let shelf = CensusShelf(folder.path + "/censuses", isReadOnly: false)
    let (site, endless) = (filled(), ClientCount())
    var (one, other) = (JournalledWait(), JournalledWait())
    var random = SplitMix64(seed: 11)
    for poll in 0..<200 {
      for _ in 0..<(UInt64.random(in: 0...1_000, using: &random) % 5) {
        site.contact(
          1 + UInt64.random(in: 0...1_000, using: &random) % 70,
          hasPolicy: UInt64.random(in: 0...1_000, using: &random) % 2 == 0)
      }
      if poll % 40 == 39 {
        _ = site.state.withLock { $0.rows.removeValue(forKey: id(UInt64(poll))) }
      }
      _ = site.questions()
      let expected = try await one.poll(endless, site)
      _ = site.questions()
      let found = try await other.poll(ClientCount(shelf), site)
      #expect(found.withoutContacts == expected.withoutContacts, "poll \(poll)")
      let isWhole = site.questions() == [nil]
      #expect(isWhole == (poll % 97 == 0), "poll \(poll)")
      site.state.withLock { $0.now += hour / 4 }
    }
  }

  @Test("Contacts that fall after a change are missed, whoever counts", arguments: [0, 10])
  func falls(stillThere: UInt64) async throws {
    let folder = try TestFolder()
    let shelf = CensusShelf(folder.path + "/censuses", isReadOnly: false)
    let elsewhere = CensusShelf(folder.path + "/elsewhere", isReadOnly: false)
    let site = filled(60)
    var wait = JournalledWait()
    var fell: [Int64] = []
    let swap = begin + 180 * hour
    for half in Int64(0)..<380 {
      let now = begin + half * hour / 2
      site.state.withLock { $0.now = now }
      for number in 1...60 as ClosedRange<UInt64> where now < swap || number <= stillThere {
        site.contact(number, hasPolicy: true)
      }
      if now >= swap {
        wait.change = .init(
          at: ServerTime(milliseconds: swap), since: ServerTime(milliseconds: swap + hour / 4))
      }
      // On the day after the change somebody goes on elsewhere, with the journal alone.
      let isElsewhere = now >= swap + 24 * hour
      let count = try await wait.poll(ClientCount(isElsewhere ? elsewhere : shelf), site)
      if let fall = count.fall {
        fell.append(now)
        #expect(fall.group == nil && fall.seen < fall.expected)
      }
    }
    // Two whole hours after the one in which the services came up.
    #expect(try #require(fell.first) <= swap + 4 * hour)
    #expect(fell.allSatisfy { $0 >= swap + 2 * hour })
    #expect(fell.last == begin + 379 * hour / 2)
    // Each hour is recorded once, and the last few not yet.
    #expect(wait.contacts.hours.counts.count >= 189 - SiteContacts.recordedTogether)
    // Without the journal nobody knows the weeks before.
    wait.contacts = RecordedContacts()
    #expect(try await wait.poll(ClientCount(), site).fall == nil)
  }

  @Test(
    "What was observed before is what contacts are held against, and evidence of a step before the change"
  )
  func observed() async throws {
    let site = filled(60)
    var wait = JournalledWait()
    let swap = begin + 180 * hour
    var week = ContactHours()
    for number in ContactHours.hour(of: begin)..<ContactHours.hour(of: swap) {
      week.add(number, ["My Company\\Paris": 60])
    }
    let before = week
    let first = ClientCount(nil) { _ in before }
    let lost = await first.unrecordedContacts(at: 0, of: "emea-1", recorded: .init())
    #expect(lost["contacts"]?["hours"]?.integer == 180)
    // Its event was never recorded: it is handed out again, and only then no more.
    let recording = await first.unrecordedContacts(at: 0, of: "emea-1", recorded: .init())
    #expect(recording == lost)
    let digest = try #require(recording["contacts"]?["attachment"]?.string)
    let nothing = await first.unrecordedContacts(
      at: 0, of: "emea-1", recorded: .init(digests: [digest]))
    #expect(nothing.members.isEmpty)
    let bytes = try #require(recording.attachments.first).bytes
    #expect(ContactHours(try JSONValue(parsing: bytes)) == week)
    // From here on the journal has them, and what was observed may be gone.
    wait.contacts = RecordedContacts(digests: [digest], hours: week)
    wait.change = .init(
      at: ServerTime(milliseconds: swap), since: ServerTime(milliseconds: swap + hour / 4))
    let count = ClientCount()
    var falls = 0
    for half in Int64(0)..<12 {
      site.state.withLock { $0.now = swap + half * hour / 2 }
      if try await wait.poll(count, site).fall != nil { falls += 1 }
    }
    #expect(falls > 0)
    let left = await count.unrecordedContacts(at: 0, of: "emea-1", recorded: wait.contacts)
    #expect(left["contacts"]?["hours"]?.integer ?? 0 < SiteContacts.recordedTogether)
  }

  @Test("Without the journal's denominator, and after damage, every row is asked for")
  func begins() async throws {
    let folder = try TestFolder()
    let path = folder.path + "/censuses"
    let shelf = CensusShelf(path, isReadOnly: false)
    let site = filled()
    var wait = JournalledWait()
    let expected = try await wait.poll(ClientCount(shelf), site)
    let files = try PrivateFolder(making: path)
    let whole = try #require(try files.contents(of: file, limit: 1 << 20))
    let plain = AdoptionCount(expected, evidence: Evidence())
    for position in stride(from: 0, to: whole.count, by: 97) {
      var damaged = whole
      damaged[position] ^= 0x10
      try files.replace(file, with: damaged)
      _ = site.questions()
      #expect(try await ClientCount(shelf).sample(3, wait.basis(wait.frozen), site) == plain)
      #expect(site.questions() == [nil], "byte \(position)")
    }
    _ = try await ClientCount(shelf).sample(3, wait.basis(nil), site)
    #expect(site.questions() == [nil])
    shelf.remove([3], of: "emea-1")
    _ = try await ClientCount(shelf).sample(3, wait.basis(wait.frozen), site)
    #expect(site.questions() == [nil])
  }

  @Test("An older copy, put back, is caught up with")
  func olderCopy() async throws {
    let folder = try TestFolder()
    let path = folder.path + "/censuses"
    let (site, shelf) = (filled(), CensusShelf(path, isReadOnly: false))
    var wait = JournalledWait()
    _ = try await wait.poll(ClientCount(shelf), site)
    let files = try PrivateFolder(making: path)
    let old = try #require(try files.contents(of: file, limit: 1 << 20))
    for number in 1...20 as ClosedRange<UInt64> {
      site.state.withLock { $0.now += hour / 4 }
      site.contact(number, hasPolicy: true)
      _ = try await wait.poll(ClientCount(shelf), site)
    }
    let expected = try await wait.poll(ClientCount(), site)
    try files.replace(file, with: old)
    _ = site.questions()
    let found = try await wait.poll(ClientCount(shelf), site)
    #expect(found.withoutContacts == expected.withoutContacts)
    #expect(site.questions() != [nil])
  }

  @Test("A contact in the future hides nothing, and a clock that went back brings every row")
  func clocks() async throws {
    let site = filled()
    var wait = JournalledWait()
    let count = ClientCount()
    site.state.withLock { $0.now += 5 * hour }
    site.contact(1, hasPolicy: true)
    site.state.withLock { $0.now -= 5 * hour }
    _ = try await wait.poll(count, site)
    site.state.withLock { $0.now += hour }
    site.contact(2, hasPolicy: true)
    let expected = try await wait.poll(ClientCount(), site)
    let found = try await wait.poll(count, site)
    #expect(found.withoutContacts == expected.withoutContacts)
    _ = site.questions()
    site.state.withLock { $0.now -= 3 * hour }
    _ = try await wait.poll(count, site)
    #expect(site.questions() == [nil])
  }

  @Test("A listing that breaks off keeps nothing, and who only looks keeps nothing")
  func keepsNothing() async throws {
    let folder = try TestFolder()
    let path = folder.path + "/censuses"
    let site = filled()
    var wait = JournalledWait()
    _ = try await wait.poll(ClientCount(CensusShelf(path, isReadOnly: true)), site)
    #expect(!folder.holds("censuses"))
    site.state.withLock { $0.isFailing = true }
    let shelf = CensusShelf(path, isReadOnly: false)
    let failed = ClientCount(shelf)
    do throws(SEPMError) {
      _ = try await failed.sample(3, wait.basis(wait.frozen), site)
      Issue.record("a listing that broke off was counted")
    } catch {
      #expect(error.kind == .cancelled)
    }
    #expect(!folder.holds("censuses"))
  }
}

extension AdoptionCount {
  /// A count with other evidence.
  fileprivate init(_ count: AdoptionCount, evidence: Evidence) {
    self = count
    self.evidence = evidence
  }

  /// The count alone: of contacts that were made between two looks which are kept, a later stay sees the last; and it
  /// forecasts anew, where a stay without end did so before.
  fileprivate var withoutContacts: AdoptionCount {
    var count = AdoptionCount(
      self,
      evidence: Evidence(
        evidence.members.filter { ![SiteContacts.member, "returns"].contains($0.name) }))
    count.forecast = nil
    return count
  }
}
