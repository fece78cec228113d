package import PlanText

// What `waltz explain` finds for what a user typed or pasted.
extension Catalogue {
  /// All codes with severity and title, a line each.
  package var list: String {
    pages.map { page in
      let severity = page.severity.rawValue
      let gap = String(repeating: " ", count: max(0, 7 - severity.count))
      return "\(page.code)  \(severity)\(gap)  \(page.title)\n"
    }.joined()
  }

  /// The page that is meant by a code, or by output in which one stands: `error[M009]: …`.
  package func page(meantBy text: String) -> CatalogueEntry? {
    page(text) ?? Self.firstCode(in: text).flatMap { page($0) }
  }

  /// What to try instead of a text that means no page: the nearest code, else those of the same letter.
  package func advice(for text: String) -> String {
    let codes = pages.map(\.code)
    if let near = nearest(to: text.uppercased(), among: codes) { return "Did you mean \(near)?" }
    let stage = codes.filter { $0.first == text.uppercased().first }.sorted()
    guard let first = stage.first, let last = stage.last, first != last else {
      return "`waltz explain --list` lists all codes."
    }
    return
      "The codes with this letter go from \(first) to \(last); `waltz explain --list` lists all."
  }

  /// A letter and three digits that stand alone.
  private static func firstCode(in text: String) -> String? {
    let words = text.split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    return words.first { $0.count == 4 && $0.first?.isLetter == true && Int($0.dropFirst()) != nil }
      .map(String.init)
  }
}
