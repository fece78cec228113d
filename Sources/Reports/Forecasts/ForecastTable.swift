/// A table with a column for a plan and for each change of it, below what the changes are.
enum ForecastTable {
  /// Writes it.
  ///
  /// - Parameters:
  ///   - titles: What stands over each column.
  ///   - changes: For each column what of the plan was changed; nil for the plan as it is.
  ///   - rows: Each a title and a cell for each column.
  ///   - report: Where to.
  static func add(
    _ titles: [String], _ changes: [String?], _ rows: [[TextTable.Cell]],
    to report: inout ReportText
  ) {
    report.blank()
    for (title, change) in zip(titles, changes) {
      guard let change else { continue }
      report.prose(change, indent: 2, label: "\(title)  ")
    }
    if changes.count > 1 { report.blank() }
    var table = TextTable(
      [TextTable.Column(title: "", minimum: 28)]
        + titles.map { TextTable.Column(title: $0, isNumber: true) })
    for row in rows { table.add(row) }
    report.add(table.lines(indent: 2, report.layout))
  }

  /// `the plan`, `A`, `B`: over a plan and changes of it.
  static func titles(_ count: Int) -> [String] {
    (0..<count).map {
      switch $0 {
      case 0: "the plan"
      case 1...26: String(UnicodeScalar(UInt8(64 + $0)))
      default: "\($0)"
      }
    }
  }
}
