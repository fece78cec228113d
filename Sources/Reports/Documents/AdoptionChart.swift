import PlanModel
import PlanText
import RotationEngine

/// How the clients of one or more waits came by a change: the share over time, what the plan wants of it, and the least
/// and the longest time that it gives.
struct AdoptionChart {
  let waits: [RunReport.Wait]
  let until: Instant

  /// Whether there is room for words in it.
  var isLarge: Bool { waits.count == 1 }

  /// Twice the pixels, so that whole numbers are fine enough.
  private static let (width, height) = (720, 260)
  private static let (left, right, top, bottom) = (70, 706, 24, 216)

  private var axis: TimeAxis {
    let from = waits.map(\.startedAt).min() ?? until
    var to = waits.map { $0.endedAt ?? until }.max() ?? until
    if isLarge {
      to = max(to, waits[0].minimumEnds)
      to = waits[0].shownPredictions.compactMap(\.forecast.ends?.median).reduce(to, max)
      let length = to - from
      // A deadline that is far away would press the curve flat.
      if waits[0].deadline - from <= length * 2 { to = max(to, waits[0].deadline) }
    }
    return TimeAxis(from: from, to: to, left: Self.left, right: Self.right)
  }

  /// The drawing: with an axis for one wait, as a row of a table for several.
  var drawing: HTML { isLarge ? large : small }

  /// Curves, shares that are wanted and least times, a path each.
  private var small: HTML {
    let axis = TimeAxis(from: axis.from, to: axis.to, left: 0, right: 720)
    func inRow(_ share: Share) -> Int { (y(share) - Self.top) / 2 + 4 }
    var (curves, shares, times) = ("", "", "")
    for wait in waits {
      let last = wait.endedAt ?? until
      shares += "M\(axis.x(wait.startedAt)) \(inRow(wait.policy.adopted.value))H\(axis.x(last))"
      if wait.minimumEnds <= last { times += "M\(axis.x(wait.minimumEnds)) 0v104" }
      let points = CurveThinning.thinned(
        wait.samples.map { .init(x: axis.x($0.at), y: inRow($0.share)) }, tolerance: 2)
      curves += points.pathData + (points.count == 1 ? "h0" : "")
    }
    return """
      <svg viewBox="0 0 720 104" width="240" height="35" aria-hidden="true" fill="none" stroke-width="4"><path d="\(shares)" stroke="\(DrawingColor.threshold.rawValue)" stroke-dasharray="12 7"/><path d="\(times)" stroke="\(DrawingColor.good.rawValue)" stroke-dasharray="3 6"/><path d="\(curves)" stroke="\(DrawingColor.curve.rawValue)" stroke-width="6" stroke-linecap="round"/></svg>
      """
  }

  private var large: HTML {
    let axis = axis
    var svg: HTML = """
      <svg viewBox="0 0 \(Self.width) \(Self.height)" width="360" height="130" role="img" aria-label="The share of clients over time" font-size="20" fill="none" stroke="currentColor" stroke-width="2">
      <path d="M\(Self.left) \(Self.top)H\(Self.right)M\(Self.left) \(y(Share.percent(50)))H\(Self.right)" stroke-opacity=".25"/><path d="M\(Self.left) \(Self.top)V\(Self.bottom)H\(Self.right)" stroke-opacity=".6"/>
      """
    for wait in waits { svg += marks(of: wait, axis) }
    for wait in waits {
      let points = CurveThinning.thinned(
        wait.samples.map { .init(x: axis.x($0.at), y: y($0.share)) })
      guard !points.isEmpty else { continue }
      // A single count is a line of no length, which round ends make a dot.
      let data = points.pathData + (points.count == 1 ? "h0" : "")
      svg += """
        <path d="\(data)" stroke="\(DrawingColor.curve.rawValue)" stroke-width="4" stroke-linecap="round"/>
        """
    }
    svg += predictions(axis) + labels(axis)
    return svg + "</svg>"
  }

  /// What the plan wants: dashes at the share, dots at the least time, a line at the deadline.
  private func marks(of wait: RunReport.Wait, _ axis: TimeAxis) -> HTML {
    let threshold = y(wait.policy.adopted.value)
    var marks: HTML = """
      <path d="M\(axis.x(wait.startedAt)) \(threshold)H\(Self.right)" stroke="\(DrawingColor.threshold.rawValue)" stroke-width="3" stroke-dasharray="12 7"/>
      """
    if axis.holds(wait.minimumEnds) {
      let x = axis.x(wait.minimumEnds)
      marks += """
        <path d="M\(x) \(Self.top)V\(Self.bottom)" stroke="\(DrawingColor.good.rawValue)" stroke-width="3" stroke-dasharray="3 6"/>
        """
      marks += text("least time", at: x, Self.bottom - 10, end: x > Self.width / 2)
    }
    if axis.holds(wait.deadline) {
      let x = axis.x(wait.deadline)
      marks += """
        <path d="M\(x) \(Self.top)V\(Self.bottom)" stroke="\(DrawingColor.deadline.rawValue)" stroke-width="4"/>
        """
      marks += text("deadline", at: x, Self.bottom - 34, end: x > Self.width / 2)
    }
    return marks
  }

  /// When the wait was thought to end, the first time uppermost: a bar for four of five cases, with a mark in the middle.
  private func predictions(_ axis: TimeAxis) -> HTML {
    var (bars, marks) = ("", "")
    for (row, prediction) in waits[0].shownPredictions.enumerated() {
      guard let ends = prediction.forecast.ends, let median = ends.median else { continue }
      let height = Self.bottom - 96 + row * 18
      let from = axis.x(ends.early ?? median)
      bars += "M\(from) \(height)h\(max(axis.x(ends.late ?? axis.to) - from, 2))"
      marks += "M\(axis.x(median)) \(height - 7)v14"
    }
    guard !bars.isEmpty else { return "" }
    return """
      <path d="\(bars)" stroke="\(DrawingColor.person.rawValue)" stroke-width="6"/><path d="\(marks)" stroke-width="3"/>
      """
  }

  private func labels(_ axis: TimeAxis) -> HTML {
    text("100%", at: Self.left - 8, Self.top + 7, end: true)
      + text("0", at: Self.left - 8, Self.bottom + 4, end: true)
      + text(Wording.minute(axis.from), at: Self.left, Self.height - 12, end: false)
      + text(Wording.minute(axis.to), at: Self.right, Self.height - 12, end: true)
      + threshold
  }

  private var threshold: HTML {
    let share = waits[0].policy.adopted.value
    return text(share.description, at: Self.right, y(share) + 26, end: true)
  }

  private func text(_ words: String, at x: Int, _ y: Int, end: Bool) -> HTML {
    let inset = end ? "-6" : "6"
    let isAxis = y > Self.bottom || x < Self.left
    let dx: HTML = isAxis ? "" : " dx=\"\(inset)\""
    let anchor: HTML = end ? " text-anchor=\"end\"" : ""
    return """
      <text x="\(x)" y="\(y)"\(dx)\(anchor) fill="currentColor" stroke="none">\(words)</text>
      """
  }

  private func y(_ share: Share) -> Int {
    let part = Int64(min(max(share.millionths, 0), 1_000_000))
    return Self.bottom - Int((part * Int64(Self.bottom - Self.top) + 500_000) / 1_000_000)
  }
}
