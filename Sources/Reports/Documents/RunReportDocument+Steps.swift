import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension RunReportDocument {
  // MARK: Steps

  var steps: Section? {
    var parts: [Part] = [
      .paragraph(
        "The bars go from the beginning of the run to its end, or until now: thin where clients were waited for, thicker where a person was asked, thick where Waltz or a program worked, full where an attempt failed."
      )
    ]
    if !hasMany {
      parts.append(.table(stepTable))
    } else {
      parts.append(.table(targetTable))
      parts += matrices.map(Part.table)
    }
    return Section(id: "steps", title: "Steps", parts: parts, startsPage: true)
  }

  /// A row for each step.
  private var stepTable: Table {
    let axis = runAxis
    let rows = graph.steps.indices.map { step -> [Cell] in
      let attempts = report.attempts[step]
      let (began, ended) = (attempts.first?.startedAt, report.state.steps[step].endedAt)
      let took = began.map { Wording.duration((ended ?? overview.until) - $0) } ?? ""
      return [
        "\(id(step))", Cell("", drawing: TimeBar(axis: axis, marks: marks(of: step)).drawing),
        .words(Self.words(for: graph.steps[step])), Self.minute(began), Self.minute(ended),
        .words(took), .words(attempts.isEmpty ? "" : "\(attempts.count)"), state(of: step),
      ]
    }
    return Table(
      caption: "Every step, in the order of the graph",
      columns: [
        "Step", .init(axisTitle, isDrawn: true), "By", "Began", "Ended", "Took",
        .init("Attempts", isNumber: true), "State",
      ], rows: rows)
  }

  private static func words(for step: Step) -> String {
    switch StepKind(step) {
    case .wait: "waiting"
    case .gate: "a person"
    case .observation, .change:
      switch step.channel {
      case .api: "SEPM's API"
      case .command: "a program"
      case .probe: "a look"
      case .operator: "a person"
      }
    }
  }

  private func state(of step: Int) -> Cell {
    let phase = report.state.steps[step].phase
    return switch phase {
    case .succeeded, .pending: .words(phase.words)
    case .failed, .inDoubt: .words(phase.words, .trouble)
    default: .words(phase.words, .attention)
    }
  }

  private func marks(of step: Int) -> [TimeBar.Mark] {
    let kind: TimeBar.Kind =
      switch StepKind(graph.steps[step]) {
      case .wait: .wait
      case .gate: .person
      case .observation, .change: .work
      }
    return report.attempts[step].map {
      TimeBar.Mark(
        from: $0.startedAt, to: $0.endedAt ?? overview.until,
        kind: $0.outcome == .failed || $0.outcome == .interrupted ? .trouble : kind)
    }
  }

  // MARK: Many steps

  /// A row for each site and for replication.
  private var targetTable: Table {
    let groups = StepGroups(graph)
    let axis = runAxis
    var rows = groups.sites.map {
      row(graph.plan.sites[$0.site].name.value, $0.steps, axis)
    }
    if !groups.partnerships.isEmpty { rows.append(row("replication", groups.partnerships, axis)) }
    return Table(
      caption: "Each site from its first step to its last",
      columns: [
        "Site", .init(axisTitle, isDrawn: true), "Began", "Ended", .init("Done", isNumber: true),
      ], rows: rows)
  }

  private func row(_ name: String, _ steps: [Int], _ axis: TimeAxis) -> [Cell] {
    let began = steps.compactMap { report.attempts[$0].first?.startedAt }.min()
    let done = steps.count { report.state.steps[$0].isDone }
    let ended =
      done == steps.count ? steps.compactMap { report.state.steps[$0].endedAt }.max() : nil
    let bar = TimeBar(axis: axis, marks: steps.flatMap(marks)).drawing
    return [
      "\(name)", Cell("", drawing: bar), Self.minute(began), Self.minute(ended),
      .words("\(Wording.number(done)) of \(Wording.number(steps.count))"),
    ]
  }

  /// When each step of each target was done: a table for sites, one for servers, one for partnerships.
  private var matrices: [Table] {
    [
      (TargetKind.site, "Site"), (.server, "Server"), (.partnership, "Partnership"),
    ].compactMap { kind, noun in
      let steps = graph.steps.indices.filter { Self.kind(of: graph.steps[$0].target) == kind }
      guard !steps.isEmpty else { return nil }
      let used = Set(steps.map { graph.steps[$0].action })
      let actions = Action.allCases.filter { used.contains($0) }
      let columns = Dictionary(uniqueKeysWithValues: actions.enumerated().map { ($1, $0) })
      var places: [Target: Int] = [:]
      var rows: [[Cell]] = []
      for step in steps {
        let target = graph.steps[step].target
        if places[target] == nil {
          places[target] = rows.count
          rows.append(["\(graph.name(of: target))"] + actions.map { _ in "" })
        }
        guard let row = places[target], let column = columns[graph.steps[step].action] else {
          continue
        }
        rows[row][column + 1] = short(step)
      }
      return Table(
        caption:
          "When the steps of each \(words: noun.lowercased()) were done\(words: timeWords)",
        columns: [.init(noun)] + actions.map { .init($0.rawValue) }, rows: rows)
    }
  }

  private static func kind(of target: Target) -> TargetKind {
    switch target {
    case .site: .site
    case .server: .server
    case .partnership: .partnership
    }
  }

  /// `01-05 08:00`, or what is so instead.
  private func short(_ step: Int) -> Cell {
    let place = report.state.steps[step]
    guard case .succeeded = place.phase, let ended = place.endedAt else { return state(of: step) }
    return .words(Self.short(ended))
  }

  // MARK: Failures

  var failures: Section? {
    var parts: [Part] = []
    if report.troubles.isEmpty {
      parts.append(.paragraph("No attempt failed, and none was cut short."))
    } else {
      parts.append(
        .table(
          Table(
            caption: "Attempts that failed or were cut short, and what came of them",
            columns: [
              "Step", "When", .init("Attempt", isNumber: true),
              .init("What happened", isProse: true), .init("Then", isProse: true),
            ],
            rows: report.troubles.map(row))))
    }
    if !report.lineStops.isEmpty {
      parts.append(
        .list(
          report.lineStops.map { stop in
            let site =
              graph.site(of: stop.step).map { graph.plan.sites[$0].name.value } ?? "the site"
            return
              "At \(words: Wording.minute(stop.at)) the line was stopped, and nothing more was opened. \(stop.fall.words(at: site))."
          }))
    }
    return Section(id: "failures", title: "Failures and retries", parts: parts)
  }

  private func row(_ trouble: RunReport.Trouble) -> [Cell] {
    var what: Phrase = "\(words: trouble.what): \(trouble.message)"
    if let help = trouble.help { what = what + " \(help)" }
    let next = report.attempts[trouble.step].first { $0.number > trouble.attempt }
    let then: Cell
    if report.state.steps[trouble.step].isDone, let ended = report.state.steps[trouble.step].endedAt
    {
      then = .words("\(report.state.steps[trouble.step].phase.words) at \(Wording.minute(ended))")
    } else if let next {
      then = .words("attempt \(next.number) at \(Wording.minute(next.startedAt))", .attention)
    } else if let retryAt = trouble.retryAt {
      then = .words("tried again at \(Wording.minute(retryAt))", .attention)
    } else {
      then = state(of: trouble.step)
    }
    return [
      "\(id(trouble.step))", Self.minute(trouble.at), .words("\(trouble.attempt)"), Cell(what),
      then,
    ]
  }
}
