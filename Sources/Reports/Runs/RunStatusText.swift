package import ConsoleGuide
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
  ///   - surroundings: Who works on it, what was asked of it, and which commands reach it.
  ///   - stragglers: For wait steps the clients that hold them back, where they were asked for.
  ///   - orphans: The clients that a run which has ended lost, as far as they are named; nil where nobody can.
  ///   - recorded: What was recorded of the settings of sites, by their positions, where it was read.
  ///   - language: In which people are told what to put back.
  ///   - layout: The width and the means of the terminal.
  /// - Returns: The lines, each with a line feed.
  package static func text(
    run: String, state: RunState, now: Instant, surroundings: RunSurroundings = RunSurroundings(),
    stragglers: [Int: Stragglers]? = nil, orphans: [OrphanedClient]? = nil,
    recorded: [Int: [GuideRecord.Setting]] = [:], language: GuideLanguage = .english,
    layout: TextLayout = TextLayout()
  ) -> String {
    let overview = RunOverview(
      run: run, state: state, now: now, surroundings: surroundings, recorded: recorded,
      language: language)
    var report = ReportText(layout)
    headline(overview, &report)
    asked(overview.otherRequests, "Asked", overview, &report)
    trouble(overview, &report)
    // Nobody waits for anything any more in a run that was given up.
    if overview.standing != .aborted {
      gates(overview, &report)
      waits(overview, stragglers, &report)
      held(overview, &report)
      active(overview, &report)
    }
    OrphansTable.add(orphans, overview, to: &report)
    OpenParagraph.add(overview, heading: "Open now", to: &report)
    RecordedParagraph.add(overview, to: &report)
    skips(overview, &report)
    StepTables.add(overview, to: &report)
    advice(overview, &report)
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
    if let executor = overview.lastExecutor { fact("executor", executor, &report, .person) }
    if let since = overview.since, !overview.state.status.isEnded,
      ![.running, .unattended].contains(overview.standing)
    {
      fact(
        "unchanged",
        "since \(Wording.minute(since)), for \(Wording.duration(overview.now - since))",
        &report)
    }
    if let next = overview.next, !overview.state.status.isEnded {
      let when = next.at > overview.now ? "in \(Wording.duration(next.at - overview.now))" : "due"
      fact("next", "\(next.words) \(next.step), \(when) (\(Wording.minute(next.at)))", &report)
    }
    if let outlook = overview.outlook {
      fact("forecast", outlook.sentence(at: overview.now), &report)
      for detail in outlook.details { fact("", detail, &report) }
    }
  }

  private static func fact(
    _ name: String, _ text: String, _ report: inout ReportText, _ meaning: Palette.Meaning? = nil
  ) {
    report.fact(name, text, indent: 0, width: 12, meaning)
  }

  private static func trouble(
    _ overview: RunOverview, _ report: inout ReportText
  ) {
    if !overview.lineStops.isEmpty {
      report.heading("The line is stopped: contacts fell", .trouble)
      for sentence in overview.missingContacts { report.prose(sentence, indent: 2) }
      for step in overview.heldByLine { report.line(StyledLine("  held  \(step)")) }
    }
    if !overview.doubts.isEmpty {
      report.heading("In doubt", .trouble)
      for doubt in overview.doubts {
        report.line(StyledLine("  \(doubt.id)", .title))
        report.prose(doubt.reason, indent: 4)
        toType(
          [overview.commands.resolveDone(doubt.id), overview.commands.resolveNotDone(doubt.id)],
          doubt.step, overview, &report)
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
      toType([overview.commands.retry(step.id)], step.step, overview, &report)
    }
  }

  /// What to type about a step, or what was asked of it instead.
  private static func toType(
    _ commands: [String], _ step: Int, _ overview: RunOverview, _ report: inout ReportText
  ) {
    guard overview.standing != .aborted else { return }
    let requests = overview.requests(of: step)
    for posted in requests { asked(posted, overview.words(posted), overview, &report) }
    if requests.isEmpty {
      for command in commands { report.command(command, indent: 4) }
    }
  }

  /// Requests under a heading of their own.
  private static func asked(
    _ requests: [PostedRequest], _ heading: String, _ overview: RunOverview,
    _ report: inout ReportText
  ) {
    guard !requests.isEmpty else { return }
    report.heading(heading, .person)
    for posted in requests {
      report.line(StyledLine("  \(posted.request.words)", .title))
      asked(posted, overview.words(posted), overview, &report)
    }
  }

  /// A request, and how it is taken back while it can be.
  private static func asked(
    _ posted: PostedRequest, _ words: String, _ overview: RunOverview, _ report: inout ReportText
  ) {
    report.prose(words + ".", indent: 4, .person)
    if !(posted.isTaken && overview.surroundings.executor == .atWork) {
      report.command(overview.commands.withdraw(posted.request.id), indent: 4)
    }
  }

  /// What needs a person, and what to type.
  static func needs(_ overview: RunOverview, _ report: inout ReportText) {
    report.prose(overview.reason, indent: 0)
    asked(overview.otherRequests, "Asked", overview, &report)
    trouble(overview, &report)
    if overview.standing != .aborted { gates(overview, &report) }
    advice(overview, &report)
  }

  /// The open gates with what to do.
  static func gates(
    _ overview: RunOverview, _ report: inout ReportText
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
      if let words = gate.countWords(at: overview.now) {
        if gate.count?.isEnough == false {
          report.prose("Do not do this now, it would orphan clients: \(words).", indent: 4, .person)
        } else {
          report.prose("Clients: \(words).", indent: 4)
        }
      }
      report.numbered(gate.gate.instructions, indent: 4)
      toType(
        [overview.commands.approve(gate.id), overview.commands.reject(gate.id)], gate.step,
        overview, &report)
    }
  }

  private static func waits(
    _ overview: RunOverview, _ stragglers: [Int: Stragglers]?, _ report: inout ReportText
  ) {
    guard !overview.waits.isEmpty else { return }
    report.heading("Waits", .waiting)
    for wait in overview.waits {
      WaitParagraph.add(wait, at: overview.now, to: &report)
      toType([], wait.step, overview, &report)
      if let list = stragglers?[wait.step] {
        StragglersTable.add(
          list, at: overview.now, all: overview.commands.allStragglers, to: &report)
      }
    }
  }

  private static func held(_ overview: RunOverview, _ report: inout ReportText) {
    guard !overview.held.isEmpty else { return }
    report.heading("Held: clients were counted right before the update", .waiting)
    for update in overview.held {
      report.line(StyledLine("  \(update.id)"))
      report.prose(update.words(at: overview.now) + ".", indent: 4)
      toType([], update.step, overview, &report)
    }
  }

  private static func skips(_ overview: RunOverview, _ report: inout ReportText) {
    guard !overview.skips.isEmpty else { return }
    report.heading("Skipped")
    for skip in overview.skips.prefix(20) {
      report.line(StyledLine("  \(skip.id)"))
      let time = skip.at.map { "\(Wording.minute($0)) " } ?? ""
      report.prose(time + skip.word.words, indent: 4, skip.word.acceptsOrphans ? .person : nil)
    }
    if overview.skips.count > 20 {
      report.prose("\(Wording.number(overview.skips.count - 20)) more were skipped.", indent: 2)
    }
  }

  private static func active(_ overview: RunOverview, _ report: inout ReportText) {
    guard !overview.active.isEmpty else { return }
    let isAttended = overview.standing != .unattended
    report.heading(isAttended ? "Under way" : "Under way when its executor went", .busy)
    for step in overview.active {
      var line = StyledLine("  \(step.id)")
      line.add("  \(step.words(at: overview.now, isAttended: isAttended))", .faint)
      report.line(line)
      if let failure = step.lastFailure {
        report.prose(failure.message, indent: 4, label: "last failure  ", .trouble)
      }
      if let look = step.look {
        report.prose(
          look.reason, indent: 4,
          label: "no answer for \(Wording.duration(overview.now - look.since))  ", .trouble)
      }
      toType([], step.step, overview, &report)
    }
  }

  private static func advice(
    _ overview: RunOverview, _ report: inout ReportText
  ) {
    let advice = overview.advice
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
      "`\(id)` failed \(failures == 1 ? "once" : "\(Wording.number(failures)) times") and is tried again: "
        + failure.message
    }
  }

  /// `for 2m, attempt 2`, `attempt 3 in 4m`, `approved, being confirmed`.
  func words(at now: Instant, isAttended: Bool = true) -> String {
    if let retryAt {
      return retryAt > now
        ? "attempt \(attempt + 1) in \(Wording.duration(retryAt - now))"
        : "attempt \(attempt + 1) due"
    }
    guard isAttended else {
      if isConfirming { return "approved, not confirmed" }
      return since.map { "since \(Wording.minute($0)), outcome not known" } ?? "outcome not known"
    }
    if isConfirming { return "approved, being confirmed" }
    let age = since.map { "for \(Wording.duration(now - $0))" } ?? "started"
    return attempt > 1 ? "\(age), attempt \(attempt)" : age
  }
}
