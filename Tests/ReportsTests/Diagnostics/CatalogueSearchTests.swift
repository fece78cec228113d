import DiagnosticCatalogue
import PlanText
import Reports
import Testing

@Suite("What explain finds")
struct CatalogueSearchTests {
  private let catalogue = Catalogue.all

  @Test(
    "A code is found as it is printed, and as it is typed",
    arguments: [
      "M009", "m009", "m9", "error[M009]", "warning[m009]: no cover", " --> plan.yaml:3:1 M009 x",
    ])
  func meant(text: String) {
    #expect(catalogue.page(meantBy: text)?.code == "M009")
  }

  @Test(
    "A text without a code means no page", arguments: ["", "M", "M0999", "[]", "XM009", "error"])
  func nothing(text: String) {
    #expect(catalogue.page(meantBy: text) == nil)
  }

  @Test("For a code that is not there, the nearest or those of its letter are named")
  func advice() {
    #expect(catalogue.advice(for: "e0002") == "Did you mean E002?")
    #expect(catalogue.advice(for: "E9").hasPrefix("The codes with this letter go from E001 to E0"))
    #expect(catalogue.advice(for: "Zebra") == "`waltz explain --list` lists all codes.")
  }

  @Test("The list has a line for each page, with the titles below each other")
  func list() {
    let lines = catalogue.list.split(separator: "\n")
    #expect(lines.count == catalogue.pages.count)
    for (line, page) in zip(lines, catalogue.pages) {
      #expect(line.hasPrefix(page.code) && line.dropFirst(15) == page.title, "\(line)")
    }
  }
}
