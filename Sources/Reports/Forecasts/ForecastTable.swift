/// A table with a column for a plan and for each change of it, below what the changes are.
enum ForecastTable {
  /// Writes it.
  ///
  /// - Parameters:
  ///   - changes: For each column what of the plan was changed; nil for the plan as it is.
  ///   - rows: Each a title and a cell for each column.
  ///   - report: Where to.
  static func add(
    _ changes: [String?], _ rows: [[TextTable.Cell]], to report: inout ReportText
  ) {
    report.blank()
    for (position, change) in changes.enumerated() {
      guard let change else { continue }
      report.prose(change, indent: 2, label: "\(letter(position))  ")
    }
    if changes.count > 1 { report.blank() }
    var table = TextTable(
      [TextTable.Column(title: "", minimum: 28)]
        + changes.indices.map {
          TextTable.Column(title: $0 == 0 ? "the plan" : letter($0), isNumber: true)
        })
    for row in rows { table.add(row) }
    report.add(table.lines(indent: 2, report.layout))
  }

  static func letter(_ position: Int) -> String {
    position <= 26 ? String(UnicodeScalar(UInt8(64 + position))) : "\(position)"
  }
}
