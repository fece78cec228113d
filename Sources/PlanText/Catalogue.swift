/// Every diagnostic that Waltz can print.
///
/// The pages stand in one file a stage (`CatalogueEntry+Syntax.swift` and so on), where each is a static
/// member of ``CatalogueEntry`` and listed in that stage's array.
public enum Catalogue {
  /// All pages by code.
  public static let pages: [CatalogueEntry] =
    CatalogueEntry.syntaxPages + CatalogueEntry.suppressionPages + CatalogueEntry.formPages
    + CatalogueEntry.overlayPages + CatalogueEntry.meaningPages + CatalogueEntry.graphPages
    + CatalogueEntry.certificatePages + CatalogueEntry.scenarioPages

  /// The page of `code`, in either case and with or without the zeros of its number: `m17` is `M017`.
  public static func page(_ code: String) -> CatalogueEntry? {
    let wanted = code.uppercased()
    let digits = wanted.dropFirst()
    let isShort = (1...2).contains(digits.count) && digits.allSatisfy { $0.isASCII && $0.isNumber }
    let full =
      wanted.prefix(1) + String(repeating: "0", count: isShort ? 3 - digits.count : 0) + digits
    return pages.first { $0.code == full }
  }
}
