import DiagnosticCatalogue
import DocumentForm
import EstateScenarios
import PlanCompiler
import PlanSyntax
import PlanText
import Testing

@Suite("The catalogue's pages on plans") struct CheckPagesTests {
  static let pages =
    CatalogueEntry.formPages + CatalogueEntry.secretPages + CatalogueEntry.meaningPages

  /// What is wrong with a plan and with the graph that it is lowered to.
  static func findings(in text: String) -> [Diagnostic] {
    let reading = reading(text)
    return reading.diagnostics
      + reading.plans.compactMap(\.self).flatMap {
        prove($0).diagnostics + checkCalendar(of: $0, start: 1_767_600_000)
      }
  }

  @Test("the bad example triggers the page and nothing else", arguments: pages.map(\.code))
  func bad(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let found = Self.findings(in: page.bad)
    // A note stands beside what it remarks on; errors and warnings stand alone.
    let relevant = found.filter { ($0.severity == .note) == (page.severity == .note) }
    #expect(
      Set(relevant.map(\.code)) == [code],
      "\(found.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))\n\(page.bad)")
    #expect(!relevant.contains { $0.severity != page.severity })
  }

  @Test("the good example triggers nothing", arguments: pages.map(\.code))
  func good(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let found = Self.findings(in: page.good)
    #expect(
      found.isEmpty,
      "\(found.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))\n\(page.good)")
  }

  @Test("the examples of scenarios", arguments: CatalogueEntry.scenarioPages.map(\.code))
  func scenarios(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let plan = try #require(reading(CatalogueEntry.missingKey.good).plans.first ?? nil)
    func found(_ text: String) -> [String] {
      let scenario = readScenario(
        SourceText(name: "scenario.yaml", text: text), id: SourceID(index: 0))
      return (scenario.diagnostics + scenario.check(against: plan)).map(\.code)
    }
    #expect(found(page.bad) == [code])
    #expect(found(page.good) == [])
  }
}
