import PlanModel
import PlanText
import RotationEngine

/// The lines of a live view's entries.
struct LiveLine {
  let layout: TextLayout
  let idWidth: Int
  let now: Instant
  /// The id that stands out.
  var chosen: String?

  func alarm(_ sign: String, _ word: String, _ id: String, _ message: String) -> StyledLine {
    var line = StyledLine("\(sign) \(word) ", .trouble)
    line.add(id, id == chosen ? .chosen : .title)
    line.add(": \(message)")
    return line
  }

  func gate(_ gate: RunOverview.OpenGate) -> StyledLine {
    var line = StyledLine("\(layout.sign("●", "*")) gate ", .person)
    line.add(gate.id, gate.id == chosen ? .chosen : .title)
    if let since = gate.since { line.add(" \(Wording.duration(now - since))", .faint) }
    if let first = gate.gate.instructions.first { line.add(": \(first)") }
    return line
  }

  /// A command to paste. One that is too long for a line goes on in the next, as a shell takes it.
  func todo(_ command: String) -> [StyledLine] {
    // Where a word alone is too long the line is cut, and the command with it.
    let rows = shellLines(command, columns: layout.width - 4)
    return rows.enumerated().map { index, row in
      var line = StyledLine(index == 0 ? "  " : "    ")
      line.add(row, .command)
      return line
    }
  }

  func active(_ step: RunOverview.ActiveStep) -> StyledLine {
    var line = StyledLine(
      step.retryAt == nil ? layout.sign("▸ ", "> ") : layout.sign("↻ ", "~ "), .busy)
    add(step.id, to: &line)
    line.add("  \(step.words(at: now))", .faint)
    return line
  }

  /// The id, then as many of share, time left, figures, bar, trend and deadline as there is room for,
  /// in this order of importance.
  func wait(_ wait: WaitOutlook) -> StyledLine {
    var line = StyledLine(layout.sign("◷ ", "= "), .waiting)
    add(wait.id, to: &line)
    var room = layout.width - line.width
    let share = take(wait.shareWords, 2, &room)
    let isUrgent = wait.isHeld || wait.isDeadlineNear(at: now)
    let deadline = isUrgent ? take(wait.deadlineWords(at: now), 2, &room) : nil
    let age = wait.isStale(at: now) ? take(wait.ageWords(at: now), 2, &room) : nil
    let left = wait.isHeld ? nil : take(wait.leftWords(at: now, layout), 2, &room)
    let figures = wait.share == nil ? nil : take(shortFigures(wait), 2, &room)
    let trouble = take(wait.inconclusiveReason == nil ? nil : "last count failed", 2, &room)
    let trend = take(wait.trendWords, 2, &room)
    if let share = wait.share, room >= 10 {
      let bar = ShareBar.text(share, columns: min(room - 2, 24), layout)
      line.add("  ")
      line.add(bar, wait.missing == 0 ? .good : .waiting)
    }
    if let share { line.add("  \(share)", .title) }
    if let figures { line.add("  \(figures)") }
    if let trend { line.add("  \(trend)", .faint) }
    if let left { line.add("  \(left)") }
    if let deadline { line.add("  \(deadline)", .person) }
    if let age { line.add("  \(age)", .person) }
    if let trouble { line.add("  \(trouble)", .trouble) }
    return line
  }

  /// Under a wait: its curve up to the deadline, what is wanted, and how old the count is.
  func curve(_ wait: WaitOutlook) -> StyledLine {
    var line = StyledLine("  ")
    let words =
      "  \(wait.policy.adopted.value) wanted\(layout.dot)\(wait.deadlineWords(at: now))\(layout.dot)"
    let age = wait.ageWords(at: now)
    let columns = min(layout.width - textWidth(words) - textWidth(age) - 2, 48)
    if columns >= 8 { line.add(AdoptionSparkline.line(wait, columns: columns, at: now, layout)) }
    line.add(words, .faint)
    line.add(age, wait.isStale(at: now) ? .person : .faint)
    return line
  }

  /// Under a wait: when it may pass. The one place of a view where a forecast is shown.
  func outlook(_ wait: WaitOutlook) -> StyledLine {
    StyledLine("  " + wait.forecastSentence(at: now), wait.isHeld ? .person : nil)
  }

  private func add(_ id: String, to line: inout StyledLine) {
    let shown = shortenedMiddle(id, to: idWidth, layout)
    line.add(shown, id == chosen ? .chosen : nil)
    line.pad(to: line.width + idWidth - textWidth(shown))
  }

  private func shortFigures(_ wait: WaitOutlook) -> String {
    "\(Wording.number(min(wait.count?.adopted ?? 0, wait.denominator)))/"
      + Wording.number(wait.denominator)
  }

  /// The text, where `room` holds it with `gap` blanks before.
  private func take(_ text: String?, _ gap: Int, _ room: inout Int) -> String? {
    guard let text, textWidth(text) + gap <= room else { return nil }
    room -= textWidth(text) + gap
    return text
  }
}
