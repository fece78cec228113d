package import PlanText

/// A page of the catalogue for people: what `waltz explain CODE` prints.
package enum CataloguePage {
  /// The page as text of at most `width` columns, its examples indented.
  package static func text(of page: CatalogueEntry, width: Int = 100) -> String {
    var text = "\(page.code): \(page.title) (\(page.severity.rawValue))\n\n"
    for paragraph in page.explanation.split(separator: "\n", omittingEmptySubsequences: false) {
      text += wrap(String(paragraph), to: min(width, 100)).joined(separator: "\n") + "\n"
    }
    text += "\nThis triggers it:\n\n" + ExampleText.indented(page.badLines)
    text += "\nThis does not:\n\n" + ExampleText.indented(page.goodLines)
    return text
  }

  /// The page in Markdown, its examples as YAML.
  package static func markdown(of page: CatalogueEntry) -> String {
    page.explanation + "\n\nThis triggers it:\n\n" + fenced(page.badLines)
      + "\nThis does not:\n\n" + fenced(page.goodLines)
  }

  private static func fenced(_ example: [CatalogueEntry.ExampleLine]) -> String {
    // The examples have no fences; a control character would be one for nobody.
    "```yaml\n" + ExampleText.underlined(example) + "```\n"
  }
}
