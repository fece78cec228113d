import PlanModel
package import RotationEngine

/// The end of a run, or of an executor's stay, for people: what came of it, what it cost, what is still
/// open, and the next thing to type.
package enum RunSummary {
  /// The report.
  ///
  /// - Parameters:
  ///   - run: The run's id.
  ///   - state: The fold of its journal.
  ///   - now: The time by the run's clock; counts only for a run that has not ended.
  ///   - commands: The commands that reach the run.
  ///   - layout: The width and the means of the terminal.
  /// - Returns: The lines, each with a line feed.
  package static func text(
    run: String, state: RunState, now: Instant, commands: StateCommands = StateCommands(),
    layout: TextLayout = TextLayout()
  ) -> String {
    let overview = RunOverview(
      run: run, state: state, now: now,
      surroundings: RunSurroundings(commands: commands))
    let figures = state.figures ?? state.figures(at: overview.until, truth: nil)
    var report = ReportText(layout)
    report.rule(
      "Run \(run): \(overview.standing.words(state.figures))",
      overview.standing.meaning(state.figures))
    opening(overview, figures, &report)
    report.blank()
    if state.status.isEnded {
      LostClientsParagraph.add(figures, to: &report) { fact($0, $1, &$3, $2) }
    }
    exposure(
      figures.verificationOff, "verification", "off", closed: "on again everywhere",
      certain: overview.certain(.verificationOff), &report)
    exposure(
      figures.replicationBroken, "replication", "broken", closed: "restored everywhere",
      certain: overview.certain(.replicationBroken), &report)
    fact("people", "\(Wording.count(figures.gates, "gate")) closed by people", &report)
    steps(overview, &report)
    stillOpen(overview, &report)
    next(overview, figures, &report)
    report.add([
      StyledLine(String(repeating: layout.sign("─", "-"), count: layout.width), .faint)
        .fitted(layout)
    ])
    return report.text
  }

  private static func opening(
    _ overview: RunOverview, _ figures: RunFigures, _ report: inout ReportText
  ) {
    var text = overview.standing == .succeeded ? "" : overview.reason + " "
    text += "Plan \(overview.plan): \(Wording.count(figures.sites, "site")), "
    text += Wording.count(figures.servers, "server")
    if let clients = figures.clients { text += ", \(Wording.count(clients, "client"))" }
    text += "."
    if let elapsed = overview.elapsed, let startedAt = overview.state.startedAt {
      let time = overview.isSimulated ? " of virtual time" : ""
      text +=
        " \(Wording.duration(elapsed))\(time), from \(Wording.minute(startedAt)) to "
        + "\(Wording.minute(overview.until))."
    }
    report.prose(text, indent: 0)
  }

  private static func fact(
    _ name: String, _ text: String, _ report: inout ReportText, _ meaning: Palette.Meaning? = nil
  ) {
    report.fact(name, text, indent: 2, width: 14, meaning)
  }

  private static func exposure(
    _ exposures: [RunFigures.Exposure], _ name: String, _ off: String, closed: String,
    certain: Set<String>, _ report: inout ReportText
  ) {
    guard !exposures.isEmpty else { return fact(name, "never \(off)", &report) }
    for (index, exposure) in exposures.enumerated() {
      let length = hours(exposure.seconds)
      let text =
        exposure.isOpen
        ? "\(exposure.name) \(certain.contains(exposure.name) ? "still" : "may be") \(off), for \(length)"
        : "\(exposure.name) \(off) for \(length)"
      fact(index == 0 ? name : "", text, &report, exposure.isOpen ? .trouble : nil)
    }
    if !exposures.contains(where: \.isOpen) { fact("", closed, &report) }
  }

  /// `38 h (1d 14h)`.
  private static func hours(_ seconds: Int) -> String {
    guard seconds >= 3_600 else { return Wording.duration(.seconds(seconds)) }
    let hours = "\(Wording.number(seconds / 3_600)) h"
    return seconds < 86_400 ? hours : "\(hours) (\(Wording.duration(.seconds(seconds))))"
  }

  private static func steps(_ overview: RunOverview, _ report: inout ReportText) {
    let counts = overview.state.counts
    var parts = [
      "\(Wording.number(counts.done)) of \(Wording.number(overview.state.steps.count)) done"
    ]
    for (number, word) in [
      (counts.skipped, "of them skipped"), (counts.failed, "failed"), (counts.inDoubt, "in doubt"),
      (counts.gateOpen, "at a gate"), (counts.waiting, "waiting"), (counts.pending, "not started"),
    ] where number > 0 {
      parts.append("\(Wording.number(number)) \(word)")
    }
    fact("steps", parts.joined(separator: ", "), &report)
  }

  private static func stillOpen(_ overview: RunOverview, _ report: inout ReportText) {
    for step in overview.failed.prefix(5) {
      report.heading("\(step.id) \(step.failure.kind.words)", .trouble)
      report.prose(step.failure.message, indent: 2)
      if let help = step.failure.help { report.prose(help, indent: 2, label: "help: ") }
    }
    if overview.failed.count > 5 {
      report.prose("\(Wording.number(overview.failed.count - 5)) more failed.", indent: 0)
    }
    guard overview.state.status.isEnded else { return }
    OpenParagraph.add(overview, heading: "Still open", atMost: 20, to: &report)
  }

  private static func next(
    _ overview: RunOverview, _ figures: RunFigures, _ report: inout ReportText
  ) {
    let commands = overview.commands
    report.heading("Next")
    let advice = overview.advice
    for advice in advice {
      advice.add(to: &report)
    }
    if overview.state.status.isEnded {
      if overview.standing == .succeeded {
        let lost = LostClients(figures)
        if !lost.isEmpty {
          report.prose(
            "Repair \(Wording.count(lost.orphans + lost.latent, "client")) as described above. "
              + "Which they are:", indent: 2)
          report.command(commands.status, indent: 4)
        }
        let rest = lost.isEmpty ? "There is nothing to do. " : ""
        report.prose("\(rest)To prove that the record is whole:", indent: 2)
        report.command(commands.verify, indent: 4)
      } else if advice.isEmpty {
        report.command(commands.status, indent: 4)
      }
    }
  }
}
