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
/// long, because logs are searched and not looked at. Nothing is cut.
package struct RunLine: Sendable {
  let layout: TextLayout
  let ids: [String]
  let commands: RunCommands
  private let run: String
  private let subjectWidth: Int
  private let indent: Int

  /// Lines for the events of `run` over the graph of `state`, which may be any state of that run.
  package init(
    run: String, state: RunState, layout: TextLayout = TextLayout(),
    commands: StateCommands = StateCommands()
  ) {
    self.run = run
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
    if !account.text.isEmpty {
      line.add("  ")
      line.add(account.text)
    }
    var lines = [line]
    for (text, meaning) in account.further {
      var line = StyledLine(String(repeating: " ", count: indent))
      line.add(text, meaning)
      lines.append(line)
    }
    return lines
  }
}
