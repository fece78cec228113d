/// A report as Markdown, as tickets and repositories take it.
enum DocumentMarkdown {
  /// Longer than any note that people write, and short enough for a table.
  private static let longestValue = 2_000

  /// The document, ended by a line feed.
  static func text(_ document: ReportDocument) -> String {
    var blocks = ["# " + inline(document.title)]
    blocks += document.lead.flatMap(part)
    for section in document.sections {
      blocks.append("## " + section.title)
      blocks += section.parts.flatMap(part)
    }
    blocks += ["---", inline(document.origin)]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func part(_ part: ReportDocument.Part) -> [String] {
    switch part {
    case .paragraph(let words, let tone):
      [tone == .plain || tone == .good ? inline(words) : "**\(inline(words))**"]
    case .facts(let facts):
      [facts.map { "- **\($0.name):** \(inline($0.words))" }.joined(separator: "\n")]
    case .table(let rows): table(rows)
    case .list(let items, let isNumbered):
      [
        items.enumerated().map { number, item in
          (isNumbered ? "\(number + 1). " : "- ") + inline(item)
        }.joined(separator: "\n")
      ]
    case .charts(let charts):
      [charts.map { "- **\(inline($0.title))** \(inline($0.words))" }.joined(separator: "\n")]
    case .lines(let text): [fenced(text)]
    case .details(let summary, let inner):
      ["<details><summary>\(plainText(summary))</summary>"] + inner.flatMap(self.part)
        + ["</details>"]
    }
  }

  private static func table(_ table: ReportDocument.Table) -> [String] {
    let shown = table.columns.indices.filter { !table.columns[$0].isDrawn }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let head = line(shown.map { table.columns[$0].title })
    let rule = line(shown.map { table.columns[$0].isNumber ? "---:" : "---" })
    let rows = table.rows.map { row in line(shown.map { inline(row[$0].words) }) }
    return [inline(table.caption), ([head, rule] + rows).joined(separator: "\n")]
  }

  /// Waltz's words may quote others, such as the message of a failure: nothing in them is markup but what is code.
  private static func inline(_ phrase: Phrase) -> String {
    phrase.pieces.map {
      switch $0 {
      case .words(let words): escaped(visible(words, unicode: false))
      case .value(let value): MarkdownText.code(value, atMost: longestValue)
      }
    }.joined()
  }

  private static func escaped(_ words: String) -> String {
    var result = ""
    for character in words {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "|", "[", "]", "*", "_", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// A summary is HTML, in which a code span is none: Waltz's words alone.
  private static func plainText(_ phrase: Phrase) -> String {
    phrase.pieces.map {
      switch $0 {
      case .words(let text), .value(let text): HTML(foreign: text).text
      }
    }.joined()
  }

  /// Lines between fences that are longer than any run of back quotes in them.
  private static func fenced(_ text: String) -> String {
    var (longest, run) = (2, 0)
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { withoutCommand(visibleBesideTabs(String($0))) }.joined(separator: "\n")
    return "\(fence)text\n\(lines)\n\(fence)"
  }
}
