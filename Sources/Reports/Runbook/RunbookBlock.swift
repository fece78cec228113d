/// A part of a runbook, before it is laid out. Texts have names between backticks.
enum RunbookBlock {
  /// How a list is marked.
  enum Mark {
    case bullet
    case number

    /// To be ticked off.
    case box
  }

  /// A heading, from 1 for that of the document to 4 for that of a step.
  case heading(Int, String)

  /// Sentences; a lead is what they are about.
  case paragraph(String, lead: String = "")

  /// What must not be missed.
  case emphasis(String)

  case list([String], Mark)

  /// Names and what is so: in columns, or as sentences, each an item of a list.
  case facts([(name: String, text: String)], areSentences: Bool = false)

  case table(columns: [String], rows: [[String]])
}

/// A runbook as Markdown.
enum RunbookMarkdown {
  /// The document, ended by a line feed.
  static func text(_ blocks: [RunbookBlock]) -> String {
    blocks.map { lines($0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func lines(_ block: RunbookBlock) -> [String] {
    switch block {
    case .heading(let level, let title): [String(repeating: "#", count: level) + " " + title]
    case .paragraph(let text, ""): [text]
    case .paragraph(let text, let lead): ["**\(lead)** \(text)"]
    case .emphasis(let text): ["**\(text)**"]
    case .list(let items, let mark):
      items.enumerated().map { index, item in
        switch mark {
        case .bullet: "- " + item
        case .number: "\(index + 1). " + item
        case .box: "- [ ] " + item
        }
      }
    case .facts(let facts, _): facts.map { "- **\($0.name):** \($0.text)" }
    case .table(let columns, let rows):
      [row(columns), row(columns.map { _ in "---" })] + rows.map(row)
    }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}
