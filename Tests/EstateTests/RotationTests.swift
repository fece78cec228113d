import Estate
import PlanModel
import RotationEngine
import Testing

@Suite("A whole rotation against the simulated estate")
struct RotationTests {
  @Test("An ordinary rotation finishes without orphans")
  func ordinary() async throws {
    let run = try await SimulatedRun(Plans.two())
    for e in run.events.suffix(3) { print(e) }
    for f in run.failures { print(f) }
    #expect(run.end == .succeeded)
    #expect(run.figures?.orphans == 0)
    #expect(run.figures?.latentOrphans == 0)
    #expect(run.figures?.clients == 550)
  }
}
