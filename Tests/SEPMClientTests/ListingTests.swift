import PlanModel
import Synchronization
import Testing

@testable import SEPMClient

@Suite("Groups and computers, page by page")
struct ListingTests {
  private static let ids = (0..<5).map { "\($0)5E684A60A3208010F6C3B8E3A6F1D2B" }

  private func computers(_ client: APIClient, since: ServerTime? = nil) async throws(SEPMError) -> (
    computers: [Computer], listing: Listing
  ) {
    var computers: [Computer] = []
    let listing = try await client.computers(since: since) { page throws(SEPMError) in
      computers += page
    }
    return (computers, listing)
  }

  @Test("All groups, asked for from page 1, counted from page 0")
  func groups() async throws {
    let groups = Self.ids.enumerated().map { number, id in
      Samples.group(id, path: "My Company\\\\G_000\(number)", inherits: number == 3)
    }
    let sepm = try await ScriptedSEPM([
      "GET /groups": [
        .json(Samples.page(Array(groups[..<2]), number: 0, size: 2, total: 5, isLast: false)),
        .json(Samples.page(Array(groups[2..<4]), number: 1, size: 2, total: 5, isLast: false)),
        .json(Samples.page([groups[4]], number: 2, size: 2, total: 5, isLast: true)),
      ]
    ])
    let domain = try #require(SEPMID("AEC1B14F0A3208010F6C3B8E3A6F1D2B"))
    let client = try sepm.client(limits: .patient(pageSize: 2))
    let (found, listing) = try await client.groups(of: domain)
    #expect(listing == Listing(pages: 3, elements: 5, isSteady: true))
    #expect(found.map(\.id.description) == Self.ids)
    #expect(found.map(\.inherits) == [false, false, false, true, false])
    let first = try #require(found.first)
    #expect(first.path == #"My Company\G_0000"#)
    #expect(first.policyDate == ServerTime(milliseconds: 1_556_542_282_626))
    #expect(first.serial?.isOf(first.id) == true)
    #expect(first.serial?.time == first.policyDate)
    #expect(first.domain == domain)
    #expect(first.clients == 12)
    #expect(
      sepm.server.requests.filter { $0.path == "/groups" }.map(\.query) == [
        "domain=\(domain)&pageIndex=1&pageSize=2", "domain=\(domain)&pageIndex=2&pageSize=2",
        "domain=\(domain)&pageIndex=3&pageSize=2",
      ])
  }

  @Test("A computer has what counts a client, and the rest of its row does not matter")
  func computers() async throws {
    let page = Samples.page(
      [Samples.computer(Self.ids[0])], number: 0, size: 1_000, total: 1, isLast: true)
    let sepm = try await ScriptedSEPM(["GET /computers": [.json(page)]])
    let (found, listing) = try await computers(
      try sepm.client(), since: ServerTime(milliseconds: 1_700_000_000_000))
    #expect(listing == Listing(pages: 1, elements: 1, isSteady: true))
    let computer = try #require(found.first)
    #expect(
      computer
        == Computer(
          id: try #require(SEPMID(Self.ids[0])),
          hardwareKey: SEPMID("0123456789ABCDEF0123456789ABCDEF"), name: "WS-0001",
          group: Samples.group.id, groupPath: #"My Company\Group1"#,
          serial: ProfileSerial("E5E6-08/21/2024 12:38:31 900"), hasUnreadableSerial: false,
          lastContact: ServerTime(milliseconds: 1_724_243_911_900),
          created: ServerTime(milliseconds: 1_690_000_000_000), version: "14.3.9717.7000",
          lastServer: "SEPM-PAR-01", lastSite: "Site Paris",
          lastSiteID: SEPMID("57E9A1B20A3208011A2B3C4D5E6F7A8B"), function: .workstation,
          isOnline: true, isDeleted: false, isNonPersistentDesktop: false))
    #expect(computer.serial?.isOf(Samples.group.id) == true)
    let request = try #require(sepm.server.requests.last)
    #expect(
      request.query
        == "sort=COMPUTER_ID&order=ASC&lastUpdate=1700000000000&pageIndex=1&pageSize=1000")
  }

  @Test("Members that are missing, null or of another type; rows without an id")
  func oddRows() async throws {
    let rows = [
      #"{"uniqueId":"\#(Self.ids[0])"}"#,
      #"""
      {"uniqueId":"\#(Self.ids[1])","group":null,"hardwareKey":null,"profileSerialNo":null,"deleted":true,
       "lastUpdateTime":0,"osFunction":"Toaster","computerName":null,"onlineStatus":"1","isNpvdiClient":"true"}
      """#,
      #"{"uniqueId":"\#(Self.ids[2])","profileSerialNo":"E5E6-08\/21\/2024 12:38:31 900"}"#,
      #"{"uniqueId":"\#(Self.ids[3])","profileSerialNo":"garbled","lastUpdateTime":"1724243911900"}"#,
      #"{"uniqueId":null,"computerName":"nobody"}"#,
    ]
    let page = Samples.page(rows, number: 0, size: 1_000, total: 5, isLast: true)
    let sepm = try await ScriptedSEPM(["GET /computers": [.json(page)]])
    let (found, listing) = try await computers(try sepm.client())
    #expect(listing.elements == 5)
    #expect(found.map(\.id.description) == Array(Self.ids[..<4]))
    #expect(found.map(\.isDeleted) == [false, true, false, false])
    #expect(found.map(\.isOnline) == [false, true, false, false])
    #expect(found.map(\.function) == [.unknown, .unknown, .unknown, .unknown])
    #expect(found[1].isNonPersistentDesktop)
    #expect(found[0].lastContact == nil && found[1].lastContact == nil)
    #expect(found[2].serial == ProfileSerial("E5E6-08/21/2024 12:38:31 900"))
    #expect(found.map(\.hasUnreadableSerial) == [false, false, false, true])
    #expect(found[3].lastContact == ServerTime(milliseconds: 1_724_243_911_900))
    let wrong = Samples.page(
      [#"{"uniqueId":"short"}"#], number: 0, size: 1, total: 1, isLast: true)
    let other = try await ScriptedSEPM(["GET /computers": [.json(wrong)]])
    let client = try other.client()
    guard
      case .malformed = await failure({ () async throws(SEPMError) in
        try await computers(client)
      })
    else {
      Issue.record("an id that is none was taken")
      return
    }
  }

  @Test("Pages that never end, lie, do not fit or are cut have names")
  func brokenPages() async throws {
    let row = Samples.computer(Self.ids[0])
    func kind(_ pages: [String], limit: Int = 10) async throws -> SEPMError.Kind? {
      let sepm = try await ScriptedSEPM(["GET /computers": pages.map { .json($0) }])
      let client = try sepm.client(limits: .patient(pageSize: 1, pages: limit))
      return await failure { () async throws(SEPMError) in try await computers(client) }
    }
    let first = Samples.page([row], number: 0, size: 1, total: 3, isLast: false)
    // The same page over and over.
    #expect(try await kind([first]) == .brokenPages(.wrongPage(asked: 2, got: 1)))
    #expect(
      try await kind([first, Samples.page([], number: 1, size: 1, total: 3, isLast: false)])
        == .brokenPages(.neverEnds(page: 2)))
    #expect(
      try await kind([Samples.page([row], number: 0, size: 1, total: 3, isLast: true)])
        == .brokenPages(.endsEarly(received: 1, total: 3)))
    #expect(
      try await kind([Samples.page([row], number: 0, size: 1, total: 1, isLast: false)])
        == .brokenPages(.goesOn(received: 1, total: 1)))
    #expect(try await kind([first], limit: 1) == .brokenPages(.tooManyPages(limit: 1)))
    for cut in [#"{"number":0}"#, String(first.dropLast(40)), #"{"content":{}}"#] {
      guard case .malformed = try await kind([cut]) else {
        Issue.record("\(cut)")
        continue
      }
    }
  }

  @Test("Clients that come and go between two pages are no error")
  func unsteady() async throws {
    let rows = Self.ids.map { Samples.computer($0) }
    let sepm = try await ScriptedSEPM([
      "GET /computers": [
        .json(Samples.page(Array(rows[..<2]), number: 0, size: 2, total: 5, isLast: false)),
        .json(Samples.page(Array(rows[3...]), number: 1, size: 2, total: 4, isLast: true)),
      ]
    ])
    let client = try sepm.client(limits: .patient(pageSize: 2))
    let (found, listing) = try await computers(client)
    #expect(found.count == 4)
    #expect(!listing.isSteady)
  }

  @Test("A token that dies in the middle of a listing does not end it")
  func tokenLoss() async throws {
    let rows = Self.ids.map { Samples.computer($0) }
    let sepm = try await ScriptedSEPM([
      "GET /computers": [
        .json(Samples.page([rows[0]], number: 0, size: 1, total: 2, isLast: false)),
        .error(401, "Unauthorized"),
        .json(Samples.page([rows[1]], number: 1, size: 1, total: 2, isLast: true)),
      ]
    ])
    let (found, _) = try await computers(
      try sepm.client(limits: .patient(pageSize: 1)))
    #expect(found.map(\.id.description) == Array(Self.ids[..<2]))
    #expect(sepm.server.count("POST /identity/authenticate") == 2)
  }
}
