package import PlanText

/// The catalogue as Markdown: what `waltz explain --all --format markdown` prints and `docs/DIAGNOSTICS.md`
/// holds.
package enum CatalogueMarkdown {
  /// All pages with an index before them; the same bytes for the same pages.
  package static func reference(_ pages: [CatalogueEntry]) -> String {
    let stages = stages(of: pages)
    var text = """
      # Diagnostics

      What `waltz plan validate` and the other commands find, by code. `waltz explain CODE` prints the same
      pages. An error makes a document unusable; a warning fails a check with `--fail-on warning`; a note never
      does. Each page says what is found, why it matters, and how to fix it, with a document that triggers it
      and one that does not. The lines that make the difference are underlined with `#^^^`.

      <!-- Written by `make docs` from the catalogue; changes to this file are lost. -->


      """
    for stage in stages {
      text += "**[\(stage.title)](#\(stage.anchor))**: \(stage.summary)\n\n"
      text += "| code | | |\n|---|---|---|\n"
      for page in stage.pages {
        text +=
          "| [\(page.code)](#\(page.code.lowercased())) | \(escaped(page.title)) | \(page.severity.rawValue) |\n"
      }
      text += "\n"
    }
    for stage in stages {
      text += "<a id=\"\(stage.anchor)\"></a>\n\n## \(stage.title)\n\n"
      for page in stage.pages { text += self.page(page) + "\n" }
    }
    // One line feed at the end.
    text.removeLast()
    return text
  }

  /// One page, with an anchor that is its code in lower case.
  package static func page(_ page: CatalogueEntry) -> String {
    var text = """
      <a id="\(page.code.lowercased())"></a>

      ### \(page.code): \(escaped(page.title)) (\(page.severity.rawValue))


      """
    for line in page.explanation.split(separator: "\n", omittingEmptySubsequences: false) {
      text += wrap(escaped(String(line)), to: 110).joined(separator: "\n") + "\n"
    }
    text += "\nThis triggers it:\n\n" + fenced(page.badLines)
    text += "\nThis does not:\n\n" + fenced(page.goodLines)
    return text
  }

  private static func fenced(_ example: [CatalogueEntry.ExampleLine]) -> String {
    let body = visible(ExampleText.underlined(example))
    let fence = body.contains("```") ? "````" : "```"
    return "\(fence)yaml\n\(body)\(fence)\n"
  }

  /// Control characters as their pictures, so that the file stays text.
  private static func visible(_ example: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in example.unicodeScalars {
      if scalar.value < 0x20, scalar != "\n", scalar != "\t",
        let picture = Unicode.Scalar(0x2400 + scalar.value)
      {
        result.append(picture)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text with what Markdown would take for its own marked as text, except between backquotes.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in text {
      if character == "`" { isCode.toggle() }
      if !isCode, "\\*_<>[]|".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}

extension CatalogueMarkdown {
  /// The pages that share a letter.
  private struct Stage {
    var title: String
    var summary: String
    var pages: [CatalogueEntry]

    var anchor: String { title.lowercased().replacing(" ", with: "-") }
  }

  private static let names: [(letter: Character, title: String, summary: String)] = [
    ("S", "Syntax", "the file, its YAML and its comments."),
    ("F", "Form", "keys, types and values, and how files are put together."),
    ("M", "Meaning", "what the plan would do, and whether a real SEPM can."),
    ("C", "Certificates", "the files that the plan names, and what is in them."),
    ("L", "Live sites", "what a plan's sites say of themselves, with '--live'."),
    ("G", "Graph", "invariants of the compiled graph; no plan can break them."),
    ("E", "Scenarios", "the simulated estate."),
  ]

  private static func stages(of pages: [CatalogueEntry]) -> [Stage] {
    var stages = names.map { name in
      Stage(
        title: name.title, summary: name.summary,
        pages: pages.filter { $0.code.first == name.letter })
    }
    let others = pages.filter { page in !names.contains { $0.letter == page.code.first } }
    stages.append(Stage(title: "Others", summary: "everything else.", pages: others))
    return stages.filter { !$0.pages.isEmpty }
  }
}
