import Foundation
import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Testing

@Suite("The plans of the repository") struct CheckPlansTests {
  static let names = [
    "failover-pair", "hub-with-four-partners", "one-server", "quickstart", "sql-express",
    "three-sites-in-waves",
  ]

  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "plans")

  @Test("each is valid, is named like its file, and compiles", arguments: names)
  func isValid(name: String) throws {
    let bytes = try Data(contentsOf: Self.folder.appending(path: "\(name).yaml"))
    let source = SourceText(name: "\(name).yaml", bytes: Array(bytes))
    let reading = checkPlans(source, id: SourceID(index: 0))
    let findings = reading.diagnostics.filter { $0.severity != .note }
    // A hub with four partners is as large as the vendor lets a farm be, and the plan says so.
    let expected =
      name == "hub-with-four-partners" ? [CatalogueEntry.manySitesReplicate.code] : []
    #expect(findings.map(\.code) == expected, "\(findings.map(\.detail))")
    #expect(reading.plans.count == 1)
    let plan = try #require(reading.plans.first ?? nil)
    #expect(plan.name.value == name)
    let proved = prove(plan)
    #expect(proved.diagnostics.isEmpty, "\(proved.diagnostics.map(\.detail))")
    #expect(proved.sealed() != nil)
  }

  @Test("no plan of the folder is left out") func allPlans() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(files.filter { $0.hasSuffix(".yaml") }.sorted() == Self.names.map { "\($0).yaml" })
  }
}
