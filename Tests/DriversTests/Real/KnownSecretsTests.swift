import CanonicalJSON
import ConsoleGuide
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import SEPMClient
import Secrets
import TestSupport
import Testing

@testable import Drivers

@Suite("Secrets that the run knows, in what programs print")
struct KnownSecretsTests {
  /// A run without a journal.
  private struct NoMemory: StepMemory {
    func evidence(of step: Int) async throws -> Evidence? { nil }
    func firstAttempt(at step: Int) async throws -> Instant? { nil }
    func firstCount(of wait: Int) async throws -> Evidence? { nil }
    func contacts(at site: Int) async throws -> [String] { [] }
    func returns(at site: Int) async throws -> [String] { [] }
    func lastForecast(of wait: Int) async throws -> Instant? { nil }
    func attachment(_ digest: String) async throws -> JSONValue? { nil }
    func earlierSettings(of site: String) async throws -> EarlierSettings? { nil }
  }

  private static func driver(_ graph: StepGraph, in folder: TestFolder) -> RealDriver {
    RealDriver(
      graph: graph, memory: NoMemory(),
      surroundings: RealSurroundings(
        variables: ["PATH": "/usr/bin:/bin", "API_PASSWORD": "of-a-variable-5s1"],
        folder: folder.path,
        readFile: { _ throws(FileTrouble) in Array("of-a-file-8c2\n".utf8) },
        examine: { _, _, known in
          known.learn(Secret(Array("of-an-examination-4k7".utf8)))
          return .unusable([])
        }, localTime: { 0 }),
      permit: .unlimited, clock: VirtualClock(start: Instant(milliseconds: 0)),
      language: .english, shelf: nil, observations: nil)
  }

  @Test("They are hidden, whether anybody has asked for them in this stay or not")
  func hidden() async throws {
    let folder = try TestFolder()
    let values = ["of-a-variable-5s1", "of-a-file-8c2", "of-an-examination-4k7", "of-a-token-9d3"]
    let seen = try folder.write("seen: " + values.joined(separator: " ") + "\n", as: "seen.txt")
    var request = CommandSteps.request(["sh", "-c", "cat \(seen) >&2; exit 1"])
    var plan = request.graph.plan
    plan.certificates[0].password = Located(.file("password.txt"))
    plan.sites[0].api = SiteAPI(
      url: Located("https://127.0.0.1:1"), username: Located("waltz"),
      password: Located(.environment("API_PASSWORD")))
    plan.sites[1].api = SiteAPI(
      url: Located("https://127.0.0.1:1"), username: Located("waltz"),
      // Nobody asks for it, so nothing is started for it.
      password: Located(.command(["sh", "-c", "touch started; echo unknown"])))
    let graph = StepGraph(
      plan: plan,
      steps: request.graph.steps + [
        Step(.checkCertificate, on: .server(site: 0, server: 0), by: .api)
      ],
      dependencies: AdjacencyTable([[], []]))
    request = StepRequest(
      run: request.run, graph: graph, step: 0, attempt: 1, startedAt: request.startedAt)
    let driver = Self.driver(graph, in: folder)
    _ = await driver.perform(
      StepRequest(
        run: request.run, graph: graph, step: 1, attempt: 1, startedAt: request.startedAt))
    driver.site.surroundings.secrets.known.learn(Secret(Array("of-a-token-9d3".utf8)))

    let answer = await driver.perform(request)
    let failure = try #require(answer.failure)
    #expect(answer.evidence.attached.contains("seen: *** *** *** ***"), "\(answer)")
    var dumped = failure.message
    dump(driver.site.surroundings, to: &dumped)
    dump(driver.site.surroundings.secrets, to: &dumped)
    dump(answer, to: &dumped)
    for value in values { #expect(!dumped.contains(value), "\(value) in \(dumped)") }
    #expect(!folder.holds("started"))
  }

  @Test(
    "A program is asked for a secret of the step's own sites, once, where nobody has asked it yet")
  func asked() async throws {
    let folder = try TestFolder()
    let request = CommandSteps.request(["sh", "-c", "echo seen: of-a-program-3f1 not-there-2b8"])
    var plan = request.graph.plan
    let ask = ["sh", "-c", "echo asked >> log; echo of-a-program-3f1"]
    plan.certificates[0].password = Located(.command(ask))
    plan.sites[0].api = SiteAPI(
      url: Located("https://127.0.0.1:1"), username: Located("waltz"),
      // A vault that is closed is not asked over and over.
      password: Located(.command(["sh", "-c", "echo asked in vain >> log; exit 1"])))
    let graph = StepGraph(
      plan: plan, steps: request.graph.steps, dependencies: AdjacencyTable([[]]))
    let driver = Self.driver(graph, in: folder)
    for attempt in 1...2 {
      let answer = await driver.perform(
        StepRequest(
          run: request.run, graph: graph, step: 0, attempt: attempt,
          startedAt: request.startedAt))
      #expect(answer.evidence.attached.contains("seen: *** not-there-2b8"), "\(answer)")
    }
    #expect(try folder.text(of: "log") == "asked\nasked in vain\n")
  }
}
