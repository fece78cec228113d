/// A report as one HTML file.
struct DocumentHTML {
  /// The document.
  static func text(_ document: ReportDocument) -> String {
    HTMLPage(
      language: document.language, title: document.name, style: DocumentStyle.text,
      body: DocumentHTML().body(document)
    ).text
  }

  /// What is in its header, and what follows it, for a page with something of its own between them.
  static func parts(_ document: ReportDocument) -> (header: HTML, rest: HTML) {
    let html = DocumentHTML()
    return (html.header(document), html.rest(document))
  }

  private func body(_ document: ReportDocument) -> HTML {
    "<header>\n" + header(document) + "</header>\n" + rest(document)
  }

  private func header(_ document: ReportDocument) -> HTML {
    "<h1>\(HTML(document.title))</h1>\n\(parts(document.lead))"
  }

  private func rest(_ document: ReportDocument) -> HTML {
    var body: HTML = """
      <nav aria-label="Parts of this report">
      <ul>

      """
    for section in document.sections {
      body += "<li><a href=\"#\(section.id)\">\(section.title)</a>\n"
    }
    body += "</ul>\n</nav>\n<main>\n"
    for section in document.sections {
      body += """
        <section id="\(section.id)" aria-labelledby="\(section.id)-title"\(pageBreak(section))>
        <h2 id="\(section.id)-title">\(section.title)</h2>
        \(parts(section.parts))</section>

        """
    }
    body += "</main>\n<footer>\n<p>\(HTML(document.origin))</p>\n</footer>\n"
    return body
  }

  private func pageBreak(_ section: ReportDocument.Section) -> HTML {
    section.startsPage ? " class=\"page\"" : ""
  }

  private func parts(_ parts: [ReportDocument.Part]) -> HTML {
    HTML(parts.map(part))
  }

  private func part(_ part: ReportDocument.Part) -> HTML {
    switch part {
    case .paragraph(let words, let tone): "<p\(attribute(tone))>\(HTML(words))</p>\n"
    case .facts(let facts): list(of: facts)
    case .table(let rows): table(rows)
    case .list(let items, let isNumbered): list(items, isNumbered)
    case .charts(let charts): "<div class=\"charts\">\n\(HTML(charts.map(figure)))</div>\n"
    case .lines(let text): "<pre tabindex=\"0\">\(HTML(foreignLines: text))</pre>\n"
    case .details(let summary, let inner):
      "<details>\n<summary>\(HTML(summary))</summary>\n\(parts(inner))</details>\n"
    }
  }

  private func list(of facts: [ReportDocument.Fact]) -> HTML {
    var list: HTML = "<dl>\n"
    for fact in facts {
      list += "<dt>\(fact.name)</dt>\n<dd\(attribute(fact.tone))>\(HTML(fact.words))</dd>\n"
    }
    return list + "</dl>\n"
  }

  private func list(_ items: [Phrase], _ isNumbered: Bool) -> HTML {
    let lines = HTML(items.map { "<li>\(HTML($0))</li>\n" })
    return isNumbered ? "<ol>\n\(lines)</ol>\n" : "<ul>\n\(lines)</ul>\n"
  }

  private func figure(_ chart: ReportDocument.Chart) -> HTML {
    """
    <figure>
    <figcaption><b>\(HTML(chart.title))</b> \(HTML(chart.words))</figcaption>
    \(chart.drawing)
    </figure>

    """
  }

  // MARK: Tables

  /// Ends of cells and rows are left out where HTML has them follow: a table of a large rotation is half as long.
  private func table(_ table: ReportDocument.Table) -> HTML {
    var text: HTML = """
      <div class="scroll" tabindex="0" role="region" aria-label="\(table.caption.plain)">
      <table>
      <caption>\(HTML(table.caption))</caption>
      <thead><tr>
      """
    for column in table.columns {
      text += "<th scope=\"col\"\(attribute(column))>\(column.title)"
    }
    text += "\n<tbody>\n"
    for row in table.rows {
      text += "<tr>"
      for (position, cell) in row.enumerated() {
        let column = table.columns[position]
        if position == 0 {
          text += "<th scope=\"row\"\(attribute(cell.tone))>\(inTable(cell))"
        } else if column.isDrawn {
          text += "<td class=\"bar\">\(cell.drawing ?? "")"
        } else {
          text +=
            cell.words.plain.isEmpty
            ? "<td>" : "<td\(attribute(cell.tone, in: column))>\(inTable(cell))"
        }
      }
      text += "\n"
    }
    return text + "</table>\n</div>\n"
  }

  private func attribute(_ column: ReportDocument.Column) -> HTML {
    if column.isDrawn { return " class=\"bar\"" }
    return column.isNumber ? " class=\"n\"" : ""
  }

  private func attribute(
    _ tone: ReportDocument.Tone, in column: ReportDocument.Column? = nil
  ) -> HTML {
    let name: HTML =
      switch tone {
      case .plain: column?.isNumber == true ? "n" : ""
      case .good: "good"
      case .attention: "look"
      case .trouble: "bad"
      }
    guard column?.isProse == true else { return name.text.isEmpty ? "" : " class=\"\(name)\"" }
    return name.text.isEmpty ? " class=\"w\"" : " class=\"w \(name)\""
  }

  // MARK: Words

  /// In a table the column does.
  private func inTable(_ cell: ReportDocument.Cell) -> HTML {
    HTML(
      cell.words.pieces.map { piece -> HTML in
        switch piece {
        case .words(let words): "\(words)"
        case .value(let value): "\(value)"
        }
      })
  }
}
