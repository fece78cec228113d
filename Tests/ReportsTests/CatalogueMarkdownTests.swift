import DiagnosticCatalogue
import Foundation
import PlanText
import Reports
import Testing

@Suite("The catalogue as a document")
struct CatalogueMarkdownTests {
  private static let file = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/DIAGNOSTICS.md")

  @Test("docs/DIAGNOSTICS.md is what the catalogue prints")
  func isCurrent() throws {
    let stored = try String(contentsOf: Self.file, encoding: .utf8)
    #expect(
      stored == CatalogueMarkdown.reference(Catalogue.all.pages),
      "Run `make docs` and commit docs/DIAGNOSTICS.md.")
  }

  @Test("Every code is in the index and has its anchor, once")
  func anchors() {
    let text = CatalogueMarkdown.reference(Catalogue.all.pages)
    for page in Catalogue.all.pages {
      let anchor = page.code.lowercased()
      #expect(text.components(separatedBy: "<a id=\"\(anchor)\"></a>").count == 2)
      #expect(text.components(separatedBy: "[\(page.code)](#\(anchor))").count == 2)
    }
    #expect(text.hasSuffix("```\n") && !text.hasSuffix("\n\n"))
  }

  @Test("What Markdown would take for its own is text, and control characters are visible")
  func escapes() {
    let page = CatalogueEntry(
      "Z001", "A <title> with *stars*",
      explanation: "A 'My Company\\Lab' and `*code*`.\n\nWhy.\n\nHow.", bad: "a\u{0}: ```\n",
      good: "b")
    let text = CatalogueMarkdown.page(page)
    #expect(text.contains("### Z001: A \\<title\\> with \\*stars\\* (error)\n"))
    #expect(text.contains("A 'My Company\\\\Lab' and `*code*`."))
    #expect(text.contains("````yaml\na\u{2400}: ```\n#^^^^^^\n````\n"))
    #expect(text.contains("```yaml\nb\n#^\n```\n"))
  }
}
