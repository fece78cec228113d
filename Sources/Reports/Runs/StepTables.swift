import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// The steps of a run by site: how many are done, and which are not.
enum StepTables {
  /// Steps that are not done are listed up to so many for each site.
  private static let listed = 8

  static func add(_ overview: RunOverview, to report: inout ReportText) {
    let groups = StepGroup.groups(of: overview.state)
    let counts = overview.state.counts
    report.heading(
      "Steps: \(Wording.number(counts.done)) of \(Wording.number(overview.state.steps.count)) done")
    var table = TextTable([
      .init(title: "SITE", minimum: 8), .init(title: "DONE", isNumber: true),
      .init(title: "UNDER WAY", isNumber: true), .init(title: "WAITING", isNumber: true),
      .init(title: "TROUBLE", isNumber: true), .init(title: "PENDING", isNumber: true),
    ])
    for group in groups {
      table.add([
        .init(group.name), .init(cell(group.done), group.isDone ? .good : nil),
        .init(cell(group.underWay), .busy), .init(cell(group.waiting), .waiting),
        .init(cell(group.trouble), .trouble), .init(cell(group.pending)),
      ])
    }
    report.add(table.lines(indent: 2, report.layout))
    guard !overview.state.isComplete else { return }
    for group in groups where !group.isDone {
      report.blank()
      report.line(StyledLine("  \(group.name), not done", .faint))
      let shown = group.open.prefix(listed).map { (step: $0, id: overview.state.graph.id(of: $0)) }
      let width = shown.reduce(0) { max($0, textWidth($1.id)) }
      for (step, id) in shown {
        let phase = overview.state.steps[step].phase
        var line = StyledLine("    ")
        line.add(id, nil, padTo: width)
        line.add("  \(phase.words)", phase.meaning)
        report.line(line)
      }
      if group.open.count > listed {
        let more = Wording.number(group.open.count - listed)
        report.line(StyledLine("    \(report.layout.ellipsis) and \(more) more", .faint))
      }
    }
  }

  private static func cell(_ number: Int) -> String { number == 0 ? "" : Wording.number(number) }
}
