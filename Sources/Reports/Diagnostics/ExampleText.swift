import PlanText

/// The example of a catalogue's page, with the lines marked that the page is about.
enum ExampleText {
  /// Indented, with `>` before each marked line.
  static func indented(_ lines: [CatalogueEntry.ExampleLine]) -> String {
    lines.map { line in
      line.text.isEmpty ? "\n" : "\(line.matters ? "  > " : "    ")\(line.text)\n"
    }.joined()
  }

  /// As YAML, with carets in a comment under each marked line, so that it can be copied as it stands.
  static func underlined(_ lines: [CatalogueEntry.ExampleLine]) -> String {
    var text = ""
    for line in lines {
      text += line.text + "\n"
      guard line.matters, let start = line.text.firstIndex(where: { $0 != " " }) else { continue }
      let carets = String(repeating: "^", count: max(1, line.text[start...].count - 1))
      text += line.text[..<start] + "#" + carets + "\n"
    }
    if lines.last?.text.isEmpty == true { text.removeLast() }
    return text
  }
}
