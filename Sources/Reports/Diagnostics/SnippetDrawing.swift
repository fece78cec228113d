import PlanText
internal import PlanText

/// Draws the lines of one snippet.
struct SnippetDrawing {
  private let group: SnippetGroup
  private let canvas: DiagnosticCanvas
  private let severity: DiagnosticCanvas.Style
  private let rail: SnippetGroup.Mark?

  /// The label of the own place, where it was too long to stand beside it.
  private(set) var overflow: String?

  /// Labels of more lines than this go below the snippet.
  private static let labelLines = 4

  init(_ group: SnippetGroup, _ canvas: DiagnosticCanvas, _ severity: DiagnosticCanvas.Style) {
    self.group = group
    self.canvas = canvas
    self.severity = severity
    rail = group.rail
  }

  private var budget: Int { canvas.contentWidth - (rail == nil ? 0 : 2) }

  /// A line with nothing marked in it.
  func plain(_ number: Int) -> [String] {
    let text = shown(number, around: nil).text
    let prefix = railPrefix(number)
    return [canvas.source(number, text.isEmpty && rail == nil ? "" : prefix + text)]
  }

  /// The rail in place of lines that are left out.
  func railBetween(_ above: Int, _ below: Int) -> String {
    guard let rail, above >= rail.start.line, below <= rail.lastLine else { return "" }
    return canvas.paint("|", severity)
  }

  /// A line and the marks under it.
  mutating func line(_ number: Int) -> [String] {
    let marks = group.marks.filter { $0.start.line == number && $0.span != rail?.span }
    var result: [String] = []
    var display = shown(number, around: marks.first)
    var isDrawn = false
    if marks.isEmpty {
      display = shown(number, around: rail)
      result.append(canvas.source(number, railPrefix(number) + display.text))
    }
    for (index, mark) in marks.enumerated() {
      // A mark that the cut line does not show gets the line again, cut elsewhere.
      if index > 0, !display.shows(mark.start.offset) {
        display = shown(number, around: mark)
        isDrawn = false
      }
      if !isDrawn {
        result.append(canvas.source(number, railPrefix(number) + display.text))
        isDrawn = true
      }
      result += underline(mark, columns(of: mark, in: display), number)
    }
    if let rail {
      if rail.start.line == number, !startsLine(rail) {
        let column = display.column(of: rail.start.offset)
        result.append(
          canvas.marks(
            canvas.paint(" " + String(repeating: "_", count: column + 1) + "^", severity)))
      }
      if rail.lastLine == number {
        let column = max(display.column(of: max(rail.end - 1, 0)), 0)
        let drawn = "|" + String(repeating: "_", count: column + 1) + "^"
        result += labelled(
          mark: canvas.paint(drawn, severity), indent: column + 2, width: 1, label: rail.label,
          style: severity, isPrimary: true, prefix: "")
      }
    }
    return result
  }

  private func startsLine(_ mark: SnippetGroup.Mark) -> Bool {
    group.table.line(mark.start.line).prefix { $0.isBlank }.endIndex
      >= mark.start.offset
  }

  private func railPrefix(_ number: Int) -> String {
    guard let rail else { return "" }
    if number == rail.start.line {
      return startsLine(rail) ? canvas.paint("/", severity) + " " : "  "
    }
    let isInside = number > rail.start.line && number <= rail.lastLine
    return isInside ? canvas.paint("|", severity) + " " : "  "
  }

  /// The part of a line that fits, with the mark in it.
  private func shown(_ number: Int, around mark: SnippetGroup.Mark?) -> DisplayLine {
    var bytes = group.table.line(number)
    let isStart = mark?.start.line == number
    let from = isStart ? (mark?.start.offset ?? bytes.startIndex) : bytes.startIndex
    let to = isStart && mark?.isMultiline == false ? (mark?.end ?? from) : from
    // Enough on both sides to choose the part that is shown, and no more of a line of megabytes.
    let reach = 4 * budget
    if bytes.count > 3 * reach {
      var lower = max(bytes.startIndex, from - reach)
      var upper = min(bytes.endIndex, from + reach)
      while lower < upper, bytes[lower].isContinuation { lower += 1 }
      while upper > lower, upper < bytes.endIndex, bytes[upper].isContinuation { upper -= 1 }
      bytes = bytes[lower..<upper]
    }
    var display = DisplayLine(
      bytes, unicode: canvas.options.unicode, concealing: group.concealed)
    guard display.width > budget else { return display }
    let first = display.column(of: from)
    let last = max(display.column(of: to), first + 1)
    var lower = 0
    if last > budget - canvas.ellipsis.count {
      lower = max(0, first - max(8, (budget - min(last - first, budget)) / 2))
    }
    display.cut(to: lower..<lower + budget, ellipsis: canvas.ellipsis)
    return display
  }

  private func columns(of mark: SnippetGroup.Mark, in display: DisplayLine) -> Range<Int> {
    let lineEnd = group.table.line(mark.start.line).endIndex
    let end = mark.isMultiline ? lineEnd : mark.end
    let first = min(display.column(of: mark.start.offset), budget)
    let last = min(display.column(of: end), max(display.width, first + 1))
    return first..<max(last, first + 1)
  }

  private mutating func underline(
    _ mark: SnippetGroup.Mark, _ columns: Range<Int>, _ number: Int
  ) -> [String] {
    let style: DiagnosticCanvas.Style = mark.isPrimary ? severity : .frame
    let drawn = String(repeating: mark.isPrimary ? "^" : "-", count: columns.count)
    let isRailed = rail.map { number >= $0.start.line && number < $0.lastLine } ?? false
    let prefix = rail == nil ? "" : isRailed ? canvas.paint("|", severity) + " " : "  "
    let spaces = String(repeating: " ", count: columns.lowerBound)
    return labelled(
      mark: spaces + canvas.paint(drawn, style), indent: columns.lowerBound, width: columns.count,
      label: mark.label, style: style, isPrimary: mark.isPrimary, prefix: prefix)
  }

  /// The mark with its label beside it, or under it where that is too wide.
  private mutating func labelled(
    mark: String, indent: Int, width: Int, label: String, style: DiagnosticCanvas.Style,
    isPrimary: Bool, prefix: String
  ) -> [String] {
    let label = visible(label, unicode: canvas.options.unicode)
    if label.isEmpty { return [canvas.marks(prefix + mark)] }
    if indent + width + 1 + textWidth(label) <= budget {
      return [canvas.marks(prefix + mark + " " + canvas.paint(label, style))]
    }
    let left = min(indent, max(0, budget - 48))
    let lines = wrap(label, to: budget - left)
    if isPrimary, lines.count > Self.labelLines {
      overflow = label
      return [canvas.marks(prefix + mark)]
    }
    let spaces = String(repeating: " ", count: left)
    return [canvas.marks(prefix + mark)]
      + lines.map { canvas.marks(prefix + spaces + canvas.paint($0, style)) }
  }
}
