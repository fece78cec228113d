import DiagnosticCatalogue
import PlanText
import Testing

@Suite("The pages of every diagnostic") struct CatalogueTests {
  @Test("Codes follow each other in every stage, and each is used once") func codes() {
    let pages = Catalogue.all.pages
    for letter in "SFMGCLE" {
      let stage = pages.filter { $0.code.first == letter }
      #expect(!stage.isEmpty, "\(letter)")
      for (index, page) in stage.enumerated() {
        let digits = String(index + 1)
        #expect(
          page.code == String(letter) + String(repeating: "0", count: 3 - digits.count) + digits)
      }
    }
    #expect(Set(pages.map(\.code)).count == pages.count)
  }

  @Test("what is found, why it matters, how to fix it", arguments: Catalogue.all.pages.map(\.code))
  func explanation(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let paragraphs = page.explanation.split(separator: "\n\n", omittingEmptySubsequences: false)
    #expect(
      paragraphs.count >= 3,
      "Write three paragraphs: what is found, why it matters, how to fix it.")
    for paragraph in paragraphs {
      #expect(paragraph.count > 10 && !paragraph.contains("\n"), "\(paragraph)")
      #expect([".", ":", "`", "'"].contains(paragraph.last), "\(paragraph)")
      #expect(!paragraph.contains("  "), "\(paragraph)")
    }
    #expect(!page.title.isEmpty && page.title.count <= 60 && page.title.last != ".")
    #expect(code.wholeMatch(of: /[A-Z]\d{3}/) != nil)
  }

  @Test("A code is found in lower case, and without the zeros of its number")
  func lookUp() {
    for wanted in ["M017", "m017", "m17", "M17"] {
      #expect(Catalogue.all.page(wanted)?.code == "M017")
    }
    for wanted in ["", "M", "17", "M0017", "M999", "017M", "Mx7"] {
      #expect(Catalogue.all.page(wanted) == nil, "\(wanted)")
    }
  }

  @Test("every command that a page names exists", arguments: Catalogue.all.pages.map(\.code))
  func commands(code: String) throws {
    let page = try #require(Catalogue.all.page(code))
    let known: Set<String> = [
      "plan validate", "plan show", "plan explain", "plan compile", "plan fmt", "plan schema",
      "plan init", "plan runbook",
      "explain", "run", "resume", "status", "approve", "reject", "retry", "skip", "pause",
      "unpause", "resolve", "abort", "runs", "events", "verify", "certificate",
    ]
    for quoted in page.explanation.split(whereSeparator: { $0 == "`" || $0 == "'" })
    where quoted.hasPrefix("waltz ") {
      let words = quoted.split(separator: " ").dropFirst()
      let name = words.first == "plan" ? words.prefix(2) : words.prefix(1)
      #expect(known.contains(name.joined(separator: " ")), "\(code): \(quoted)")
    }
  }
}
