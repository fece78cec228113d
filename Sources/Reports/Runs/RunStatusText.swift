import PlanModel
import PlanText
package import RotationEngine

/// `waltz status` for people: where a run stands, why, since when, and who must do what.
package enum RunStatusText {
  /// The report.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - state: The fold of its journal.
  ///   - now: The time by the run's clock: for a simulated run that rests, its last event's.
  ///   - stragglers: For wait steps the clients that hold them back, where they were asked for.
  ///   - layout: The width and the means of the terminal.
  /// - Returns: The lines, each with a line feed.
  package static func text(
    run: String, state: RunState, now: Instant, stragglers: [Int: [Straggler]]? = nil,
    layout: TextLayout = TextLayout()
  ) -> String {
    let overview = RunOverview(run: run, state: state, now: now)
    var report = ReportText(layout)
    let commands = RunCommands(run: run, layout: layout)
    headline(overview, &report)
    trouble(overview, commands, &report)
    // Nobody waits for anything any more in a run that was given up.
    if overview.standing != .aborted {
      gates(overview, commands, &report)
      waits(overview, stragglers, &report)
      held(overview, &report)
      active(overview, &report)
    }
    OpenParagraph.add(overview, heading: "Open now", to: &report)
    StepTables.add(overview, to: &report)
    advice(overview, commands, &report)
    return report.text
  }

  private static func headline(_ overview: RunOverview, _ report: inout ReportText) {
    var line = StyledLine("Run \(overview.run)", .title)
    let figures = overview.state.figures
    line.add(
      report.layout.dot + overview.standing.words(figures), overview.standing.meaning(figures))
    report.line(line)
    report.prose(overview.reason, indent: 0)
    report.blank()
    fact("plan", overview.plan + (overview.digest.map { ", \($0)" } ?? ""), &report)
    if let start = overview.state.start, let startedAt = overview.state.startedAt {
      let kind = start.seed.map { ", simulated with seed \($0)" } ?? ""
      fact("started", "\(Wording.minute(startedAt)) by \(start.by)\(kind)", &report)
    }
    if let lastAt = overview.state.lastAt, let elapsed = overview.elapsed {
      fact(
        overview.state.status.isEnded ? "ended" : "last event",
        "\(Wording.minute(lastAt)), \(Wording.duration(lastAt - (overview.state.startedAt ?? lastAt))) "
          + "after the start", &report)
      if !overview.state.status.isEnded {
        fact(
          "now", "\(Wording.minute(overview.now)), under way for \(Wording.duration(elapsed))",
          &report)
      }
    }
    if let figures = overview.state.figures, !LostClients(figures).isEmpty {
      LostClientsParagraph.add(figures, to: &report) { fact($0, $1, &$3, $2) }
    }
    if let since = overview.since, !overview.state.status.isEnded, overview.standing != .running {
      fact(
        "unchanged",
        "since \(Wording.minute(since)), for \(Wording.duration(overview.now - since))",
        &report)
    }
    if let next = overview.next, !overview.state.status.isEnded {
      let when = next.at > overview.now ? "in \(Wording.duration(next.at - overview.now))" : "due"
      fact("next", "\(next.words) \(next.step), \(when) (\(Wording.minute(next.at)))", &report)
    }
  }

  private static func fact(
    _ name: String, _ text: String, _ report: inout ReportText, _ meaning: Palette.Meaning? = nil
  ) {
    report.prose(
      text, indent: 0, label: name + String(repeating: " ", count: 12 - name.count), meaning)
  }

  private static func trouble(
    _ overview: RunOverview, _ commands: RunCommands, _ report: inout ReportText
  ) {
    if !overview.doubts.isEmpty {
      report.heading("In doubt", .trouble)
      for doubt in overview.doubts {
        report.line(StyledLine("  \(doubt.id)", .title))
        report.prose(doubt.reason, indent: 4)
        guard overview.standing != .aborted else { continue }
        report.command(commands.resolveDone(doubt.id), indent: 4)
        report.command(commands.resolveNotDone(doubt.id), indent: 4)
      }
    }
    guard !overview.failed.isEmpty else { return }
    report.heading("Failed", .trouble)
    for step in overview.failed {
      var line = StyledLine("  \(step.id)", .title)
      line.add("  \(step.failure.kind.words)", .trouble)
      if step.attempt > 1 { line.add(" after \(step.attempt) attempts") }
      if let endedAt = step.endedAt { line.add(", \(Wording.minute(endedAt))", .faint) }
      report.line(line)
      report.prose(step.failure.message, indent: 4)
      if let help = step.failure.help { report.prose(help, indent: 4, label: "help: ") }
      guard overview.standing != .aborted else { continue }
      report.command(commands.retry(step.id), indent: 4)
    }
  }

  private static func gates(
    _ overview: RunOverview, _ commands: RunCommands, _ report: inout ReportText
  ) {
    guard !overview.gates.isEmpty else { return }
    report.heading("Gates: a person must act", .person)
    for gate in overview.gates {
      var line = StyledLine("  \(gate.id)", .title)
      if let since = gate.since {
        line.add("  open for \(Wording.duration(overview.now - since))", .faint)
      }
      report.line(line)
      if let reason = gate.gate.reason { report.prose(reason, indent: 4) }
      report.numbered(gate.gate.instructions, indent: 4)
      report.command(commands.approve(gate.id), indent: 4)
      report.command(commands.reject(gate.id), indent: 4)
    }
  }

  private static func waits(
    _ overview: RunOverview, _ stragglers: [Int: [Straggler]]?, _ report: inout ReportText
  ) {
    guard !overview.waits.isEmpty else { return }
    report.heading("Waits", .waiting)
    for wait in overview.waits {
      WaitParagraph.add(wait, at: overview.now, to: &report)
      if let list = stragglers?[wait.step] {
        StragglersTable.add(list, at: overview.now, to: &report)
      }
    }
  }

  private static func held(_ overview: RunOverview, _ report: inout ReportText) {
    guard !overview.held.isEmpty else { return }
    report.heading("Held: clients were counted right before the update", .waiting)
    for update in overview.held {
      report.line(StyledLine("  \(update.id)"))
      report.prose(update.words(at: overview.now) + ".", indent: 4)
    }
  }

  private static func active(_ overview: RunOverview, _ report: inout ReportText) {
    guard !overview.active.isEmpty else { return }
    report.heading("Under way", .busy)
    for step in overview.active {
      var line = StyledLine("  \(step.id)")
      line.add("  \(step.words(at: overview.now))", .faint)
      report.line(line)
      if let failure = step.lastFailure {
        report.prose(failure.message, indent: 4, label: "last failure  ", .trouble)
      }
    }
  }

  private static func advice(
    _ overview: RunOverview, _ commands: RunCommands, _ report: inout ReportText
  ) {
    let advice = overview.advice(commands)
    guard !advice.isEmpty else { return }
    report.heading("What to do")
    for advice in advice {
      advice.add(to: &report)
    }
  }
}

extension RunOverview.ActiveStep {
  /// `verify-replication/a+b` failed 6 times and is tried again, with the last reason; nil where none failed.
  var failureWords: String? {
    lastFailure.map { failure in
      "`\(id)` failed \(attempt == 1 ? "once" : "\(Wording.number(attempt)) times") and is tried again: "
        + failure.message
    }
  }

  /// `for 2m, attempt 2`, `attempt 3 in 4m`, `approved, being confirmed`.
  func words(at now: Instant) -> String {
    if let retryAt {
      return retryAt > now
        ? "attempt \(attempt + 1) in \(Wording.duration(retryAt - now))"
        : "attempt \(attempt + 1) due"
    }
    if isConfirming { return "approved, being confirmed" }
    let age = since.map { "for \(Wording.duration(now - $0))" } ?? "started"
    return attempt > 1 ? "\(age), attempt \(attempt)" : age
  }
}
