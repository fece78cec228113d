public import PlanText

/// A page of the catalogue for people: what `waltz explain CODE` prints.
public enum CataloguePage {
  /// The page as text, with its examples indented.
  public static func text(of page: CatalogueEntry) -> String {
    var text = "\(page.code): \(page.title) (\(page.severity.rawValue))\n\n"
    text += page.explanation + "\n"
    text += "\nThis triggers it:\n\n" + indented(page.bad)
    text += "\nThis does not:\n\n" + indented(page.good)
    return text
  }

  private static func indented(_ example: String) -> String {
    example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "    \($0)\n" }
      .joined()
  }
}
