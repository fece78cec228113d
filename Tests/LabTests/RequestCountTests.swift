import Estate
import Lab
import PlanModel
import RotationEngine
import SEPMClient
import Secrets
import TestSupport
import Testing

@testable import Drivers
@testable import Lab

/// What a run costs a server that takes few requests and few log-ons: counted by the lab.
@Suite("Log-ons and requests of a run")
struct RequestCountTests {
  /// How many tokens were given, and how many of them are open.
  private static func sessions(_ lab: RunningLab) throws -> [Int] {
    try lab.lab.world.withSessions { _, sessions, _ in [sessions.count, sessions.sessions.count] }
  }

  @Test(
    "All steps of a stay share one token, and whatever they were given is given back at its end")
  func token() async throws {
    let run = try await VisitedRun()
    #expect(try Self.sessions(run.lab) == [0, 0])
    try await run.visit()
    // Checks, record and backup are done, and it rests at a gate. One log-on more shows that the password is accepted.
    try await run.expect(.checkServer, .succeeded)
    try await run.expect(.recordSettings, .succeeded)
    #expect(try Self.sessions(run.lab) == [2, 0])
    try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
    try await run.visit()
    try await run.expect(.disableVerification, .succeeded)
    try await run.expect(.awaitVerificationDisabled, .waiting)
    #expect(try Self.sessions(run.lab) == [3, 0])
    try await run.visit(after: .hours(6))
    #expect(try Self.sessions(run.lab) == [4, 0])
    try await run.lab.stop()
  }

  @Test("A server that does not take tokens back does not hold up the end of a stay")
  func stuck() async throws {
    let run = try await VisitedRun()
    try await run.set(LabFault(.slow, detail: "identity/logout", number: 20_000))
    try await run.visit()
    // The answer is still on its way.
    #expect(try Self.sessions(run.lab) == [2, 2])
    try await run.expect(.recordSettings, .succeeded)
    try await run.lab.stop()
  }

  /// How many requests the site's server was asked since its time stands still.
  private static func requests(_ lab: RunningLab) throws -> Int {
    try lab.lab.world.withSessions { _, _, windows in
      windows[ServerPosition(site: 0, server: 0), default: RateWindow()].count
    }
  }

  @Test("A switch of verification reads each place once before and once after, and no more")
  func verification() async throws {
    let lab = try await RunningLab(LabPlans.one(clients: 10))
    _ = try await lab.ask(.fault(LabFault(.limit, number: 1_000_000)))
    let own = lab.lab.description.sites[0]
    let authorities = try #require(
      ServerTrust.AuthorityList(pem: Array(try lab.folder.text(of: "lab/ca.pem").utf8)))
    let client = APIClient(
      try #require(APIAddress(own.api)),
      account: Account(username: own.username) { () async throws(SecretTrouble) in
        Secret(Array(own.password.utf8))
      }, trust: .authorities(authorities), pace: RequestPace(perMinute: 60_000, burst: 1_000),
      clock: { 0 })
    let reading = try await SiteReading(client, byNewLogOn: true, localTime: { 0 })
    var last = try Self.requests(lab)
    func cost() throws -> Int {
      defer { last = (try? Self.requests(lab)) ?? 0 }
      return try Self.requests(lab) - last
    }

    let record = try await reading.record()
    let groups = record.groups.count { !$0.inherits }
    let (places, verifying) = (
      record.places.count, record.places.count { $0.location.settings.verifies }
    )
    #expect(groups > 1 && places > groups && verifying < places && verifying > 1)
    // Replication, domains, purge and groups once; each group's locations, and each location's settings.
    #expect(try cost() == 4 + groups + places)

    func verification(_ isOn: Bool) -> VerificationSwitch {
      VerificationSwitch(reading: reading, record: record, isOn: isOn, mayWrite: { nil })
    }
    // Domains and groups before and after; locations that were made since; each place, and what was written.
    let listings = 4
    try await lab.advance(by: .hours(1))
    last = 0
    #expect(try await verification(false).perform().succeeded)
    #expect(try cost() == listings + groups + verifying * 3)
    let deeds = try lab.lab.look().deeds.count
    #expect(deeds == verifying)
    #expect(try await verification(false).perform().succeeded)
    #expect(try cost() == listings + groups + verifying)
    guard case .done = try await verification(false).observe() else {
      Issue.record("it is not seen as done")
      return
    }
    #expect(try cost() == listings + groups + verifying)
    #expect(try lab.lab.look().deeds.count == deeds)

    try await lab.advance(by: .hours(1))
    last = 0
    #expect(try await verification(true).perform().succeeded)
    #expect(try cost() == listings + verifying * 3)
    #expect(try lab.lab.look().deeds.count == 2 * deeds)
    guard case .done = try await verification(true).observe() else {
      Issue.record("it is not seen as done")
      return
    }
    #expect(try cost() == listings + verifying)
    // Places that may not be written any more are not.
    let stopped = VerificationSwitch(
      reading: reading, record: record, isOn: false,
      mayWrite: { StepFailure(.cancelled, "The lease is gone.") })
    #expect(try await stopped.perform().failure?.message == "The lease is gone.")
    #expect(try lab.lab.look().deeds.count == 2 * deeds)
    try await lab.stop()
  }
}

extension StepAnswer {
  fileprivate var succeeded: Bool { if case .succeeded = self { true } else { false } }
  fileprivate var failure: StepFailure? {
    if case .failed(let failure) = self { failure } else { nil }
  }
}
