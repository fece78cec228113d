import PlanModel
import PlanText
import RotationGraph

/// `waltz plan diff` for people: what to look at, the figures, the parts of the plan, the steps.
package enum PlanDiffText {
  /// Lines of one kind beyond these are counted instead of shown.
  static let mostLines = 400

  /// The text with a final line end; `full` shows every line, however many there are.
  package static func text(
    of plans: [ComparedPlan], _ layout: TextLayout, full: Bool = false,
    forecasts: [String: PlanTrials] = [:]
  ) -> String {
    guard !plans.isEmpty else { return "No plan differs.\n" }
    return plans.map { plan in
      text(of: plan, layout, full: full)
        + (forecasts[plan.difference.name].map { forecast(of: $0, layout) } ?? "")
    }.joined(separator: "\n")
  }

  private static func forecast(of trials: PlanTrials, _ layout: TextLayout) -> String {
    "\n" + StyledLine("Forecast", .title).whole(layout) + "\n"
      + PlanTrialsText.text(of: trials, as: .versions, layout)
  }

  private static func text(of plan: ComparedPlan, _ layout: TextLayout, full: Bool) -> String {
    let difference = plan.difference
    var text = DifferenceText(layout: layout, limit: full ? .max : mostLines)
    text.line("", plan.summary, .title)
    if plan.change == .unchanged { return text.text }
    text.paths(plan)

    text.section("Look at", difference.concerns.count) { text, number in
      text.line(
        "  \(layout.sign("⚠", "!")) ", difference.concerns[number].sentence, .person)
    }
    text.table(
      FigureRow.rows(difference.figuresBefore, difference.figuresAfter), change: plan.change)
    let words = DifferenceWords(difference)
    text.section("Plan: \(words.partCounts)", words.parts.count) { text, number in
      text.difference(words.line(words.parts[number]))
    }
    text.section("Steps: \(words.stepCounts)", words.steps.count) { text, number in
      text.difference(words.line(words.steps[number]))
    }
    text.implied(words)
    text.section("Changes no step", words.silentParts.count) { text, number in
      text.difference(words.line(words.silentParts[number], silent: true))
    }
    if plan.change == .changed, words.parts.isEmpty, words.steps.isEmpty, words.silentParts.isEmpty
    {
      text.plain("  The plans mean the same; only the order of what they list differs.")
    }
    text.assumptions(
      (difference.figuresAfter ?? difference.figuresBefore)?.waitsThatHold ?? 0)
    return text.text
  }
}

/// Grows line by line.
private struct DifferenceText {
  let layout: TextLayout
  let limit: Int
  private(set) var text = ""

  init(layout: TextLayout, limit: Int) {
    self.layout = layout
    self.limit = limit
  }

  mutating func plain(_ line: String, _ meaning: Palette.Meaning? = nil) {
    text += StyledLine(layout.signs(line), meaning).whole(layout) + "\n"
  }

  mutating func line(_ start: String, _ phrase: Phrase, _ meaning: Palette.Meaning? = nil) {
    plain(start + phrase.limited.plain, meaning)
  }

  mutating func paths(_ plan: ComparedPlan) {
    let old = plan.difference.old.map { (plan.oldPath, $0.digest) }
    let new = plan.difference.new.map { (plan.newPath, $0.digest) }
    for (sign, side) in [("-", old), ("+", new)] {
      guard let (path, digest) = side else { continue }
      plain("  \(sign) \(path.map { $0 + "  " } ?? "")\(digest)", .faint)
    }
  }

  /// A heading and its lines; nothing where there are none.
  mutating func section(
    _ title: String, _ count: Int, _ write: (inout DifferenceText, Int) -> Void
  ) {
    guard count > 0 else { return }
    text += "\n"
    plain(title, .title)
    for number in 0..<min(count, limit) { write(&self, number) }
    if count > limit {
      plain("    \(Wording.number(count - limit)) more; --full shows them", .faint)
    }
  }

  mutating func difference(_ line: DifferenceLine) {
    let meaning: Palette.Meaning =
      switch line.change {
      case .added: .good
      case .removed: .trouble
      case .changed: .person
      }
    var styled = StyledLine("  ")
    styled.add("\(line.sign) ", meaning)
    styled.add(line.subject.limited.plain, meaning)
    if !line.detail.pieces.isEmpty {
      styled.add(": " + layout.signs(line.detail.limited.plain))
    }
    text += styled.whole(layout) + "\n"
  }

  mutating func implied(_ words: DifferenceWords) {
    if words.steps.isEmpty, words.impliedAdded + words.impliedRemoved > 0 {
      text += "\n"
      plain("Steps: \(words.stepCounts)", .title)
    }
    for (sign, count, what) in [
      ("-", words.impliedRemoved, "gone"), ("+", words.impliedAdded, "new"),
    ] where count > 0 {
      plain(
        "  \(sign) \(Wording.count(count, "step")) of the sites, servers and partnerships that are \(what)",
        sign == "+" ? .good : .trouble)
    }
  }

  mutating func table(_ rows: [FigureRow], change: ComparedPlan.Change) {
    text += "\n"
    var table: TextTable
    if change == .changed {
      table = TextTable([
        .init(title: "FIGURE"), .init(title: "BEFORE", isNumber: true),
        .init(title: "AFTER", isNumber: true), .init(title: "DIFFERENCE"),
      ])
    } else {
      table = TextTable([.init(title: "FIGURE"), .init(title: "VALUE", isNumber: true)])
    }
    for line in FigureRow.lines(rows) {
      if change == .changed {
        table.add([
          .init(layout.signs(line.title)), .init(line.before), .init(line.after),
          .init(layout.signs(line.change ?? ""), .person),
        ])
      } else {
        table.add([
          .init(layout.signs(line.title)), .init(line.after.isEmpty ? line.before : line.after),
        ])
      }
    }
    text += table.lines(indent: 2, layout).map { $0 + "\n" }.joined()
  }

  mutating func assumptions(_ waitsThatHold: Int) {
    var report = ReportText(layout)
    report.heading("Durations", .faint)
    for sentence in DurationAssumptions.sentences(waitsThatHold: waitsThatHold) {
      report.prose(sentence, indent: 2, .faint)
    }
    text += "\n" + report.text
  }
}

extension TextLayout {
  /// The text with the signs that the terminal can show.
  fileprivate func signs(_ text: String) -> String {
    guard !unicode, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.replacing("→", with: "->").replacing("−", with: "-").replacing("±", with: "+/-")
      .replacing("…", with: "...")
  }
}

extension Phrase {
  /// The phrase with long values cut: a line is read by people.
  var limited: Phrase { limited(to: 400) }

  /// The phrase with values of at most so many characters.
  func limited(to limit: Int) -> Phrase {
    guard pieces.contains(where: { $0.isLonger(than: limit) }) else { return self }
    var phrase = Phrase()
    for piece in pieces {
      if case .value(let text) = piece, piece.isLonger(than: limit) {
        phrase = phrase + "\(text.prefix(limit) + "…")"
      } else {
        phrase.add(piece)
      }
    }
    return phrase
  }

  private mutating func add(_ piece: Piece) {
    switch piece {
    case .words(let text): self = self + "\(words: text)"
    case .value(let text): self = self + "\(text)"
    }
  }
}

extension Phrase.Piece {
  fileprivate func isLonger(than limit: Int) -> Bool {
    guard case .value(let text) = self else { return false }
    return text.utf8.count > limit && text.count > limit
  }
}
