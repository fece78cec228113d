/// A runbook as one HTML file, to be read in a browser and printed.
enum RunbookHTML {
  /// The document.
  ///
  /// - Parameters:
  ///   - blocks: Its parts.
  ///   - language: That of its words: `en`.
  ///   - name: What a window is named after.
  ///   - contents: What the list of its parts is called.
  /// - Returns: The file, ended by a line feed.
  static func text(
    _ blocks: [RunbookBlock], language: String, name: String, contents: String
  ) -> String {
    var body: HTML = "<header>\n"
    let second = blocks.firstIndex { if case .heading(2, _) = $0 { true } else { false } }
    let start = second ?? blocks.endIndex
    for block in blocks[..<start] { body += html(block, at: 0) }
    body += "</header>\n<nav aria-label=\"\(contents)\">\n<ul>\n"
    for (position, block) in blocks.enumerated() {
      guard case .heading(2, let title) = block else { continue }
      body += "<li><a href=\"#part-\(position)\">\(marked(title))</a>\n"
    }
    body += "</ul>\n</nav>\n<main>\n"
    for position in start..<blocks.endIndex { body += html(blocks[position], at: position) }
    body += "</main>\n"
    return HTMLPage(language: language, title: name, style: DocumentStyle.text, body: body).text
  }

  private static func html(_ block: RunbookBlock, at position: Int) -> HTML {
    switch block {
    case .heading(let level, let title): heading(level, marked(title), position)
    case .paragraph(let text, ""): "<p>\(marked(text))</p>\n"
    case .paragraph(let text, let lead): "<p><strong>\(lead)</strong> \(marked(text))</p>\n"
    case .emphasis(let text): "<p><strong>\(marked(text))</strong></p>\n"
    case .list(let items, .number): "<ol>\n\(HTML(items.map { item($0) }))</ol>\n"
    case .list(let items, .bullet): "<ul>\n\(HTML(items.map { item($0) }))</ul>\n"
    case .list(let items, .box): "<ul class=\"boxes\">\n\(HTML(items.map { item($0) }))</ul>\n"
    case .facts(let facts, areSentences: false): list(facts)
    case .facts(let facts, areSentences: true): "<ul>\n\(HTML(facts.map { item($0) }))</ul>\n"
    case .table(let columns, let rows): table(columns, rows)
    }
  }

  private static func heading(_ level: Int, _ title: HTML, _ position: Int) -> HTML {
    switch level {
    case 1: "<h1>\(title)</h1>\n"
    case 2: "<h2 id=\"part-\(position)\">\(title)</h2>\n"
    case 3: "<h3>\(title)</h3>\n"
    default: "<h4>\(title)</h4>\n"
    }
  }

  private static func item(_ text: String) -> HTML { "<li>\(marked(text))</li>\n" }

  private static func item(_ fact: (name: String, text: String)) -> HTML {
    "<li><strong>\(fact.name):</strong> \(marked(fact.text))</li>\n"
  }

  private static func list(_ facts: [(name: String, text: String)]) -> HTML {
    let rows = HTML(facts.map { "<dt>\($0.name)</dt>\n<dd>\(marked($0.text))</dd>\n" })
    return "<dl>\n\(rows)</dl>\n"
  }

  private static func table(_ columns: [String], _ rows: [[String]]) -> HTML {
    var text: HTML = "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead><tr>"
    for column in columns { text += "<th scope=\"col\">\(marked(column))" }
    text += "\n<tbody>\n"
    for row in rows {
      text += "<tr>"
      for (position, cell) in row.enumerated() {
        text +=
          position == 0 ? "<th scope=\"row\">\(marked(cell))" : "<td class=\"w\">\(marked(cell))"
      }
      text += "\n"
    }
    return text + "</table>\n</div>\n"
  }

  private static func marked(_ text: String) -> HTML { HTML(Phrase(marked: text)) }
}
