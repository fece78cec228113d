import CanonicalJSON
import Foundation
import PlanCompiler
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient
import TestSupport
import Testing

@testable import Drivers
@testable import Lab

@Suite("Sites of a run whose turn has not come")
struct UntouchedSitesTests {
  /// A journal that tells of steps that have begun, and of nothing else.
  private struct Memory: StepMemory {
    let begun: Set<Int>

    func evidence(of step: Int) async throws -> Evidence? { nil }
    func firstAttempt(at step: Int) async throws -> Instant? {
      begun.contains(step) ? Instant(milliseconds: 0) : nil
    }
    func firstCount(of wait: Int) async throws -> Evidence? { nil }
    func contacts(at site: Int) async throws -> [String] { [] }
    func returns(at site: Int) async throws -> [String] { [] }
    func lastForecast(of wait: Int) async throws -> Instant? { nil }
    func attachment(_ digest: String) async throws -> JSONValue? { nil }
    func earlierSettings(of site: String) async throws -> EarlierSettings? { nil }
  }

  private static func plan(of lab: RunningLab) -> RotationPlan {
    var plan = LabPlans.two()
    for (position, site) in lab.lab.description.sites.enumerated() {
      plan.sites[position].api = SiteAPI(
        url: Located(site.api), username: Located(site.username),
        password: Located(.file(site.passwordFile)),
        trust: Located(.certificateAuthority(lab.folder.path + "/lab/ca.pem")))
    }
    return plan
  }

  private static func surroundings(of lab: RunningLab) -> RealSurroundings {
    RealSurroundings(
      variables: [:], folder: lab.folder.path,
      readFile: { path throws(FileTrouble) in
        FileManager.default.contents(atPath: path).map { Array($0) } ?? []
      },
      examine: { _, _, _ in .unusable([]) },
      localTime: { (try? lab.lab.world.now().milliseconds) ?? 0 },
      pace: { RequestPace(perMinute: 1_000_000, burst: 1_000) }, limits: .patient)
  }

  @Test(
    "They are watched while others are waited for, until their own change begins or a wait counts them"
  )
  func watched() async throws {
    let lab = try await RunningLab()
    _ = try await lab.ask(.fault(LabFault(.limit, number: 0)))
    let plan = Self.plan(of: lab)
    let graph = try #require(prove(plan).sealed()).graph
    let shelf = ObservationShelf(
      lab.folder.path + "/observations", world: "lab", isReadOnly: false)
    func hours(_ site: Int) -> Int { shelf.contacts(at: plan.sites[site]).counts.count }
    func watch(_ begun: [Action], _ looks: Int) async throws {
      let steps = graph.steps.indices.filter {
        begun.contains(graph.steps[$0].action) && graph.site(of: $0) == 1
      }
      let sight = SiteSight(graph, Memory(begun: Set(steps)), Self.surroundings(of: lab))
      let untouched = UntouchedSites(sight, shelf)
      for _ in 0..<looks {
        await untouched.look(besides: 0, at: try lab.lab.world.now())
        try await lab.advance(by: .minutes(10))
      }
      await sight.logOut()
    }
    try await watch([], 24)
    #expect(hours(1) >= 2)
    #expect(hours(0) == 0)
    let before = hours(1)
    try await watch([.updateCertificate], 12)
    try await watch([.awaitVerificationDisabled], 12)
    #expect(hours(1) == before)
    try await lab.stop()
  }
}
