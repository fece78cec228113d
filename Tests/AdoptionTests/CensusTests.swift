import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Adoption
@testable import SEPMClient

/// A day in milliseconds.
private let day: Int64 = 86_400_000

/// The beginning of every wait here.
private let begin: Int64 = 1_800_000_000_000

private func id(_ number: Int, prefix: String = "E5E6") -> SEPMID {
  let digits = String(number, radix: 16, uppercase: true)
  guard let id = SEPMID(prefix + String(repeating: "0", count: 28 - digits.count) + digits) else {
    preconditionFailure("\(number) is no id")
  }
  return id
}

/// The group of all clients that are in no other.
private let group = id(1)

/// A client in the making; it has the policy from before the change and was there just before the wait began.
private struct Client {
  var id: SEPMID
  var hardwareKey: SEPMID?
  var name: String
  var group: SEPMID? = AdoptionTests.group
  var groupPath = "My Company\\Paris"
  var serial: ProfileSerial?
  var contact = begin - 1_000
  var created = begin - 300 * day
  var server = "SEPM-PAR-01"
  var site = "Site Paris"
  var function = OSFunction.workstation
  var isOnline = true
  var isDeleted = false

  var row: Computer {
    Computer(
      id: id, hardwareKey: hardwareKey, name: name, group: group, groupPath: groupPath,
      serial: serial, hasUnreadableSerial: false,
      lastContact: ServerTime(milliseconds: contact), created: ServerTime(milliseconds: created),
      version: "14.3.9717.7000", lastServer: server, lastSite: site, lastSiteID: nil,
      function: function, isOnline: isOnline, isDeleted: isDeleted, isNonPersistentDesktop: false)
  }
}

private func serial(_ time: Int64, prefix: String = "E5E6") -> ProfileSerial? {
  // 2027-01-15T08:00:00.000Z
  let text = Instant(milliseconds: time).description
  let date = text.prefix(10).split(separator: "-")
  let clock = text.dropFirst(11).dropLast().replacing(".", with: " ")
  return ProfileSerial("\(prefix)-\(date[1])/\(date[2])/\(date[0]) \(clock)")
}

private func client(
  _ number: Int, policy: Int64? = begin - 30 * day, seen: Int64 = begin - 1_000,
  change: (inout Client) -> Void = { _ in }
) -> Computer {
  var client = Client(
    id: id(number, prefix: "AAAA"), hardwareKey: id(number, prefix: "BBBB"), name: "PC-\(number)",
    serial: policy.flatMap { serial($0) }, contact: seen)
  change(&client)
  return client.row
}

/// A client that has the change and was there since.
private func adopted(_ number: Int, change: (inout Client) -> Void = { _ in }) -> Computer {
  client(number, policy: begin + 60_000, seen: begin + 120_000, change: change)
}

private func census(
  _ rows: [Computer], policy: WaitPolicy = .standard, sites: Set<String> = [],
  purgesAfter: Int64? = nil,
  markers: [SEPMID: Int64] = [group: begin], servers: [String: Int64] = [:],
  needsChangedServer: Bool = false
) -> Census {
  var census = Census(
    CensusScope(siteNames: sites, policy: policy, purgesAfter: purgesAfter),
    criterion: AdoptionCriterion(
      markers: markers, changedAt: begin, servers: servers, needsChangedServer: needsChangedServer),
    startedAt: begin)
  census.list(rows)
  return census
}

extension Census {
  fileprivate mutating func list(_ rows: [Computer], isWhole: Bool = true) {
    beginListing()
    for row in rows { take(row) }
    endListing(isWhole: isWhole)
  }
}

@Suite("Which clients count as adopted")
struct CriterionTests {
  @Test("A client adopts with its group's policy, not older than the marker, and a contact since")
  func adopts() {
    #expect(count(adopted(1)).adopted == 1)
    // The serial also moves without a change, so it may be newer than the marker.
    #expect(count(client(1, policy: begin + day, seen: begin + day)).adopted == 1)
    #expect(count(client(1, policy: begin, seen: begin + 1)).adopted == 1)
  }

  @Test(
    "Each thing that is missing keeps it pending",
    arguments: [
      client(1, policy: begin - 1, seen: begin + 1_000),
      client(1, policy: nil, seen: begin + 1_000),
      client(1, policy: begin + 1, seen: begin),
      adopted(1) { $0.serial = serial(begin + 60_000, prefix: "1234") },
      adopted(1) { $0.group = id(2, prefix: "E5E6") },
    ])
  func pending(row: Computer) {
    let count = count(row)
    #expect(count.adopted == 0)
    #expect(count.pendingOnline == 1)
  }

  @Test("A client that moved is judged by its present group")
  func moved() {
    let lab = id(7, prefix: "1817")
    var census = census([adopted(1) { $0.group = lab }], markers: [group: begin, lab: begin])
    #expect(census.count(at: begin + day).adopted == 0)
    census.take(
      adopted(1) {
        $0.group = lab
        $0.serial = serial(begin, prefix: "1817")
      })
    #expect(census.count(at: begin + day).adopted == 1)
  }

  @Test(
    "After a swap the contact is with a server that was changed, later than its services' start")
  func servers() {
    let up = ["sepm-par-01": begin + 100_000]
    #expect(count(adopted(1), servers: up).adopted == 1)
    #expect(count(adopted(1) { $0.server = "sepm-par-01.example.net" }, servers: up).adopted == 1)
    #expect(count(adopted(1) { $0.contact = begin + 100_000 }, servers: up).adopted == 0)
    // Where clients do not verify meanwhile, they receive the new list from any server.
    let other = adopted(1) { $0.server = "SEPM-PAR-02" }
    #expect(count(other, servers: up).adopted == 1)
    #expect(count(other, servers: up, needsChangedServer: true).adopted == 0)
  }

  @Test("With failover a client that was seen with a changed server may go to another")
  func goesOn() {
    let up = ["sepm-par-01": begin + 100_000]
    let other = adopted(1) {
      $0.server = "sepm-par-02"
      $0.contact = begin + 200_000
    }
    var census = census([adopted(1)], servers: up, needsChangedServer: true)
    #expect(census.count(at: begin + day).adopted == 1)
    census.take(other)
    #expect(census.count(at: begin + day).adopted == 1)
    // That it was there does not make up for a policy that it lost.
    census.take(adopted(1) { $0.serial = serial(begin - 1) })
    #expect(census.count(at: begin + day).adopted == 0)
    // Too early a contact with it shows nothing.
    let early = adopted(1) { $0.contact = begin + 100_000 }
    #expect(count(early, then: other, servers: up, needsChangedServer: true).adopted == 0)
  }

  private func count(
    _ row: Computer, then next: Computer? = nil, servers: [String: Int64] = [:],
    needsChangedServer: Bool = false
  ) -> AdoptionCount {
    var census = census([row], servers: servers, needsChangedServer: needsChangedServer)
    if let next { census.take(next) }
    return census.count(at: begin + day)
  }
}

@Suite("What a census counts")
struct CensusTests {
  @Test("Adopted, pending and stale clients; deleted ones are none of these")
  func kinds() {
    var census = census([
      adopted(1), client(2), client(3) { $0.isOnline = false },
      client(4, seen: begin - 40 * day), client(5) { $0.isDeleted = true },
    ])
    let count = census.count(at: begin + day)
    #expect(count.counted == 3)
    #expect((count.adopted, count.pendingOnline, count.pendingOffline) == (1, 1, 1))
    #expect((count.stale, count.joined, count.removed) == (1, 0, 0))
    #expect(census.frozen?.members.count == 3)
  }

  @Test("Rows that a partner replicated here are not this site's")
  func partner() {
    let foreign = adopted(2) { $0.site = "Site Berlin" }
    var own = census([adopted(1), foreign], sites: ["Site Paris"])
    #expect(own.count(at: begin + day).counted == 1)
    var all = census([adopted(1), foreign])
    #expect(all.count(at: begin + day).counted == 2)
  }

  @Test("Rows of one machine count once: the one that was seen last")
  func duplicates() {
    // The same key and name.
    var census = census([
      adopted(1),
      client(2, seen: begin - 5 * day) {
        $0.name = "PC-1"
        $0.hardwareKey = id(1, prefix: "BBBB")
      },
    ])
    #expect(census.count(at: begin + day).counted == 1)
    #expect(census.count(at: begin + day).adopted == 1)
  }

  @Test("A machine that was installed anew counts once, two machines of one name count twice")
  func sameName() {
    let first = client(1, seen: begin - 5 * day) { $0.name = "PC" }
    var anew = census([
      first,
      adopted(2) {
        $0.name = "pc"; $0.created = begin - 4 * day
      },
    ])
    #expect(anew.count(at: begin + day).counted == 1)
    var two = census([
      first,
      adopted(2) {
        $0.name = "pc"; $0.created = begin - 6 * day
      },
    ])
    #expect(two.count(at: begin + day).counted == 2)
  }

  @Test("Machines that share a hardware key and not a name are images of one disk, and all count")
  func clones() {
    var census = census([
      adopted(1), client(2) { $0.hardwareKey = id(1, prefix: "BBBB") },
      client(3) { $0.hardwareKey = nil },
    ])
    #expect(census.count(at: begin + day).counted == 3)
  }

  @Test("New clients are added; one that is deleted leaves, and one that is stale")
  func moves() {
    var census = census([adopted(1), client(2), client(3)])
    _ = census.count(at: begin + day)
    census.take(client(4, seen: begin + day))
    census.take(client(2) { $0.isDeleted = true })
    let count = census.count(at: begin + day)
    #expect((count.counted, count.joined, count.removed) == (3, 1, 1))
    let later = census.count(at: begin + 32 * day)
    #expect(later.stale == 2)
    #expect(later.removed == 2)
  }

  @Test("A row that vanished is waited for, unless SEPM was due to purge it")
  func vanished() {
    var census = census(
      [adopted(1), client(2, seen: begin - 29 * day), client(3)], purgesAfter: 29 * day)
    _ = census.count(at: begin)
    census.list([adopted(1)])
    let count = census.count(at: begin + 1_000_000)
    #expect((count.counted, count.adopted, count.pendingOffline, count.removed) == (2, 1, 1, 1))
    #expect(
      census.stragglers(at: begin + 1_000_000, skew: 0, limit: 9).named.map(\.name) == ["PC-3"])
  }

  @Test(
    "An adopted client that vanished is not adopted any more: it may have been deleted to make the share look good"
  )
  func adoptedAndVanished() {
    var census = census([adopted(1), client(2)])
    _ = census.count(at: begin)
    census.list([client(2)])
    let count = census.count(at: begin + day)
    #expect((count.counted, count.adopted, count.removed) == (2, 0, 0))
  }

  @Test("A listing that is not whole takes nothing for gone")
  func shiftedPages() {
    var census = census([adopted(1), adopted(2)])
    _ = census.count(at: begin)
    census.list([adopted(1)], isWhole: false)
    #expect(census.count(at: begin + day).adopted == 2)
  }

  @Test("The denominator of an earlier stay holds")
  func resumed() throws {
    var first = census([adopted(1), client(2), client(3)])
    _ = first.count(at: begin)
    let json = try #require(first.frozen?.json)
    let frozen = try #require(FrozenClients(json))
    #expect(frozen == first.frozen)
    var second = Census(first.scope, criterion: first.criterion, startedAt: begin, frozen: frozen)
    // The third was renamed, and the second is no longer there.
    second.list([adopted(1), client(4), adopted(3) { $0.name = "PC-33" }])
    let count = second.count(at: begin + day)
    #expect((count.counted, count.adopted, count.joined, count.removed) == (4, 2, 1, 0))
    #expect(
      second.stragglers(at: begin + day, skew: 0, limit: 9).named.map(\.name) == ["pc-2", "PC-4"])
    // Once it would be stale anyway, it may be gone.
    #expect(second.count(at: begin + 30 * day).removed == 1)
  }

  @Test("Cohorts and exclusions")
  func rules() {
    var policy = WaitPolicy.standard
    policy.cohorts = [
      .init(
        name: Located("controllers"),
        selector: ClientSelector(osFunction: Located(.domainController)),
        adopted: Located(.percent(100)))
    ]
    policy.exclusions = [
      .init(selector: ClientSelector(group: Located("My Company\\Lab")), reason: Located("alone"))
    ]
    var census = census(
      [
        adopted(1) { $0.function = .domainController },
        client(2) { $0.function = .domainController },
        client(3) { $0.groupPath = "My Company\\Lab\\Deep" },
        client(4) { $0.groupPath = "My Company\\Laboratory" },
      ], policy: policy)
    let count = census.count(at: begin + day)
    #expect(count.excluded == 1)
    #expect(count.counted == 3)
    #expect(count.cohorts == [.init(name: "controllers", counted: 2, adopted: 1)])
  }

  @Test("Whoever holds a wait back is named, with why")
  func stragglers() {
    let census = census(
      [
        client(1), client(2) { $0.isOnline = false },
        adopted(3) { $0.server = "sepm-par-02" },
        adopted(4) { $0.serial = serial(begin + 1, prefix: "0001") }, adopted(5),
      ], servers: ["sepm-par-01": begin], needsChangedServer: true)
    let all = census.stragglers(at: begin + day, skew: 500, limit: 10)
    let stragglers = all.named
    #expect(stragglers.map(\.name) == ["PC-4", "PC-3", "PC-2", "PC-1"])
    #expect(stragglers.map(\.obstacle) == [.moved, .otherServer, .offline, .connected])
    #expect(
      stragglers.map { $0.reason.prefix(25) } == [
        "It was moved to My Compan", "Its last contact was with", "It has been offline since",
        "It is connected and asks ",
      ])
    #expect(stragglers[2].lastSeen == Instant(milliseconds: begin - 1_500))
    let two = census.stragglers(at: begin + day, skew: 0, limit: 2)
    #expect(two.count == 4 && two.obstacles == all.obstacles && two.groups == all.groups)
    #expect(two.named.map(\.name) == ["PC-4", "PC-3"])
  }
}
