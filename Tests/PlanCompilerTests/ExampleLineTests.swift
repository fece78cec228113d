import DiagnosticCatalogue
import PlanCompiler
import PlanSyntax
import PlanText
import Testing

@Suite("The lines that matter in the examples") struct ExampleLineTests {
  @Test("Every page marks some, in one example or the other", arguments: Catalogue.all.pages)
  func marked(page: CatalogueEntry) {
    #expect(page.badLines.contains(where: \.matters) || page.goodLines.contains(where: \.matters))
    for (lines, text) in [(page.badLines, page.bad), (page.goodLines, page.good)] {
      #expect(lines.map(\.text).joined(separator: "\n") == text)
    }
  }

  /// Their findings name the site or the list, and what is wrong there or missing stands at another line.
  private static let elsewhere: Set = ["M009", "M021", "M048", "M052", "M062"]

  @Test(
    "The finding of the bad example stands at a marked line, if one is marked",
    arguments: CheckPagesTests.pages)
  func findings(page: CatalogueEntry) throws {
    let marked = page.badLines.indices.filter { page.badLines[$0].matters }
    let source = SourceText(name: "plan.yaml", text: page.bad)
    let table = LineTable(source)
    let found = CheckPagesTests.findings(in: page.bad).filter { $0.code == page.code }
    try #require(!found.isEmpty)
    let lines = found.flatMap { finding in
      [finding.span.start] + finding.related.map(\.span.start)
    }.map { table.position(at: Int($0)).line - 1 }
    let isMarked = marked.isEmpty || !Set(marked).isDisjoint(with: lines)
    #expect(isMarked != Self.elsewhere.contains(page.code), "\(marked) \(lines)")
  }
}
