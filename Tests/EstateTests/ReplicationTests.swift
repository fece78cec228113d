import PlanModel
import PlanText
import RotationEngine
import Testing

@testable import Estate

@Suite("What replication does while it is broken")
struct ReplicationTests {
  /// Two sites whose partnership was broken, and when it last ran before that.
  private static func broken(
    _ breaking: Partnership.Break
  ) -> (estate: SimulatedEstate, lastRun: Int64) {
    var plan = Plans.two()
    plan.partnerships[0].breaking.value = breaking
    var estate = SimulatedEstate(plan: plan, scenario: Scenario(), seed: 0)
    estate.advance(to: estate.now + .days(1))
    act(.breakReplication, in: &estate)
    return (estate, estate.links[0].lastRun)
  }

  private static func act(_ action: Action, in estate: inout SimulatedEstate) {
    estate.apply(
      EstateEntry(
        at: estate.now, step: "x", attempt: 1, effect: action, target: estate.links[0].name))
  }

  @Test("A rescheduled partnership replicates by itself when its schedule comes round")
  func rescheduled() {
    let (made, lastRun) = Self.broken(.reschedule)
    var estate = made
    #expect(estate.replication.map(\.sides) == [["rescheduled", "rescheduled"]])
    estate.advance(to: estate.now + .days(6))
    #expect(estate.links[0].lastRun == lastRun)
    let before = estate.sites[1].groups.map(\.verifies)
    let site = estate.sites[0].name
    estate.apply(
      EstateEntry(
        at: estate.now, step: "y", attempt: 1, effect: .disableVerification, target: site))
    estate.advance(to: estate.now + .days(2))
    #expect(estate.links[0].lastRun > lastRun)
    // The half-done change is at the partner.
    #expect(before.contains(true))
    #expect(estate.sites[1].groups.map(\.verifies) != before)
    // And it comes round again.
    let second = estate.links[0].lastRun
    estate.advance(to: estate.now + .days(7))
    #expect(estate.links[0].lastRun > second)
  }

  @Test("A deleted partnership does not, however long the break lasts")
  func deleted() {
    let (made, lastRun) = Self.broken(.delete)
    var estate = made
    estate.advance(to: estate.now + .days(60))
    #expect(estate.links[0].lastRun == lastRun)
  }

  @Test("A rescheduled partnership that is set back goes on from where it was")
  func setBack() {
    let (made, lastRun) = Self.broken(.reschedule)
    var estate = made
    estate.advance(to: estate.now + .days(2))
    Self.act(.restoreReplication, in: &estate)
    #expect(estate.links[0].isActive && !estate.links[0].needsFullRun)
    estate.advance(to: estate.now + .hours(1))
    #expect(estate.links[0].lastRun > lastRun)
    #expect(estate.links[0].status == .succeeded)
  }
}
