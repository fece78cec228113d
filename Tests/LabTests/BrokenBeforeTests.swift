import CanonicalJSON
import PlanModel
import RotationEngine
import Testing

@Suite("A run after one that was aborted in the middle")
struct BrokenBeforeTests {
  @Test("Takes replication that is broken already as broken, and asks nobody to break it")
  func brokenBefore() async throws {
    let run = try await VisitedRun(LabPlans.two())
    try await run.visit()
    try await run.close(.breakReplication, on: "berlin+paris")
    try await run.visit()
    try await run.expect(.breakReplication, .succeeded)
    #expect(try await run.evidence(of: .breakReplication)?["foundDone"] == nil)
    try await run.abort()

    try await run.begin()
    try await run.expect(.breakReplication, .succeeded)
    let evidence = try #require(try await run.evidence(of: .breakReplication))
    #expect(evidence["foundDone"]?.bool == true)
    #expect(evidence["note"]?.string == "done before this run")
    #expect(evidence["sides"]?.array?.map { $0["partner"] } == [.null, .null])
    // It is this run's to restore, and its clients are counted without those that the partner has left behind.
    let openings = try await run.state().openChanges.filter(\.isCertain).map(\.opening)
    #expect(openings == [.replicationBroken])
    try await run.expect(.switchClientsToHTTP, .gateOpen)
    try await run.lab.stop()
  }
}
