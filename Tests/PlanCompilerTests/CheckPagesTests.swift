import PlanCompiler
import PlanText
import Testing

@Suite("The catalogue's pages on plans") struct CheckPagesTests {
  static let pages = CatalogueEntry.formPages + CatalogueEntry.meaningPages

  @Test("the bad example triggers the page and nothing else", arguments: pages.map(\.code))
  func bad(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let found = reading(page.bad).diagnostics
    // A note stands beside what it remarks on; errors and warnings stand alone.
    let relevant = found.filter { ($0.severity == .note) == (page.severity == .note) }
    #expect(
      Set(relevant.map(\.code)) == [code],
      "\(found.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))\n\(page.bad)")
    #expect(!relevant.contains { $0.severity != page.severity })
  }

  @Test("the good example triggers nothing", arguments: pages.map(\.code))
  func good(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let found = reading(page.good).diagnostics
    #expect(
      found.isEmpty,
      "\(found.map { "\($0.code) \($0.detail)" }.joined(separator: "\n"))\n\(page.good)")
  }

  @Test("codes follow each other, titles are short and without a full stop") func codes() {
    for (letter, pages) in [("F", CatalogueEntry.formPages), ("M", CatalogueEntry.meaningPages)] {
      for (index, page) in pages.enumerated() {
        let digits = String(index + 1)
        #expect(page.code == letter + String(repeating: "0", count: 3 - digits.count) + digits)
        #expect(page.title.count <= 60 && page.title.last != ".", "\(page.code)")
        #expect(page.explanation.count > 120, "\(page.code)")
      }
    }
  }

  @Test("every command that a page names exists", arguments: Catalogue.pages.map(\.code))
  func commands(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let known: Set<String> = [
      "plan validate", "plan show", "plan explain", "plan compile", "plan schema", "plan init",
      "explain", "run", "resume", "status", "approve", "reject", "retry", "skip", "pause",
      "unpause", "resolve", "abort", "runs", "events", "verify",
    ]
    for quoted in page.explanation.split(whereSeparator: { $0 == "`" || $0 == "'" })
    where quoted.hasPrefix("waltz ") {
      let words = quoted.split(separator: " ").dropFirst()
      let name = words.first == "plan" ? words.prefix(2) : words.prefix(1)
      #expect(known.contains(name.joined(separator: " ")), "\(code): \(quoted)")
    }
  }
}
