import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Estate

@Suite("What a client does at a contact")
struct ContactTests {
  /// A site with one server of which nothing comes by itself: contacts are made by hand.
  private static func estate(servers: Int = 1, _ scenario: Scenario = quiet) -> SimulatedEstate {
    let plan = RotationPlan(
      name: Located("one"),
      certificates: [Plans.certificate("a"), Plans.certificate("b")],
      sites: [
        Site(
          name: Located("paris"), clients: Located(40),
          servers: (0..<servers).map {
            Server(
              name: Located("s\($0)"), address: Located("s\($0)"),
              certificate: Located($0 == 0 ? "a" : "b"))
          })
      ])
    return SimulatedEstate(plan: plan, scenario: scenario, seed: 0)
  }

  private static var quiet: Scenario { Scenario(retired: .percent(0)) }

  private static func act(
    _ action: Action, _ target: String = "paris", in estate: inout SimulatedEstate
  ) {
    estate.apply(
      EstateEntry(at: estate.now, step: "x", attempt: 1, effect: action, target: target))
  }

  private static func swap(_ server: String, in estate: inout SimulatedEstate) {
    act(.updateCertificate, "paris/\(server)", in: &estate)
    act(.restartServices, "paris/\(server)", in: &estate)
  }

  /// A client that verifies at the start.
  private static func verifier(in estate: SimulatedEstate) throws -> Int {
    try #require(
      estate.sites[0].clients.first {
        Int(estate.clients.group[$0]) == GroupBook.desktops
      })
  }

  private static func held(_ client: Int, _ estate: SimulatedEstate) -> PublishedProfile {
    estate.profiles[Int(estate.clients.profile[client])]
  }

  @Test("With HTTPS a certificate that the client does not hold is refused")
  func httpsRefuses() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    Self.act(.disableVerification, in: &estate)
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(!Self.held(client, estate).verifies)
    Self.swap("s0", in: &estate)
    estate.contact(client, of: 0, at: estate.time + 2)
    #expect(estate.clients.failingSince[client] == estate.time + 2)
    #expect(estate.truth.orphans == 1)
  }

  @Test("With HTTP a signature by a certificate that the client does not hold is refused")
  func signatureRefuses() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    Self.act(.switchClientsToHTTP, in: &estate)
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(Self.held(client, estate).verifies && !Self.held(client, estate).usesHTTPS)
    Self.swap("s0", in: &estate)
    estate.contact(client, of: 0, at: estate.time + 2)
    #expect(estate.clients.failingSince[client] != 0)
  }

  @Test("With HTTP and verification off the client takes whatever is offered")
  func httpTakesAll() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    Self.act(.recordSettings, in: &estate)
    Self.act(.switchClientsToHTTP, in: &estate)
    Self.act(.disableVerification, in: &estate)
    estate.contact(client, of: 0, at: estate.time + 1)
    Self.swap("s0", in: &estate)
    Self.act(.enableVerification, in: &estate)
    estate.contact(client, of: 0, at: estate.time + 2)
    #expect(estate.clients.failingSince[client] == 0)
    #expect(Self.held(client, estate).verifies)
    let list = estate.certificateLists[Int(Self.held(client, estate).certificates)]
    #expect(list == [estate.sites[0].servers[0].newCertificate])
  }

  @Test("An older or equal profile is not applied")
  func nothingNewer() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    let before = estate.clients.profile[client]
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(estate.clients.profile[client] == before)
    #expect(estate.clients.lastContact[client] == estate.time + 1)
  }

  @Test("A group that does not download policies keeps what it holds")
  func noDownload() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    estate.sites[0].groups[GroupBook.desktops].downloadsProfile = false
    Self.act(.disableVerification, in: &estate)
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(Self.held(client, estate).verifies)
    #expect(estate.whyPending(client, site: 0).reason.contains("does not download"))
  }

  @Test("A client fails over to a server that it trusts and learns the new certificate there")
  func failover() throws {
    var estate = Self.estate(servers: 2)
    let client = try #require(
      estate.sites[0].clients.first {
        estate.home(of: $0, servers: 2) == 0 && Int(estate.clients.group[$0]) == GroupBook.desktops
      })
    Self.swap("s0", in: &estate)
    let time = estate.time
    estate.contact(client, of: 0, at: time + 1)
    #expect(estate.clients.failingSince[client] == 0)
    #expect(estate.clients.lastServer[client] == 1)
    let new = try #require(estate.sites[0].servers[0].newCertificate)
    let list = estate.certificateLists[Int(Self.held(client, estate).certificates)]
    #expect(list.first == new)
    // It stays there for a day of uninterrupted contact and then goes back.
    estate.contact(client, of: 0, at: time + 3_600_000)
    #expect(estate.clients.lastServer[client] == 1)
    estate.contact(client, of: 0, at: time + 90_000_000)
    #expect(estate.clients.lastServer[client] == 0)
  }

  @Test("A client of version 14.2.1 refuses a changed certificate even from a server it trusts")
  func oldAgent() throws {
    var scenario = Self.quiet
    scenario.faults.oldAgents = Scenario.OldAgents(share: .percent(100))
    var estate = Self.estate(servers: 2, scenario)
    let client = try Self.verifier(in: estate)
    let before = Self.held(client, estate)
    Self.swap("s0", in: &estate)
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(Self.held(client, estate) == before)
    Self.swap("s1", in: &estate)
    estate.contact(client, of: 0, at: estate.time + 2)
    #expect(estate.clients.failingSince[client] != 0)
  }

  @Test("A server that is down makes no orphan")
  func down() throws {
    var estate = Self.estate()
    let client = try Self.verifier(in: estate)
    estate.sites[0].servers[0][.webServer].isRunning = false
    estate.contact(client, of: 0, at: estate.time + 1)
    #expect(estate.clients.failingSince[client] == 0)
    #expect(estate.clients.lastContact[client] == ClientTable.never)
  }

  @Test("Groups that inherit follow their parent, others keep their own setting")
  func inheritance() throws {
    var estate = Self.estate()
    Self.act(.recordSettings, in: &estate)
    let lab = estate.sites[0].groups[GroupBook.lab]
    #expect(!lab.verifies)
    Self.act(.disableVerification, in: &estate)
    let desktops = estate.sites[0].currentProfiles[GroupBook.desktops * 2]
    #expect(!estate.profiles[Int(desktops)].verifies)
    #expect(estate.sites[0].groups[GroupBook.lab].policyDate == lab.policyDate)
    Self.act(.enableVerification, in: &estate)
    #expect(!estate.sites[0].groups[GroupBook.lab].verifies)
    #expect(estate.settingsDifferences(of: 0) == [])
  }

  @Test("A serial is the first digits of the group's id and the time of the change")
  func serial() {
    #expect(
      policySerial(
        groupID: "36E0B28B00000000", policyDate: 1_556_542_282_626)
        == "36E0-04/29/2019 12:51:22 626")
  }
}
