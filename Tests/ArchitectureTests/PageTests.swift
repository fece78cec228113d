import Testing

@Suite("Pages of diagnostics stand where they are needed")
struct PageTests {
  private struct Page {
    let name: String
    let code: String
    let file: SourceFile
  }

  private static func pages(in files: [SourceFile]) -> [Page] {
    files.flatMap { file in
      file.text.matches(of: /static let (\w+) = CatalogueEntry\(\s*"([A-Z]\d{3})"/).map {
        Page(name: String($0.output.1), code: String($0.output.2), file: file)
      }
    }
  }

  @Test("The target that declares a page raises it")
  func ownersRaise() throws {
    let files = try SourceFile.swiftFiles(below: "Sources")
    let pages = Self.pages(in: files)
    try #require(pages.count > 150)
    // Where pages are declared they are listed too, which is no use of them.
    let declaring = Set(pages.map(\.file.path))
    var words: [String: Set<Substring>] = [:]
    for file in files where !declaring.contains(file.path) {
      words[file.target, default: []].formUnion(SwiftCode(file.text).words.map(\.text))
    }
    for page in pages {
      #expect(
        words[page.file.target]?.contains(Substring(page.name)) == true,
        "\(page.file.path): nothing in \(page.file.target) finds \(page.code).")
    }
  }

  @Test("Every page that is declared is collected")
  func allCollected() throws {
    let declared = Self.pages(in: try SourceFile.swiftFiles(below: "Sources")).map(\.code)
    let printed = try SourceFile.read("docs/DIAGNOSTICS.md").text
      .matches(of: /<a id="([a-z]\d{3})">/).map { $0.output.1.uppercased() }
    #expect(declared.sorted() == printed.sorted())
  }
}
