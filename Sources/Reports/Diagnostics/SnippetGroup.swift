internal import PlanText

/// The marked places of one diagnostic in one source.
struct SnippetGroup {
  /// A place with what is said about it.
  struct Mark {
    let span: SourceSpan
    let start: SourcePosition
    let lastLine: Int
    /// The byte after the place, on its last line.
    let end: Int
    let label: String
    let isPrimary: Bool

    var isMultiline: Bool { lastLine > start.line }
  }

  let table: LineTable
  let name: String
  let concealed: [Range<Int>]
  let marks: [Mark]

  /// The groups of a diagnostic: the one of its own place first; places in no known source are left out.
  static func groups(of diagnostic: Diagnostic, _ tables: LineTables) -> [SnippetGroup] {
    let places =
      [(diagnostic.span, diagnostic.detail, true)]
      + diagnostic.related.map { ($0.span, $0.message, false) }
    var order: [SourceID] = []
    for (span, _, _) in places where !order.contains(span.source) { order.append(span.source) }
    return order.compactMap { id in
      guard let table = tables[id], let name = tables.name(of: id) else { return nil }
      let marks = places.filter { $0.0.source == id }.map { mark($0.0, $0.1, $0.2, in: table) }
      return SnippetGroup(
        table: table, name: name, concealed: tables.concealedBytes(of: id), marks: marks)
    }
  }

  private static func mark(
    _ span: SourceSpan, _ label: String, _ isPrimary: Bool, in table: LineTable
  ) -> Mark {
    let start = table.position(at: Int(span.start))
    // What ends with a line break ends on the line of the break.
    let last = table.position(at: max(Int(span.end) - 1, Int(span.start)))
    let lineEnd = table.line(last.line).endIndex
    return Mark(
      span: span, start: start, lastLine: last.line,
      end: max(min(Int(span.end), lineEnd), start.offset), label: label, isPrimary: isPrimary)
  }

  /// Whether the only place is the very start of the source: what is said is about all of it.
  var hasNoText: Bool {
    marks.allSatisfy { $0.isPrimary && $0.span.start == 0 && $0.span.end == 0 }
  }

  /// The file, line and column that editors and terminals can jump to.
  var location: String {
    guard let first = marks.first else { return name }
    return "\(name):\(first.start.line):\(first.start.column)"
  }

  /// The digits of the largest line number shown.
  var gutterWidth: Int { String(marks.map(\.lastLine).max() ?? 1).count }

  /// The place that is drawn with a rail along its lines.
  var rail: Mark? { marks.first { $0.isPrimary && $0.isMultiline } }

  /// Draws the lines and marks; the label of the own place where it is too long to stand there.
  func draw(
    on canvas: DiagnosticCanvas, severity: DiagnosticCanvas.Style, into lines: inout [String]
  ) -> String? {
    if hasNoText { return nil }
    lines.append(canvas.emptyGutter)
    var drawing = SnippetDrawing(self, canvas, severity)
    var previous: Int?
    for number in shownLines() {
      if let previous, number > previous + 2 {
        lines.append(canvas.elision + drawing.railBetween(previous, number))
      } else if let previous, number == previous + 2 {
        lines += drawing.plain(previous + 1)
      }
      lines += drawing.line(number)
      previous = number
    }
    return drawing.overflow
  }

  private func shownLines() -> [Int] {
    var numbers = Set(marks.map(\.start.line))
    if let rail {
      numbers.insert(rail.lastLine)
      if rail.lastLine > rail.start.line + 1 { numbers.insert(rail.start.line + 1) }
    }
    return numbers.sorted()
  }
}
