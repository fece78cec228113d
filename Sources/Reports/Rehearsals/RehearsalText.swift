package import RotationEngine

/// The page at the end of a rehearsal, for people.
package enum RehearsalText {
  /// The page.
  ///
  /// - Parameters:
  ///   - report: What there is to say.
  ///   - commands: The commands that reach the run.
  ///   - layout: The width and the means of the terminal.
  /// - Returns: The lines, each with a line feed.
  package static func page(
    _ report: RehearsalReport, commands: StateCommands, layout: TextLayout = TextLayout()
  ) -> String {
    var text = ReportText(layout)
    text.rule("Rehearsal of \(report.plan)", report.isClean ? .good : .trouble)
    text.prose(report.verdict, indent: 0)
    text.blank()
    fact(
      "time",
      "\(Wording.duration(report.endedAt - report.startedAt)) in the lab, "
        + "\(Wording.duration(report.took)) here", &text)
    killed(report, &text)
    for (index, fault) in report.faults.enumerated() {
      fact(index == 0 ? "faults" : "", fault, &text)
    }
    people(report, &text)
    ending(report, &text)
    if !report.objections.isEmpty {
      text.heading("Against it", .trouble)
      for objection in report.objections { text.prose(objection, indent: 2) }
    }
    text.heading("To look at")
    text.command(commands.of(report.run).status, indent: 2)
    text.command(commands.of(report.run).verify, indent: 2)
    text.prose("The lab's own log is in \(report.folder)/lab/world/lab.log.", indent: 2)
    return text.text
  }

  /// A line that is shown when an executor was killed.
  package static func line(_ kill: RehearsalReport.Kill) -> String {
    "\(Wording.second(kill.at))  the executor was killed \(kill.moment.words) \(kill.step); another one takes the "
      + "run up"
  }

  private static func fact(
    _ name: String, _ text: String, _ report: inout ReportText, _ meaning: Palette.Meaning? = nil
  ) {
    report.fact(name, text, indent: 2, width: 10, meaning)
  }

  private static func killed(_ report: RehearsalReport, _ text: inout ReportText) {
    guard !report.kills.isEmpty else {
      return fact("killed", "nobody", &text)
    }
    for (index, kill) in report.kills.enumerated() {
      fact(
        index == 0 ? "killed" : "",
        "the executor \(kill.moment.words) \(kill.step), \(Wording.minute(kill.at))", &text)
    }
  }

  private static func people(_ report: RehearsalReport, _ text: inout ReportText) {
    let words = RehearsalReport.Deed.Kind.allCases.compactMap { kind -> String? in
      let deeds = report.deeds.filter { $0.kind == kind }
      guard let first = deeds.first else { return nil }
      return kind.words(deeds.count, first.step)
    }
    if words.isEmpty { fact("people", "were asked for nothing", &text) }
    for (index, words) in words.enumerated() { fact(index == 0 ? "people" : "", words, &text) }
  }

  private static func ending(_ report: RehearsalReport, _ text: inout ReportText) {
    let counts = report.state.counts
    fact(
      "steps",
      "\(Wording.number(counts.done)) of \(Wording.number(report.state.steps.count)) done", &text)
    let lost = report.truth.orphans + report.truth.latentOrphans
    fact(
      "clients",
      "\(Wording.number(report.truth.clients)); lost: \(Wording.number(report.truth.orphans)), when they return: "
        + Wording.number(report.truth.latentOrphans)
        + (lost > 0
          ? "; the thresholds of the plan accept \(Wording.number(report.accepted))" : ""),
      &text, lost > report.accepted ? .trouble : nil)
    for exposure in report.state.figures?.verificationOff ?? [] {
      fact(
        "",
        "verification of \(exposure.name) off for "
          + Wording.duration(.seconds(exposure.seconds)), &text)
    }
  }
}

extension RehearsalReport.Moment {
  fileprivate var words: String {
    switch self {
    case .beforeEffect: "right before the effect of"
    case .amidEffect: "in the middle of the effect of"
    case .afterEffect: "right after the effect of"
    case .begun: "at the beginning of"
    case .ended: "at the end of"
    }
  }
}

extension RehearsalReport.Deed.Kind {
  /// What people did so often, and the first step of it.
  fileprivate func words(_ count: Int, _ first: String) -> String {
    let more = count > 1 ? " and \(Wording.number(count - 1)) more" : ""
    return switch self {
    case .approved: "did what \(Wording.count(count, "gate")) asked for"
    case .approvedInVain:
      "approved \(first)\(more) without doing it: the gate opened again"
    case .rejected: "rejected \(first)\(more)"
    case .retried: "had \(first)\(more) tried again after it failed"
    case .resolved: "said of \(first)\(more) whether it was done"
    }
  }
}
