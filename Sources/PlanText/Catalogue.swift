/// The pages of diagnostics, by code.
///
/// Each page is declared in the target that finds what it is about; this is what somebody collected.
public struct Catalogue: Sendable {
  /// The pages, by stage and code.
  public let pages: [CatalogueEntry]

  private let byCode: [String: CatalogueEntry]

  /// Collects pages, whose codes differ.
  public init(_ pages: [CatalogueEntry]) {
    let stages = Array("SFMGCLE")
    func key(_ page: CatalogueEntry) -> (Int, String) {
      (page.code.first.flatMap(stages.firstIndex) ?? stages.count, page.code)
    }
    self.pages = pages.sorted { key($0) < key($1) }
    byCode = Dictionary(pages.map { ($0.code, $0) }) { first, _ in first }
  }

  /// The page of `code`, in either case and with or without the zeros of its number: `m17` is `M017`.
  public func page(_ code: String) -> CatalogueEntry? {
    let wanted = code.uppercased()
    let digits = wanted.dropFirst()
    let isShort = (1...2).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber }
    return byCode[
      wanted.prefix(1) + String(repeating: "0", count: isShort ? 3 - digits.count : 0) + digits]
  }
}
