import Forecasts
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz plan forecast` for people: a row for each figure, a column for each plan that was tried.
package enum PlanTrialsText {
  /// How many waits are shown.
  private static let shownWaits = 6

  /// The table.
  package static func text(of trials: PlanTrials, layout: TextLayout) -> String {
    var report = ReportText(layout)
    guard let plan = trials.columns.first else { return report.text }
    let runs = plan.summary.runs
    report.prose(
      "\(Wording.count(runs, "simulated run")) of \(plan.graph.plan.name.value)"
        + (trials.columns.count > 1 ? " and of each change" : "")
        + ", scenario \(trials.scenario), seeds \(trials.seeds.lowerBound) to "
        + "\(trials.seeds.upperBound - 1), from \(Wording.minute(trials.start)). In brackets what one of ten runs "
        + "stays below and what one of ten exceeds.", indent: 0)
    ForecastTable.add(trials.columns.map(\.whatIf), rows(trials), to: &report)
    advise(trials, &report)
    return report.text
  }

  private static func rows(_ trials: PlanTrials) -> [[TextTable.Cell]] {
    var rows: [[TextTable.Cell]] = []
    func add(_ title: String, _ cell: (TrialSummary) -> TextTable.Cell) {
      rows.append([TextTable.Cell(title)] + trials.columns.map { cell($0.summary) })
    }
    add("comes to its end") { summary in
      TextTable.Cell(
        "\(Wording.number(summary.finished)) of \(Wording.number(summary.runs))",
        summary.finished == summary.runs ? nil : .trouble)
    }
    add("takes") { TextTable.Cell(words($0.lasted), .title) }
    add("ends, in the middle") { summary in
      TextTable.Cell(summary.lasted.map { Wording.day(trials.start + $0.middle) } ?? "-")
    }
    add("runs that lose clients") { summary in
      TextTable.Cell(
        "\(Wording.number(summary.losing)) of \(Wording.number(summary.finished))",
        summary.losing == 0 ? .good : .trouble)
    }
    add("orphans") { TextTable.Cell(words($0.orphans)) }
    add("latent orphans") { TextTable.Cell(words($0.latentOrphans)) }
    add("gates") { TextTable.Cell(words($0.gates)) }
    for name in names(trials.columns.map { $0.summary.verificationOff.map(\.name) }) {
      add("verification off, \(name)") { summary in
        exposure(summary.verificationOff.first { $0.name == name })
      }
    }
    for name in names(trials.columns.map { $0.summary.replicationBroken.map(\.name) }) {
      add("replication broken, \(name)") { summary in
        exposure(summary.replicationBroken.first { $0.name == name })
      }
    }
    return rows + waits(trials)
  }

  /// The longest waits of the plan, which are those that a threshold shortens or does not.
  private static func waits(_ trials: PlanTrials) -> [[TextTable.Cell]] {
    guard let plan = trials.columns.first else { return [] }
    return plan.summary.waits.prefix(shownWaits).map { wait in
      let id = plan.graph.id(of: wait.step)
      return [TextTable.Cell(id, .faint)]
        + trials.columns.map { column in
          guard
            let own = column.summary.waits.first(where: { column.graph.id(of: $0.step) == id }
            )
          else { return TextTable.Cell("-") }
          return TextTable.Cell(
            words(own.lasted) + (own.byMinimum > .percent(50) ? " minimum" : ""))
        }
    }
  }

  /// What the figures mean, and what may be done about it.
  private static func advise(_ trials: PlanTrials, _ report: inout ReportText) {
    guard let plan = trials.columns.first else { return }
    report.blank()
    for (position, column) in trials.columns.enumerated().dropFirst() {
      guard let change = Self.change(plan.summary, column.summary) else { continue }
      report.prose(change, indent: 2, label: "\(ForecastTable.letter(position))  ")
    }
    for (ending, runs) in plan.summary.unfinished {
      report.prose(
        "\(Wording.count(runs, "run")) \(reason(ending)).", indent: 2)
    }
    missed(trials, plan, &report)
    if let longest = plan.summary.waits.first {
      let id = plan.graph.id(of: longest.step)
      report.prose(
        longest.byMinimum > .percent(50)
          ? "\(id) is the longest wait. Its minimum decides how long it takes, not its clients."
          : "\(id) is the longest wait. Its clients decide how long it takes: `--what-if` shows what another "
            + "threshold costs and saves.", indent: 2)
    }
  }

  /// The absences of the plan that no run meets, as where all of them start a year before.
  private static func missed(
    _ trials: PlanTrials, _ plan: PlanTrials.Column, _ report: inout ReportText
  ) {
    guard let calendar = plan.graph.plan.calendar, let lasted = plan.summary.lasted else { return }
    let begin = trials.start.milliseconds / 1_000
    let end = begin + lasted.high.components.seconds
    let missed = calendar.absences.filter {
      let seconds = calendar.seconds(of: $0)
      return seconds.upperBound <= begin || seconds.lowerBound >= end
    }
    guard let first = missed.min(by: { $0.from.value < $1.from.value }),
      missed.count == calendar.absences.count
    else { return }
    let before = CivilDate(daysSinceEpoch: first.from.value.daysSinceEpoch - 7)
    report.prose(
      "These runs meet no absence of the plan's calendar: the next is from \(first.from.value) to "
        + "\(first.to.value). `--start \(before)` has them begin a week before it.", indent: 2)
  }

  private static func reason(_ ending: RunEnd) -> String {
    switch ending {
    case .succeeded: "came to its end"
    case .failed, .aborted: "failed"
    case .resting(.operator):
      "stood still until somebody decides, as at a wait past its deadline"
    case .resting(let reason): "stood still (\(reason.rawValue))"
    }
  }

  /// `2d 3h longer, 14 clients fewer lost in the middle run`; nil where nothing ended.
  private static func change(_ plan: TrialSummary, _ other: TrialSummary) -> String? {
    guard let before = plan.lasted, let after = other.lasted else {
      return "No run comes to its end, so there is nothing to compare."
    }
    let longer = after.middle - before.middle
    let time =
      longer.components.seconds.magnitude < 3_600
      ? "takes as long"
      : "takes \(Wording.duration(longer.magnitude)) "
        + (longer < .zero ? "less" : "longer")
    let lost = loss(other) - loss(plan)
    let clients =
      lost == 0
      ? "loses as many clients"
      : "loses \(Wording.count(abs(lost), "client")) \(lost < 0 ? "fewer" : "more")"
    return "In the middle it \(time) and \(clients); \(Wording.number(other.losing)) of "
      + "\(Wording.number(other.finished)) runs lose any, against \(Wording.number(plan.losing)) of "
      + "\(Wording.number(plan.finished))."
  }

  private static func loss(_ summary: TrialSummary) -> Int {
    (summary.orphans?.middle ?? 0) + (summary.latentOrphans?.middle ?? 0)
  }

  private static func names(_ lists: [[String]]) -> [String] {
    lists.joined().reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  private static func exposure(_ exposure: TrialSummary.Exposure?) -> TextTable.Cell {
    TextTable.Cell(
      exposure.map {
        "\(duration($0.seconds.middle)) (\(duration($0.seconds.low)) to \(duration($0.seconds.high)))"
      } ?? "-")
  }

  private static func duration(_ seconds: Int) -> String { Wording.duration(.seconds(seconds)) }

  private static func words(_ range: TrialRange<Duration>?) -> String {
    range.map {
      "\(Wording.duration($0.middle)) (\(Wording.duration($0.low)) to \(Wording.duration($0.high)))"
    } ?? "-"
  }

  private static func words(_ range: TrialRange<Int>?) -> String {
    range.map {
      $0.low == $0.high
        ? Wording.number($0.middle)
        : "\(Wording.number($0.middle)) (\(Wording.number($0.low)) to \(Wording.number($0.high)))"
    } ?? "-"
  }
}
