import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Estate

@Suite("Orphans in situations made by hand")
struct OrphanTests {
  private static func world(_ scenario: Scenario = Scenario(retired: .percent(10)))
    -> SimulatedEstate
  {
    SimulatedEstate(plan: Plans.one(clients: 500), scenario: scenario, seed: 0)
  }

  private static func act(
    _ action: Action, _ target: String = "paris", after wait: Duration = .zero,
    in estate: inout SimulatedEstate
  ) {
    estate.apply(
      EstateEntry(at: estate.now + wait, step: "x", attempt: 1, effect: action, target: target))
  }

  private static func swap(in estate: inout SimulatedEstate) {
    act(.updateCertificate, "paris/par-01", in: &estate)
    act(.restartServices, "paris/par-01", in: &estate)
  }

  @Test("Nobody is an orphan while the certificates are the old ones")
  func atRest() {
    var estate = Self.world()
    estate.advance(to: estate.now + .days(30))
    #expect(estate.truth == EstateTruth(clients: 500, orphans: 0, latentOrphans: 0))
  }

  @Test(
    "A swap without preparation orphans every machine that verifies: first latent, then for good")
  func unprepared() {
    var estate = Self.world()
    Self.swap(in: &estate)
    let machines = estate.sites[0].clients.count {
      estate.clients.retiredAt[$0] == Int64.max
    }
    #expect(estate.truth.orphans == 0)
    #expect(estate.truth.latentOrphans == machines)
    #expect(estate.orphans(limit: .max).count { $0.isLatent } == machines)
    estate.advance(to: estate.now + .days(8))
    let lost = estate.orphans(limit: .max)
    #expect(lost.count == machines && Set(lost.map(\.name)).count == machines)
    #expect(lost.allSatisfy { !$0.isLatent && $0.group.hasPrefix("My Company") })
    let seen = lost.map { $0.lastSeen?.milliseconds ?? .min }
    #expect(seen == seen.sorted() && seen.first != seen.last)
    #expect(estate.orphans(limit: 7) == Array(lost.prefix(7)))
    // HTTPS is refused by the group without verification as well.
    #expect(estate.truth.orphans == machines)
    #expect(estate.truth.latentOrphans == 0)
  }

  @Test("A swap half a day after verification went off orphans those that had not come by")
  func premature() {
    var estate = Self.world()
    Self.act(.switchClientsToHTTP, in: &estate)
    Self.act(.disableVerification, in: &estate)
    estate.advance(to: estate.now + .hours(12))
    let missing = estate.sites[0].clients.count { client in
      estate.clients.retiredAt[client] == Int64.max
        && estate.profiles[Int(estate.clients.profile[client])].usesHTTPS
    }
    Self.swap(in: &estate)
    estate.advance(to: estate.now + .days(8))
    #expect(missing > 0)
    #expect(estate.truth.orphans == missing)
  }

  @Test("Verification that is on again before the services were restarted orphans clients")
  func enabledTooEarly() {
    var estate = Self.world()
    Self.act(.recordSettings, in: &estate)
    Self.act(.switchClientsToHTTP, in: &estate)
    Self.act(.disableVerification, in: &estate)
    Self.act(.updateCertificate, "paris/par-01", after: .days(8), in: &estate)
    Self.act(.enableVerification, in: &estate)
    Self.act(.restartServices, "paris/par-01", after: .days(1), in: &estate)
    estate.advance(to: estate.now + .days(8))
    #expect(estate.truth.orphans > 300)
  }

  @Test("Over HTTPS verification that is off does not save a client")
  func withoutHTTP() {
    var estate = Self.world()
    Self.act(.disableVerification, in: &estate)
    estate.advance(to: estate.now + .days(8))
    Self.swap(in: &estate)
    estate.advance(to: estate.now + .days(8))
    #expect(estate.truth.orphans > 400)
  }

  @Test("The old certificate brings orphans back")
  func restored() {
    var estate = Self.world()
    Self.swap(in: &estate)
    estate.advance(to: estate.now + .days(8))
    Self.act(.restoreCertificate, "paris/par-01", in: &estate)
    Self.act(.restartServices, "paris/par-01", in: &estate)
    estate.advance(to: estate.now + .days(8))
    #expect(estate.truth.orphans == 0)
    #expect(estate.truth.latentOrphans == 0)
  }

  @Test(
    "A laptop that is away over the whole rotation is a latent orphan, a retired machine is not")
  func away() {
    var estate = Self.world(
      Scenario(
        retired: .percent(10),
        absences: [
          Scenario.Absence(share: .percent(4), since: .days(3), back: .days(40))
        ]))
    Self.act(.recordSettings, in: &estate)
    Self.act(.switchClientsToHTTP, in: &estate)
    Self.act(.disableVerification, in: &estate)
    estate.advance(to: estate.now + .days(8))
    Self.swap(in: &estate)
    Self.act(.enableVerification, after: .days(2), in: &estate)
    Self.act(.switchClientsToHTTPS, after: .days(2), in: &estate)
    estate.advance(to: estate.now + .days(2))
    let away = estate.sites[0].clients.count {
      estate.clients.person[$0].absence > 0 && estate.clients.retiredAt[$0] == Int64.max
    }
    #expect(away > 5)
    #expect(estate.truth == EstateTruth(clients: 500, orphans: 0, latentOrphans: away))
    estate.advance(to: estate.now + .days(40))
    #expect(estate.truth == EstateTruth(clients: 500, orphans: away, latentOrphans: 0))
  }
}
