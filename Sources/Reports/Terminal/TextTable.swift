/// A table in columns; where it is too wide, the widest columns that may give way do.
struct TextTable {
  /// A column.
  struct Column {
    let title: String
    var isNumber = false
    /// The fewest columns of the terminal that it may be cut to; nil where it may not be cut.
    var minimum: Int?
  }

  /// A cell.
  struct Cell {
    let text: String
    let meaning: Palette.Meaning?

    init(_ text: String, _ meaning: Palette.Meaning? = nil) {
      self.text = visible(text, unicode: false)
      self.meaning = meaning
    }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []

  /// A table without rows.
  init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row of one cell a column.
  mutating func add(_ row: [Cell]) {
    rows.append(row)
  }

  /// The heading and the rows, indented.
  func lines(indent: Int, _ layout: TextLayout) -> [String] {
    let heading = columns.map { Cell($0.title, .faint) }
    var widths = columns.indices.map { column in
      ([heading] + rows).reduce(0) { max($0, textWidth($1[column].text)) }
    }
    fit(&widths, room: layout.width - indent - 2 * (columns.count - 1))
    return ([heading] + rows).map { row in
      var line = StyledLine(String(repeating: " ", count: indent))
      for (column, cell) in row.enumerated() {
        if column > 0 { line.add("  ") }
        let text = shortenedMiddle(cell.text, to: widths[column], layout)
        if columns[column].isNumber {
          line.pad(to: line.width + widths[column] - textWidth(text))
          line.add(text, cell.meaning)
        } else {
          line.add(text, cell.meaning, padTo: widths[column])
        }
      }
      return line.fitted(layout)
    }
  }

  private func fit(_ widths: inout [Int], room: Int) {
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      let candidates = columns.indices.filter { widths[$0] > columns[$0].minimum ?? .max }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
      excess -= 1
    }
  }
}
