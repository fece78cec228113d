import Forecasts
import PlanModel
import PlanText
import RotationGraph

/// What simulated runs of plans came to, for people: a row for each figure, a column for each plan that was tried.
package enum PlanTrialsText {
  /// `waltz plan forecast`: a plan, and what changes of it would do.
  package static func text(of trials: PlanTrials, layout: TextLayout) -> String {
    text(of: trials, as: .whatIfs, layout)
  }

  static func text(
    of trials: PlanTrials, as comparison: TrialRows.Comparison, _ layout: TextLayout
  ) -> String {
    let found = TrialRows(trials, as: comparison)
    let titles = comparison.titles(trials.columns.count)
    var report = ReportText(layout)
    report.prose(found.introduction.plain, indent: 0)
    ForecastTable.add(
      titles, comparison == .whatIfs ? trials.columns.map(\.whatIf) : [],
      found.rows.map { [TextTable.Cell($0.title.plain, $0.meaning)] + $0.cells }, to: &report)
    report.blank()
    for advice in found.advice {
      let label = comparison == .whatIfs ? advice.column.map { "\(titles[$0])  " } : nil
      report.prose(advice.sentence.plain, indent: 2, label: label ?? "")
    }
    return report.text
  }
}

extension TrialRows.Comparison {
  /// What stands over the columns.
  func titles(_ count: Int) -> [String] {
    switch self {
    case .whatIfs: ForecastTable.titles(count)
    case .versions: ["before", "after"]
    }
  }
}
