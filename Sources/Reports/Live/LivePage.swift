import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// A page of a live view but for the overview: all its lines.
struct LivePage {
  let lines: [String]

  init(_ model: LiveModel, _ overview: RunOverview, _ layout: TextLayout) {
    var report = ReportText(layout, breaksCommands: true)
    switch model.page {
    case .overview: break
    case .waits: Self.waits(overview, &report)
    case .gates:
      RunStatusText.gates(overview, &report)
      if overview.gates.isEmpty { report.prose("No gate is open.", indent: 0) }
    case .needs: RunStatusText.needs(overview, &report)
    case .stragglers: Self.stragglers(model, overview, &report)
    case .events: Self.events(model.events, model, &report)
    case .help: Self.help(&report)
    case .step(let step): Self.step(step, model, overview, &report)
    }
    lines = report.lines.map { fitted($0, layout) }
  }

  /// What the page is called.
  static func title(_ model: LiveModel) -> String {
    switch model.page {
    case .overview: "Overview"
    case .waits: "Waits"
    case .gates: "Gates"
    case .needs: "What needs a person"
    case .stragglers: "Clients that hold waits back"
    case .events: "Events"
    case .help: "Keys"
    case .step(let step): model.state.graph.id(of: step)
    }
  }

  private static func waits(_ overview: RunOverview, _ report: inout ReportText) {
    if overview.waits.isEmpty { report.prose("No clients are waited for.", indent: 0) }
    for wait in overview.waits {
      report.blank()
      WaitParagraph.add(wait, at: overview.now, to: &report)
      var line = StyledLine("    curve     ", .faint)
      line.add(
        AdoptionSparkline.line(
          wait, columns: min(report.layout.width - 20, 100), at: overview.now, report.layout))
      report.line(line)
      report.line(
        StyledLine(
          "              from \(Wording.minute(wait.startedAt)) to \(Wording.minute(wait.deadline))",
          .faint))
    }
  }

  private static func stragglers(
    _ model: LiveModel, _ overview: RunOverview, _ report: inout ReportText
  ) {
    guard let stragglers = model.stragglers else {
      report.prose("To see them:", indent: 0)
      return report.command(overview.commands.stragglers, indent: 2)
    }
    if overview.waits.isEmpty { report.prose("No clients are waited for.", indent: 0) }
    for wait in overview.waits {
      report.blank()
      report.line(StyledLine("  \(wait.id)", .title))
      StragglersTable.add(
        stragglers[wait.step] ?? Stragglers(), at: overview.now,
        all: overview.commands.allStragglers, to: &report)
    }
  }

  private static func events(
    _ events: [RunEvent], _ model: LiveModel, _ report: inout ReportText
  ) {
    if events.isEmpty { report.prose("There are none yet.", indent: 0) }
    let lines = RunLine(
      run: model.run, state: model.state, layout: report.layout,
      commands: model.surroundings.commands)
    for event in events {
      for line in lines.styled(event, in: model.state) { report.line(line) }
    }
  }

  private static func step(
    _ step: Int, _ model: LiveModel, _ overview: RunOverview, _ report: inout ReportText
  ) {
    let place = model.state.steps[step]
    report.fact("phase", place.phase.code, indent: 0, width: 12, place.phase.meaning)
    if place.attempt > 0 {
      report.fact("attempts", Wording.number(place.attempt), indent: 0, width: 12)
    }
    for (name, instant) in [("began", place.startedAt), ("ended", place.endedAt)] {
      guard let instant else { continue }
      report.fact(
        name, "\(Wording.minute(instant)), \(Wording.duration(overview.now - instant)) ago",
        indent: 0, width: 12)
    }
    if let failure = place.lastFailure {
      report.fact("failure", failure.message, indent: 0, width: 12, .trouble)
    }
    report.blank()
    report.add(
      StepExplanation.lines(of: step, in: model.state.graph, width: report.layout.width))
    let own = model.events.filter { $0.kind.step == step }
    if !own.isEmpty {
      report.heading("Events")
      events(own, model, &report)
    }
  }

  private static func help(_ report: inout ReportText) {
    for (key, words) in [
      ("q", "leave; the last picture stays on the terminal"), ("?", "these keys, and back"),
      ("j k", "choose a step, or scroll; the arrow keys, space and page up and down do, too"),
      ("enter", "the chosen step: why it is there, what it waits for, what happened"),
      ("!", "only what needs a person, with what to type"),
      ("w", "the waits, with their curves"),
      ("g", "the open gates, with what to do in the console"),
      ("s", "the clients that hold waits back, and why"), ("e", "the events"),
      ("/", "of the events, or of any page, only the lines with a text"), ("esc", "back"),
      ("ctrl-s", "keep the picture as a file in the working folder"), ("ctrl-l", "draw anew"),
    ] { report.fact(key, words, indent: 2, width: 10) }
    report.blank()
    report.prose(
      "No key changes anything about the run. What a person has to do is a command to paste into another "
        + "terminal.", indent: 2)
  }
}
