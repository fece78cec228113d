import PlanModel
import PlanText
import RotationEngine
import RotationGraph

extension RunReportDocument {
  /// So many waits have charts of their own; of more those of a site share one.
  static let mostCharts = 24

  // MARK: Exposure

  var exposure: Section? {
    var parts: [Part] = [
      .paragraph(
        "From the first attempt at opening something to the success of closing it. What the plan expects and the most that it allows are those of the graph, without failures and held waits."
      )
    ]
    guard !report.exposures.isEmpty else {
      return Section(
        id: "exposure", title: "Exposure", parts: [.paragraph("Nothing was opened.")])
    }
    let axis = runAxis
    let isDrawn = !hasMany
    let rows = report.exposures.map { exposure -> [Cell] in
      let spans = exposure.spans.map {
        "\(inRow($0.from)) to \($0.to.map(inRow) ?? "now")"
      }.joined(separator: "; ")
      let marks = exposure.spans.map {
        TimeBar.Mark(from: $0.from, to: $0.to ?? overview.until, kind: .open)
      }
      return [
        "\(exposure.name)", .words(Self.name(of: exposure.opening)), .words(spans),
        Cell(
          "\(words: Self.length(exposure.seconds))\(words: exposure.isOpen ? ", open" : "")",
          exposure.isOpen ? .attention : .plain),
        .words(exposure.planned.map { Wording.duration($0.expected) } ?? ""),
        .words(exposure.planned.map { Wording.duration($0.worst) } ?? ""),
      ] + (isDrawn ? [Cell("", drawing: TimeBar(axis: axis, marks: marks).drawing)] : [])
    }
    parts.append(
      .table(
        Table(
          caption: "When protection was reduced\(words: timeWords)",
          columns: [
            "Where", "What was open", "From and to", "For", "Expected", "At most",
          ] + (isDrawn ? [.init(axisTitle, isDrawn: true)] : []), rows: rows)))
    return Section(id: "exposure", title: "Exposure", parts: parts)
  }

  private func inRow(_ instant: Instant) -> String {
    hasMany ? Self.short(instant) : Wording.minute(instant)
  }

  private static func name(of opening: Opening) -> String {
    switch opening {
    case .verificationOff: "signatures are not checked"
    case .clientsOnHTTP: "clients use HTTP"
    case .replicationBroken: "replication is broken"
    case .certificateUnproven: "a certificate was not looked at"
    }
  }

  /// The whole run.
  var runAxis: TimeAxis {
    TimeBar.axis(from: report.state.startedAt ?? overview.until, to: overview.until)
  }

  /// `2026-01-05 to 2026-01-19`.
  var axisTitle: String {
    "\(Wording.day(runAxis.from)) to \(Wording.day(runAxis.to))"
  }

  // MARK: Waits

  var waits: Section? {
    guard !report.waits.isEmpty else { return nil }
    var parts: [Part] = [
      .paragraph(
        "In the charts the thick line is the share of the counted clients that had adopted the change, the dashes the share that the plan wants, the dots its least time, the upright line its deadline. Bars are when it was thought to end, in four of five cases, with the middle marked: at first and at up to three later counts."
      )
    ]
    parts +=
      report.waits.count <= Self.mostCharts
      ? [.charts(charts), .table(waitTable)] : [.table(siteTable)] + strangeWaits
    let recounts = report.recounts.filter { !hasMany || $0.tooFew > 0 }
    if !recounts.isEmpty {
      parts.append(
        .details(
          "Counts right before certificates were changed",
          [
            .table(
              Table(
                caption: "The last count before each change of a certificate",
                columns: [
                  "Step", "Counted", .init("Share", isNumber: true),
                  .init("Counts", isNumber: true), .init("Too few", isNumber: true), "Outcome",
                ], rows: recounts.map(row)))
          ]))
    }
    return Section(id: "waits", title: "Waits for clients", parts: parts, startsPage: true)
  }

  private var charts: [ReportDocument.Chart] {
    report.waits.filter { !$0.samples.isEmpty }.map { wait in
      ReportDocument.Chart(
        title: "\(id(wait.step))", words: "\(words: words(of: wait))",
        drawing: AdoptionChart(waits: [wait], until: overview.until).drawing)
    }
  }

  private var waitTable: Table { table(of: report.waits, "Every wait for clients") }

  private func table(of waits: [RunReport.Wait], _ caption: Phrase) -> Table {
    Table(
      caption: caption,
      columns: [
        "Wait", "Began", "Ended", "Took", "Wanted", .init("Reached", isNumber: true),
        .init("Clients", isNumber: true), .init("Counts", isNumber: true), "Outcome",
      ], rows: waits.map(row))
  }

  /// Of many waits those that did not simply pass.
  private var strangeWaits: [Part] {
    let strange = report.waits.filter {
      $0.outcome != .passed || $0.passing?.ground == .deadline || $0.attempt > 1
    }
    guard !strange.isEmpty else { return [] }
    return [.table(table(of: strange, "Waits that go on, or did not pass as the plan wanted"))]
  }

  /// A row for each site, with a curve for all its waits.
  private var siteTable: Table {
    var ofSite: [Int: [RunReport.Wait]] = [:]
    for wait in report.waits {
      if let site = graph.site(of: wait.step) { ofSite[site, default: []].append(wait) }
    }
    let kinds = WaitKind.allCases.filter { kind in
      report.waits.contains { graph.steps[$0.step].action.waitKind == kind }
    }
    let rows = ofSite.sorted { $0.key < $1.key }.map { site, waits -> [Cell] in
      let cells = kinds.map { kind -> Cell in
        let words = waits.filter { graph.steps[$0.step].action.waitKind == kind }.map { wait in
          let took = Wording.duration((wait.endedAt ?? overview.until) - wait.startedAt)
          let share = wait.samples.last.map { Wording.percent($0.share) } ?? "not counted"
          return "\(took), \(share)"
        }
        return .words(words.joined(separator: "; "))
      }
      let drawing = AdoptionChart(waits: waits, until: overview.until).drawing
      return ["\(graph.plan.sites[site].name.value)", Cell("", drawing: drawing)] + cells
    }
    return Table(
      caption:
        "How long each site waited for its clients, and the share that was reached; every count is in the JSON",
      columns: ["Site", .init("All waits", isDrawn: true)] + kinds.map { .init($0.rawValue) },
      rows: rows)
  }

  private func words(of wait: RunReport.Wait) -> String {
    let last = wait.samples[wait.samples.count - 1]
    let took = Wording.duration((wait.endedAt ?? overview.until) - wait.startedAt)
    let half =
      wait.samples.first { $0.share >= .percent(50) }
      .map { " Half of them had it after \(Wording.duration($0.at - wait.startedAt))." } ?? ""
    let predicted = prediction(of: wait)
    let deadline =
      wait.outcome == .open ? " The deadline is \(Wording.minute(wait.deadline))." : ""
    return
      "\(Wording.percent(last.share)) of \(Wording.count(last.denominator, "client")) after \(took), "
      + "\(wait.policy.adopted.value) wanted.\(half)\(deadline)\(predicted)"
  }

  /// What was said first of its end.
  private func prediction(of wait: RunReport.Wait) -> String {
    guard let first = wait.shownPredictions.first, let ends = first.forecast.ends,
      let median = ends.median
    else { return "" }
    let span = [ends.early ?? median, ends.late].map { $0.map(Wording.minute) ?? "later" }
    return
      " Predicted on \(Wording.day(first.at)): \(Wording.minute(median)), in four of five cases "
      + "between \(span[0]) and \(span[1])."
  }

  private func row(_ wait: RunReport.Wait) -> [Cell] {
    let last = wait.samples.last
    let policy = wait.policy
    let wanted =
      "\(policy.adopted.value), \(policy.minimum.value.planNotation) to "
      + "\(policy.deadline.value.planNotation)"
    let missed =
      wait.inconclusivePolls > 0 ? ", \(Wording.number(wait.inconclusivePolls)) in vain" : ""
    return [
      "\(id(wait.step))\(words: wait.attempt > 1 ? ", attempt \(wait.attempt)" : "")",
      Self.minute(wait.startedAt), Self.minute(wait.endedAt),
      .words(Wording.duration((wait.endedAt ?? overview.until) - wait.startedAt)), .words(wanted),
      .words(last.map { Wording.percent($0.share) } ?? "not counted"),
      .words(last.map { Wording.number($0.denominator) } ?? ""),
      .words(Wording.number(wait.polls) + missed), outcome(of: wait),
    ]
  }

  private func outcome(of wait: RunReport.Wait) -> Cell {
    switch wait.outcome {
    case .open: .words("waiting", .attention)
    case .passed:
      wait.passing?.ground == .deadline
        ? .words("passed at its deadline", .attention) : .words("passed")
    case .skipped: .words("skipped", .attention)
    case .failed: .words("ended without success", .trouble)
    }
  }

  private func row(_ recount: RunReport.Recount) -> [Cell] {
    [
      "\(id(recount.step))", Self.minute(recount.lastAt),
      .words(recount.last.map { Wording.percent($0.share) } ?? "not counted"),
      .words(Wording.number(recount.counts)), .words(Wording.number(recount.tooFew)),
      recount.isEnough ? .words("enough") : .words("too few", .attention),
    ]
  }
}
