import PlanSyntax
import PlanText
import Testing

@Suite("Catalogue pages of the syntax")
struct SyntaxCatalogueTests {
  /// How a page's document is read: the size limit stands for a file of many megabytes, and a byte that
  /// is no UTF-8 can be in a page only as the character that it is in Latin-1.
  private func codes(_ text: String, of page: CatalogueEntry) -> [String] {
    var limits = SyntaxLimits()
    if page == .tooLarge { limits.size = page.good.utf8.count }
    let bytes =
      page == .invalidUTF8 && text == page.bad
      ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
    return parse(bytes, limits: limits).diagnostics.map(\.code)
  }

  @Test(
    "The bad document triggers its page and the good one nothing",
    arguments: CatalogueEntry.syntaxPages)
  func documents(_ page: CatalogueEntry) {
    #expect(codes(page.bad, of: page) == [page.code])
    #expect(codes(page.good, of: page) == [])
  }

  @Test(
    "Pages have a code, a short title and an explanation", arguments: CatalogueEntry.syntaxPages)
  func form(_ page: CatalogueEntry) {
    #expect(page.code.wholeMatch(of: /S\d{3}/) != nil)
    #expect(!page.title.isEmpty && page.title.count <= 60 && !page.title.hasSuffix("."))
    #expect(page.explanation.count > 80)
  }

  @Test("Each code is used once")
  func codes() {
    let codes = CatalogueEntry.syntaxPages.map(\.code)
    #expect(codes.sorted() == Set(codes).sorted())
  }
}
