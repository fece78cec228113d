import EstateScenarios
import PlanCompiler
import PlanSyntax
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
      }
    }
  }

  @Test("what is found, why it matters, how to mend it", arguments: Catalogue.pages.map(\.code))
  func explanation(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let paragraphs = page.explanation.split(separator: "\n\n", omittingEmptySubsequences: false)
    #expect(
      paragraphs.count >= 3,
      "Write three paragraphs: what is found, why it matters, how to mend it.")
    for paragraph in paragraphs {
      #expect(paragraph.count > 10 && !paragraph.contains("\n"), "\(paragraph)")
      #expect([".", ":", "`", "'"].contains(paragraph.last), "\(paragraph)")
      #expect(!paragraph.contains("  "), "\(paragraph)")
    }
    #expect(!page.title.isEmpty && page.title.count <= 60 && page.title.last != ".")
    #expect(code.wholeMatch(of: /[A-Z]\d{3}/) != nil)
  }

  @Test("Codes are used once")
  func onceEach() {
    #expect(Set(Catalogue.pages.map(\.code)).count == Catalogue.pages.count)
  }

  @Test("A code is found in lower case, and without the zeros of its number")
  func lookUp() {
    for wanted in ["M017", "m017", "m17", "M17"] { #expect(Catalogue.page(wanted)?.code == "M017") }
    for wanted in ["", "M", "17", "M0017", "M999", "017M", "Mx7"] {
      #expect(Catalogue.page(wanted) == nil, "\(wanted)")
    }
  }

  @Test("the examples of scenarios", arguments: CatalogueEntry.scenarioPages.map(\.code))
  func scenarios(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let plan = try #require(reading(CatalogueEntry.missingKey.good).plans.first ?? nil)
    func found(_ text: String) -> [String] {
      let scenario = readScenario(
        SourceText(name: "scenario.yaml", text: text), id: SourceID(index: 0))
      return (scenario.diagnostics + scenario.check(against: plan)).map(\.code)
    }
    #expect(found(page.bad) == [code])
    #expect(found(page.good) == [])
  }

  @Test("every command that a page names exists", arguments: Catalogue.pages.map(\.code))
  func commands(code: String) throws {
    let page = try #require(Catalogue.page(code))
    let known: Set<String> = [
      "plan validate", "plan show", "plan explain", "plan compile", "plan fmt", "plan schema",
      "plan init",
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
