import PlanModel
import PlanText
public import RotationGraph

/// `waltz plan show` for people: a line a step.
public enum PlanShowTable {
  /// The table, with lines of at most `width` columns where that leaves room for the columns at all.
  ///
  /// The column that says what a step comes after gives way first, then the step's id in its middle.
  public static func text(of sealed: SealedGraph, width: Int) -> String {
    let graph = sealed.graph
    let rows = graph.steps.indices.map { row($0, of: graph) }
    var columns = Columns(rows: rows)
    columns.fit(width)

    var lines = ["\(graph.plan.name.value): \(GraphHeadline(graph).text)", sealed.digest, ""]
    lines.append(columns.line(Row.heading))
    lines.append(contentsOf: rows.map { columns.line($0) })
    if graph.steps.contains(where: \.isPointOfNoReturn) {
      lines.append("")
      lines.append("⚠ point of no return: nothing undoes this step")
    }
    lines.append("")
    return lines.joined(separator: "\n") + "\n" + figures(of: graph, width: width)
  }

  /// How long the rotation takes, how exposed it leaves sites and partnerships, and how often people are
  /// asked: the figures that `plan diff` compares, without those that the headline has.
  private static func figures(of graph: StepGraph, width: Int) -> String {
    let figures = RotationFigures(graph)
    let shown: Set<FigureRow.Figure> = [
      .duration, .verificationOffLongest, .replicationBrokenLongest, .waits, .gates,
    ]
    let rows = FigureRow.rows(nil, figures).filter { shown.contains($0.figure) }
    let titleWidth = rows.map(\.figure.title.count).max() ?? 0
    var report = ReportText(TextLayout(width: width))
    for row in rows {
      let title = row.figure.title
      report.prose(
        row.after?.text ?? "", indent: 0,
        label: title + String(repeating: " ", count: titleWidth + 2 - title.count))
    }
    for (title, text) in CalendarWords.rows(graph.plan.calendar) {
      report.prose(
        text, indent: 0,
        label: title + String(repeating: " ", count: max(titleWidth + 2 - title.count, 2)))
    }
    if let holding = DurationAssumptions.holding(figures.waitsThatHold) {
      report.prose(holding, indent: 0)
    }
    return report.text
  }

  private static func row(_ position: Int, of graph: StepGraph) -> Row {
    let step = graph.steps[position]
    return Row(
      number: String(position + 1),
      mark: step.isPointOfNoReturn ? "⚠" : " ",
      id: visible(graph.id(of: position), unicode: false),
      channel: step.channel == .operator ? "operator" : step.channel.rawValue,
      effect: step.action.effect.rawValue,
      after: ranges(graph.dependencies[position]))
  }

  /// `3, 5-8`: positions from 1, rising, neighbours joined.
  static func ranges(_ positions: ArraySlice<Int32>) -> String {
    var parts: [String] = []
    var index = positions.startIndex
    while index < positions.endIndex {
      let first = positions[index]
      var last = first
      index += 1
      while index < positions.endIndex, positions[index] == last + 1 {
        last += 1
        index += 1
      }
      switch last - first {
      case 0: parts.append("\(first + 1)")
      case 1: parts.append("\(first + 1), \(last + 1)")
      default: parts.append("\(first + 1)-\(last + 1)")
      }
    }
    return parts.joined(separator: ", ")
  }
}

/// One line of the table.
private struct Row {
  let number: String
  let mark: String
  let id: String
  let channel: String
  let effect: String
  let after: String

  static let heading = Row(
    number: "#", mark: " ", id: "STEP", channel: "CHANNEL", effect: "EFFECT", after: "AFTER")
}

/// How wide the columns are.
private struct Columns {
  private var number: Int
  private var id: Int
  private var channel: Int
  private var effect: Int
  private var after: Int

  init(rows: [Row]) {
    let all = rows + [Row.heading]
    number = all.map(\.number.count).max() ?? 1
    id = all.map(\.id.count).max() ?? 4
    channel = all.map(\.channel.count).max() ?? 7
    effect = all.map(\.effect.count).max() ?? 6
    after = all.map(\.after.count).max() ?? 5
  }

  /// Narrows the last column down to its heading and then the ids down to a dozen characters.
  mutating func fit(_ width: Int) {
    let fixed = number + 3 + 2 + channel + 2 + effect + 2
    let room = width - fixed
    guard id + after > room else { return }
    after = max(min(after, room - id), min(after, 8))
    id = max(min(id, room - after), 12)
  }

  func line(_ row: Row) -> String {
    var line = padded(row.number, number, right: true) + " " + row.mark + " "
    line += padded(shortenedMiddle(row.id, id), id) + "  "
    line += padded(row.channel, channel) + "  "
    line += padded(row.effect, effect) + "  "
    line += shortenedEnd(row.after, after)
    while line.last == " " { line.removeLast() }
    return line
  }

  private func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return right ? space + text : text + space
  }

  private func shortenedEnd(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
  }

  /// The action at the start and the server at the end of an id matter more than its middle.
  private func shortenedMiddle(_ text: String, _ width: Int) -> String {
    guard text.count > width else { return text }
    let front = (width - 1) / 2
    return text.prefix(front) + "…" + text.suffix(width - 1 - front)
  }
}
