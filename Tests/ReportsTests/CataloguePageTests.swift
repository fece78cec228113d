import DiagnosticCatalogue
import PlanText
import Reports
import Testing

@Suite("A page of the catalogue as text")
struct CataloguePageTests {
  @Test(
    "Every page says what it is, keeps its paragraphs, and fits the width", arguments: [60, 100])
  func pages(width: Int) {
    for page in Catalogue.all.pages {
      let text = CataloguePage.text(of: page, width: width)
      #expect(text.hasPrefix("\(page.code): \(page.title) (\(page.severity.rawValue))\n\n"))
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        .prefix { $0 != "This triggers it:" }.dropFirst(2)
      #expect(lines.allSatisfy { $0.count <= width }, "\(page.code)")
      let words = lines.joined(separator: " ").split(separator: " ")
      #expect(words == page.explanation.split { $0 == " " || $0 == "\n" }, "\(page.code)")
    }
  }

  @Test("The lines that matter are marked, beside them here and under them in Markdown")
  func marks() throws {
    let page = CatalogueEntry(
      "Z001", "A title", explanation: "What.\n\nWhy.\n\nHow.",
      bad: "sites:\n  paris:\n    clients: many\n    servers: {}\n",
      good: "sites:\n  paris:\n    clients: 10\n    servers: {}\n    database: embedded\n")
    let text = CataloguePage.text(of: page)
    #expect(
      text.contains("    sites:\n      paris:\n  >     clients: many\n        servers: {}\n"))
    #expect(text.contains("  >     clients: 10\n        servers: {}\n  >     database: embedded\n"))
    let markdown = CataloguePage.markdown(of: page)
    #expect(markdown.contains("    clients: many\n    #^^^^^^^^^^^^\n    servers: {}\n```\n"))
    #expect(markdown.contains("    database: embedded\n    #^^^^^^^^^^^^^^^^^\n```\n"))
  }
}
