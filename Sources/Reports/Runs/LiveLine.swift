import PlanModel
import RotationEngine

/// The lines of a live view's entries.
struct LiveLine {
  let layout: TextLayout
  let idWidth: Int
  let now: Instant

  func alarm(_ sign: String, _ word: String, _ id: String, _ message: String) -> StyledLine {
    var line = StyledLine("\(sign) \(word) ", .trouble)
    line.add(id, .title)
    line.add(": \(message)")
    return line
  }

  func gate(_ gate: RunOverview.OpenGate) -> StyledLine {
    var line = StyledLine("\(layout.sign("●", "*")) gate ", .person)
    line.add(gate.id, .title)
    if let since = gate.since { line.add(" \(Wording.duration(now - since))", .faint) }
    if let first = gate.gate.instructions.first { line.add(": \(first)") }
    return line
  }

  func todo(_ command: String) -> StyledLine {
    var line = StyledLine("  ")
    line.add(command, .command)
    return line
  }

  func active(_ step: RunOverview.ActiveStep) -> StyledLine {
    var line = StyledLine(
      step.retryAt == nil ? layout.sign("▸ ", "> ") : layout.sign("↻ ", "~ "), .busy)
    line.add(shortenedMiddle(step.id, to: idWidth, layout), nil, padTo: idWidth)
    line.add("  \(step.words(at: now))", .faint)
    return line
  }

  /// The id, then as many of share, time left, figures, bar, trend and deadline as there is room for,
  /// in this order of importance.
  func wait(_ wait: WaitOutlook) -> StyledLine {
    var line = StyledLine(layout.sign("◷ ", "= "), .waiting)
    line.add(shortenedMiddle(wait.id, to: idWidth, layout), nil, padTo: idWidth)
    var room = layout.width - line.width
    let share = take(wait.shareWords, 2, &room)
    let isUrgent = wait.isHeld || wait.isDeadlineNear(at: now)
    let deadline = isUrgent ? take(wait.deadlineWords(at: now), 2, &room) : nil
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
    if let trouble { line.add("  \(trouble)", .trouble) }
    return line
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
