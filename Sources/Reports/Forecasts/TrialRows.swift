import Forecasts
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// What simulated runs of plans came to: a row for each figure with a cell for each plan, and what they mean.
struct TrialRows {
  /// What the plans are to each other.
  enum Comparison {
    /// A plan, and changes of it that somebody thinks about.
    case whatIfs

    /// A plan before a change and after it.
    case versions
  }

  /// A figure.
  struct Row {
    let title: Phrase
    let meaning: Palette.Meaning?
    let cells: [TextTable.Cell]
  }

  /// A sentence about all plans, or about one: its place among the columns.
  struct Advice {
    let column: Int?
    let sentence: Phrase
  }

  /// What was run.
  let introduction: Phrase

  let rows: [Row]

  /// What the figures mean, and what may be done about it.
  let advice: [Advice]

  /// How many waits are shown.
  private static let shownWaits = 6

  init(_ trials: PlanTrials, as comparison: Comparison) {
    guard let plan = trials.columns.first else {
      (introduction, rows, advice) = ("No plan was run.", [], [])
      return
    }
    let others =
      switch comparison {
      case .whatIfs: trials.columns.count > 1 ? " and of each change" : ""
      case .versions: " before the change and after it"
      }
    introduction = """
      \(words: Wording.count(plan.summary.runs, "simulated run")) of \(plan.graph.plan.name.value)\(words: others), \
      scenario \(words: trials.scenario), seeds \(words: "\(trials.seeds.lowerBound)") to \
      \(words: "\(trials.seeds.upperBound - 1)"), from \(words: Wording.minute(trials.start)). In brackets what one of ten \
      runs stays below and what one of ten exceeds.
      """
    rows = Self.figures(trials) + Self.waits(trials)
    advice = Self.advice(trials, plan)
  }

  private static func figures(_ trials: PlanTrials) -> [Row] {
    var rows: [Row] = []
    func add(_ title: Phrase, _ cell: (TrialSummary) -> TextTable.Cell) {
      rows.append(Row(title: title, meaning: nil, cells: trials.columns.map { cell($0.summary) }))
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
    return rows
  }

  /// The longest waits of the plan, which are those that a threshold shortens or does not.
  private static func waits(_ trials: PlanTrials) -> [Row] {
    guard let plan = trials.columns.first else { return [] }
    return plan.summary.waits.prefix(shownWaits).map { wait in
      let id = plan.graph.id(of: wait.step)
      let cells = trials.columns.map { column in
        guard
          let own = column.summary.waits.first(where: { column.graph.id(of: $0.step) == id })
        else { return TextTable.Cell("-") }
        return TextTable.Cell(
          words(own.lasted) + (own.byMinimum > .percent(50) ? " minimum" : ""))
      }
      return Row(title: "\(id)", meaning: .faint, cells: cells)
    }
  }

  private static func advice(_ trials: PlanTrials, _ plan: PlanTrials.Column) -> [Advice] {
    var advice = trials.columns.enumerated().dropFirst().map { position, column in
      Advice(column: position, sentence: change(plan.summary, column.summary))
    }
    for (ending, runs) in plan.summary.unfinished {
      advice.append(
        Advice(
          column: nil, sentence: "\(words: "\(Wording.count(runs, "run")) \(reason(ending)).")"))
    }
    if let missed = missed(trials, plan) { advice.append(Advice(column: nil, sentence: missed)) }
    if let longest = plan.summary.waits.first {
      let id = plan.graph.id(of: longest.step)
      advice.append(
        Advice(
          column: nil,
          sentence: longest.byMinimum > .percent(50)
            ? "\(id) is the longest wait. Its minimum decides how long it takes, not its clients."
            : """
            \(id) is the longest wait. Its clients decide how long it takes: `waltz plan forecast --what-if` \
            shows what another threshold costs and saves.
            """))
    }
    return advice
  }

  /// The absences of the plan that no run meets, as where all of them start a year before.
  private static func missed(_ trials: PlanTrials, _ plan: PlanTrials.Column) -> Phrase? {
    guard let calendar = plan.graph.plan.calendar, let lasted = plan.summary.lasted else {
      return nil
    }
    let begin = trials.start.milliseconds / 1_000
    let end = begin + lasted.high.components.seconds
    let missed = calendar.absences.filter {
      let seconds = calendar.seconds(of: $0)
      return seconds.upperBound <= begin || seconds.lowerBound >= end
    }
    guard let first = missed.min(by: { $0.from.value < $1.from.value }),
      missed.count == calendar.absences.count
    else { return nil }
    let before = CivilDate(daysSinceEpoch: first.from.value.daysSinceEpoch - 7)
    return """
      These runs meet no absence of the plan's calendar: the next is from \(words: "\(first.from.value)") to \
      \(words: "\(first.to.value)"). `--start \(words: "\(before)")` has them begin a week before it.
      """
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

  /// `In the middle it takes 2d 3h longer and loses 14 clients fewer; …`.
  private static func change(_ plan: TrialSummary, _ other: TrialSummary) -> Phrase {
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
    return """
      In the middle it \(words: time) and \(words: clients); \(words: Wording.number(other.losing)) of \
      \(words: Wording.number(other.finished)) runs lose any, against \(words: Wording.number(plan.losing)) of \
      \(words: Wording.number(plan.finished)).
      """
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
