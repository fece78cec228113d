/// Every diagnostic that Waltz can print.
///
/// The pages stand in one file a stage (`CatalogueEntry+Syntax.swift` and so on), where each is a static
/// member of ``CatalogueEntry`` and listed in that stage's array.
public enum Catalogue {
  /// All pages by code.
  public static let pages: [CatalogueEntry] =
    CatalogueEntry.syntaxPages + CatalogueEntry.suppressionPages + CatalogueEntry.formPages
    + CatalogueEntry.meaningPages + CatalogueEntry.graphPages + CatalogueEntry.scenarioPages

  /// The page of `code`, in either case.
  public static func page(_ code: String) -> CatalogueEntry? {
    let wanted = code.uppercased()
    return pages.first { $0.code == wanted }
  }
}
