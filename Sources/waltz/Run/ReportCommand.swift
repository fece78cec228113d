import ArgumentParser
import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs
import WorkingTree

/// What a report is written as.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case html
  case markdown
  case json
}

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes what came of a run, for whoever was not there.",
    discussion: """
      Figures, exposure, adoption, gates, failures, exceptions and who answers for them, the plan, and how to \
      verify it; also of a run under way. HTML is one file without a script, to be opened, mailed, printed or \
      kept with a job.
      """)

  @Argument(
    help: ArgumentHelp("The run. Can be left out if there is only one to choose.", valueName: "run")
  )
  var name: String?

  @Option(help: "Output format: html, markdown or json.")
  var format = ReportFormat.html

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Where to write; - is standard output.", valueName: "file"))
  var destination = "-"

  @OptionGroup var state: StateOptions

  func run() async throws {
    let desk = try state.desk(.reading)
    let report = try await report(at: desk)
    let text =
      switch format {
      case .html: Printout(report: report.html)
      case .markdown: Printout(report: report.markdown)
      case .json: Printout(json: report.json)
      }
    if destination == "-" {
      Terminal.output.write(text)
    } else {
      try Environment.workingFolder().write(text.bytes, to: destination, .inPlaceIfNeeded)
      Terminal.error.write("\(destination): \(text.bytes.count) bytes, last event \(report.head)\n")
    }
  }

  private func report(at desk: RunDesk) async throws -> RunReport {
    let sight = try await desk.look(at: name)
    let archive = sight.archive
    var fold = RunReportFold(graph: archive.graph.graph)
    try await desk.readHistory(of: archive) { try fold.take($0) }
    let contents = archive.record.contents
    return fold.report(
      RunReport.Origin(
        run: archive.id, world: contents.world.kind, toolVersion: contents.toolVersion,
        createdAt: archive.record.createdAt, createdBy: contents.createdBy,
        planPath: contents.planPath, plan: shownPlan(contents.planText, from: contents.planPath),
        head: sight.archive.head),
      now: archive.time(now: Environment.now()), surroundings: sight.surroundings)
  }
}
