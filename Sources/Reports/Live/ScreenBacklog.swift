/// What is to be drawn on a terminal, and what is drawn there: the newest frame only, however long the reader stands
/// still.
///
/// Frames go to the alternate screen, each at once for terminals that know synchronized output, and of each only the
/// lines that changed. At the end the terminal is as it was before, with the last lines under what was there.
package struct ScreenBacklog: Sendable {
  private struct Frame: Equatable {
    var lines: [String]
    let columns: Int
    let rows: Int
  }

  private let color: Bool
  private var wanted: Frame?
  private var drawn: Frame?
  private var isOpen = false
  private var farewell: [String]?

  /// Nothing is drawn; `color` is whether Waltz's own colours are in the lines.
  package init(color: Bool) {
    self.color = color
  }

  /// Wants these lines to be seen, on a terminal of this size.
  package mutating func show(_ lines: [String], columns: Int, rows: Int) {
    guard farewell == nil else { return }
    wanted = Frame(lines: Array(lines.prefix(rows)), columns: columns, rows: rows)
  }

  /// Forgets what is drawn: somebody else may have drawn over it.
  package mutating func forget() { drawn = nil }

  /// The terminal was given back meanwhile.
  package mutating func suspend() { (drawn, isOpen) = (nil, false) }

  /// Ends, and leaves these lines on the terminal.
  package mutating func close(leaving lines: [String]) {
    farewell = farewell ?? lines
  }

  /// All that is to be written now; nil where that is nothing. The terminal counts as having it.
  package mutating func take() -> Printout? {
    if let lines = farewell {
      guard isOpen || !lines.isEmpty else { return nil }
      var shown: Printout = isOpen ? .leavingScreen : ""
      shown.append(Printout(report: lines.map { $0 + "\n" }.joined(), color: color))
      (farewell, wanted, isOpen) = ([], nil, false)
      return shown
    }
    guard let wanted, wanted != drawn else { return nil }
    var shown: Printout = isOpen ? "" : .enteringScreen
    isOpen = true
    shown.append(.beginningFrame)
    let isWhole = drawn?.columns != wanted.columns || drawn?.rows != wanted.rows
    if isWhole { shown.append(.cleared) }
    let before = isWhole ? [] : drawn?.lines ?? []
    for row in 0..<max(wanted.lines.count, before.count) {
      let line = row < wanted.lines.count ? wanted.lines[row] : ""
      guard (row < before.count ? before[row] : "") != line else { continue }
      shown.append(.beginning(ofRow: row + 1))
      shown.append(Printout(report: line, color: color))
    }
    shown.append(.endingFrame)
    drawn = wanted
    return shown
  }
}
