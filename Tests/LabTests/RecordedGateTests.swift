import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import Testing

@Suite("Gates on real servers say what was recorded")
struct RecordedGateTests {
  /// The instructions of the open gate.
  private func instructions(_ run: VisitedRun) async throws -> String {
    try #require(try await run.state().gates.values.first).instructions.joined(separator: "\n")
  }

  @Test("Each group and location with its list, and the certificate as it was examined")
  func recorded() async throws {
    let run = try await VisitedRun()
    try await run.visit()
    let lists = try await instructions(run)
    for group in [#"My Company\Servers"#, #"My Company\Laptops"#, #"My Company\Kiosks"#] {
      #expect(lists.contains("\(group) ▸ Default"), "\(lists)")
    }
    #expect(lists.contains("Recorded before: list Default Management Server List at "), "\(lists)")
    try await run.close(.switchClientsToHTTP, on: VisitedRun.site)
    try await run.visit()
    let status = try await run.status()
    #expect(status.contains("Recorded before the first change paris"), "\(status)")
    #expect(
      status.contains(#"does not verify: My Company\Lab ▸ Default"#)
        && status.contains(#"verifies: My Company ▸ Default"#), "\(status)")
    let site = try #require(try await run.document()["recorded"]?.array?.first)
    #expect(site["site"]?.string == VisitedRun.site)
    let settings = try #require(site["settings"]?.array)
    func verifies(_ group: String) -> Bool? {
      settings.first { $0["group"]?.string == group }?["verifies"]?.bool
    }
    #expect(verifies(#"My Company\Lab"#) == false && verifies("My Company") == true, "\(settings)")
    try await run.visit(every: .days(4), until: .awaitVerificationDisabled)
    let update = try await instructions(run)
    #expect(update.contains("\(run.certificate)"), "\(update)")
    try await run.lab.stop()
  }
}
