import CanonicalJSON
import PlanModel
import RotationEngine
import RotationGraph
import Synchronization
import TestSupport
import Testing

@testable import Drivers

@Suite("Documents that a run recorded")
struct DocumentMemoryTests {
  /// A run that recorded settings, and counts how often they are read.
  private final class CountingMemory: StepMemory {
    let record = Mutex("one")
    let reads = Mutex<[String]>([])

    func evidence(of step: Int) async throws -> Evidence? {
      let digest = record.withLock { $0 }
      return Evidence([
        .init("record", .object([.init("attachment", .string(digest))]))
      ])
    }

    func attachment(_ digest: String) async throws -> JSONValue? {
      reads.withLock { $0.append(digest) }
      return SettingsRecord(
        siteName: digest, serverTime: 0, domains: [], groups: [], partners: [], hasSettings: true
      ).json
    }

    func firstAttempt(at step: Int) async throws -> Instant? { nil }
    func firstCount(of wait: Int) async throws -> Evidence? { nil }
    func contacts(at site: Int) async throws -> [String] { [] }
    func returns(at site: Int) async throws -> [String] { [] }
    func lastForecast(of wait: Int) async throws -> Instant? { nil }
    func earlierSettings(of site: String) async throws -> EarlierSettings? { nil }
  }

  @Test("What a digest names is read once, by whoever asks; another digest is another document")
  func once() async throws {
    let folder = try TestFolder()
    let memory = CountingMemory()
    let plan = CommandSteps.request(["true"]).graph.plan
    let graph = StepGraph(
      plan: plan, steps: [Step(.recordSettings, on: .site(0), by: .api)],
      dependencies: AdjacencyTable([[]]))
    let sight = SiteSight(
      graph, memory,
      RealSurroundings(
        variables: [:], folder: folder.path,
        readFile: { _ throws(FileTrouble) in [] }, examine: { _, _, _ in .unusable([]) },
        localTime: { 0 }))
    for _ in 0..<3 { #expect(try await sight.record(of: 0).siteName == "one") }
    #expect(memory.reads.withLock { $0 } == ["one"])
    memory.record.withLock { $0 = "two" }
    for _ in 0..<2 { #expect(try await sight.record(of: 0).siteName == "two") }
    memory.record.withLock { $0 = "one" }
    #expect(try await sight.record(of: 0).siteName == "one")
    #expect(memory.reads.withLock { $0 } == ["one", "two"])
  }
}
