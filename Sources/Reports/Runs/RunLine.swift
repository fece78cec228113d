package import RotationEngine
import RotationGraph

/// One event of a run as plain lines for pipes and logs.
///
/// ```
/// 2026-01-05 08:00:12Z  disable-verification/paris         done
/// 2026-01-05 08:15:12Z  await-verification-disabled/paris  waiting     12.4% of 4,200 adopted, …
/// ```
///
/// The first line of each event begins with its time; what belongs to it follows indented and may be
/// long, because logs are searched and not looked at. Nothing is cut; on a terminal sentences go on in the
/// next line, between two words, and commands stay whole.
package struct RunLine: Sendable {
  let layout: TextLayout
  let ids: [String]
  let commands: RunCommands
  private let run: String
  private let subjectWidth: Int
  private let indent: Int
  private let wraps: Bool

  /// Lines for the events of `run` over the graph of `state`, which may be any state of that run; `wraps` where somebody
  /// looks at them on a terminal.
  package init(
    run: String, state: RunState, layout: TextLayout = TextLayout(),
    commands: StateCommands = StateCommands(), wraps: Bool = false
  ) {
    self.run = run
    self.wraps = wraps
    self.layout = layout
    ids = state.graph.steps.indices.map { state.graph.id(of: $0) }
    self.commands = commands.of(run)
    let longest = ids.reduce(run.count) { max($0, $1.count) }
    subjectWidth = min(longest, 48)
    indent = 22
  }

  /// The lines of an event; `state` holds it already, and may hold later ones.
  package func lines(of event: RunEvent, in state: RunState) -> [String] {
    styled(event, in: state).map { $0.whole(layout) }
  }

  /// The same before it is coloured.
  func styled(_ event: RunEvent, in state: RunState) -> [StyledLine] {
    let account = EventAccount(event, in: state, self)
    var line = StyledLine()
    line.add(Wording.second(event.at), .faint)
    line.add("  ")
    line.add(event.kind.step.map { ids[$0] } ?? run, nil, padTo: subjectWidth)
    line.add("  ")
    line.add(account.word, account.meaning, padTo: 10)
    var rest: [String] = []
    if !account.text.isEmpty {
      let rows = rows(of: account.text, first: layout.width - line.width - 2)
      if !rows[0].isEmpty { line.add("  " + rows[0]) }
      rest = Array(rows.dropFirst())
    }
    var lines = [line]
    for row in rest { lines.append(indented(row, nil)) }
    for (text, meaning) in account.further {
      let rows =
        meaning == .command ? [text] : rows(of: text, first: layout.width - indent)
      for row in rows { lines.append(indented(row, meaning)) }
    }
    return lines
  }

  private func indented(_ text: String, _ meaning: Palette.Meaning?) -> StyledLine {
    var line = StyledLine(String(repeating: " ", count: indent))
    line.add(text, meaning)
    return line
  }

  /// A text in lines of which the first has that many columns and may be empty, and the others what the indent leaves.
  private func rows(of text: String, first: Int) -> [String] {
    guard wraps else { return [text] }
    let text = visible(text, unicode: false)
    guard textWidth(text) > first else { return [text] }
    let room = max(layout.width - indent, 20)
    guard first >= 20 else { return [""] + wrap(text, to: room) }
    let head = wrap(text, to: first)[0]
    let words = text.split(separator: " ").dropFirst(head.split(separator: " ").count)
    return words.isEmpty ? [head] : [head] + wrap(words.joined(separator: " "), to: room)
  }
}
