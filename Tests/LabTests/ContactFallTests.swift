import CanonicalJSON
import Drivers
import Estate
import Lab
import PlanModel
import PlanText
import PlanWorkspace
import RotationEngine
import RotationGraph
import Runs
import TestSupport
import Testing
import WorkingTree

@Suite("Contacts of a lab, as they are observed and as they fall")
struct ContactFallTests {
  /// Enough that a third of them is no chance.
  private static let clients = 300

  /// Looks at the site for a week before there is a run.
  private static func observeWeek(_ run: VisitedRun) async throws -> SiteObservation {
    var latest: SiteObservation?
    // As a timer does: each day somebody else, who goes on from what was kept.
    for _ in 0..<8 {
      let observation = try await run.observation()
      for _ in 0..<24 {
        latest = await observation.observer.look().first
        try await run.lab.advance(by: .hours(1))
      }
      await observation.observer.leave()
    }
    return try #require(latest)
  }

  @Test(
    "The line stops where clients verify again before the swap, says why, and is released with a reason"
  )
  func stops() async throws {
    let run = try await VisitedRun(clients: Self.clients)
    let observed = try await Self.observeWeek(run)
    guard case .seen(let clients) = observed.sight else {
      Issue.record("\(observed.sight)")
      return
    }
    #expect(clients.clients > Self.clients / 2)
    #expect(clients.outlook?.wait == .verificationDisabled)
    #expect(observed.hours.counts.count >= 24 * 7)
    #expect(observed.hours.week().allSatisfy { $0 != nil })
    #expect(try run.deeds().isEmpty)

    try await run.goToWait()
    let recorded = try await run.evidence(of: .recordSettings)?["contacts"]
    #expect(recorded?["hours"]?.integer ?? 0 >= 24 * 7, "\(String(describing: recorded))")
    try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
    // Somebody switches it on again, and clients hear of it, before their server changes.
    let token = try await run.lab.logOn()
    for path in ["My Company", #"My Company\Laptops"#, #"My Company\Servers"#] {
      let (group, location) = try await run.lab.group(path, token: token)
      let answer = try await run.lab.call(
        "PATCH", "groups/\(group)/locations/\(location)/settings", token: token,
        body: verificationPatch(true))
      #expect(answer.status < 300, "\(answer)")
    }
    try await run.lab.advance(by: .days(3))
    try await run.visit()
    try await run.close(.updateCertificate, on: VisitedRun.server)
    // Services come up after minutes of the lab's time.
    _ = try await run.lab.ask(.time(speed: 600, advanceMilliseconds: nil))
    try await run.visit()
    try await run.visit(every: .minutes(10), until: .verifyCertificate)
    _ = try await run.lab.ask(.time(speed: 1, advanceMilliseconds: nil))
    for _ in 0..<72 where try await !run.state().isLineStopped {
      try await run.visit(after: .hours(1))
    }
    let stop = try #require(try await run.state().lineStops.first)
    #expect(stop.fall.seen * 3 <= stop.fall.expected * 2)
    let status = try await run.status()
    #expect(status.contains("The line is stopped: contacts fell"), "\(status)")
    #expect(status.contains("waltz unpause"), "\(status)")

    await #expect(throws: RunError.self) { try await run.ask(.unpause, note: nil) }
    try await run.ask(.unpause, note: "they verify the old certificate, and are put right by hand")
    try await run.visit(after: .hours(1))
    #expect(try await !run.state().isLineStopped)
    try await run.lab.stop()
  }

  @Test("With failover the line stops where clients trust neither server")
  func failover() async throws {
    let folder = WorkingFolder(at: try #require(FolderPath(real: Repository.root + "/plans")))
    var plan = try NamedPlan("failover-pair.yaml", named: nil, overlays: [], in: folder)
      .graph().graph.plan
    plan.sites[0].clients = Located(Self.clients)
    let run = try await VisitedRun(plan)
    _ = try await Self.observeWeek(run)
    let (first, second) = ("madrid/sepm-mad-01", "madrid/sepm-mad-02")
    try await run.visit()
    try await run.close(.updateCertificate, on: first)
    // Somebody changes the other server as well, which clients still trusted. Both restart in the same instant: in the hours
    // between, clients would hear of a certificate from the server that they trust.
    #expect(try await run.lab.act(.updateCertificate, on: second).status == 0)
    let restart = EstateOperation(.restartServices, on: second)
    #expect(try await run.lab.ask(.trouble(restart)).status == 0)
    _ = try await run.lab.ask(.time(speed: 600, advanceMilliseconds: nil))
    try await run.visit()
    try await run.visit(every: .minutes(10), until: .verifyCertificate)
    _ = try await run.lab.ask(.time(speed: 1, advanceMilliseconds: nil))
    for _ in 0..<72 where try await !run.state().isLineStopped {
      try await run.visit(after: .hours(1))
    }
    let status = try await run.status()
    let stop = try #require(try await run.state().lineStops.first, "\(status)")
    #expect(stop.fall.seen * 3 <= stop.fall.expected * 2)
    #expect(status.contains("The line is stopped: contacts fell"), "\(status)")
    // Whatever is still counted: nothing more is opened.
    try await run.visit(after: .days(9))
    let state = try await run.state()
    let update = try #require(
      state.graph.steps.lastIndex { $0.action == .updateCertificate })
    #expect(state.steps[update].phase == .pending)
    try await run.lab.stop()
  }
}
