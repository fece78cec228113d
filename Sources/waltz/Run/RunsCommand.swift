import ArgumentParser
import PlanText
import Reports
import RotationEngine
import RunStore
import Runs

struct RunsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Lists the runs of the state directory, the newest first.")

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let runs = try await state.desk(.reading).list().map {
      RunListing(run: $0.entry.id, $0.gist, executor: $0.executor)
    }
    switch format {
    case .text:
      Terminal.output.write(output.color) {
        RunsTable.text(runs, layout: $0, commands: state.commands)
      }
    case .json: Terminal.output.write(Printout(json: RunsTable.json(runs)))
    }
  }
}

struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Prints a run's events as JSON Lines.")

  @Argument(
    help: ArgumentHelp(
      "The run. Can be left out if there is only one to choose.", valueName: "run"),
    completion: .runs
  )
  var name: String?

  @Flag(help: "Go on with each event that comes, until the run ends.")
  var follow = false

  @Option(help: ArgumentHelp("The first event to print.", valueName: "seq"))
  var from = 1

  @OptionGroup var state: StateOptions

  func run() async throws {
    try await state.desk(.reading).writeEvents(
      of: name, from: from, lookingAgain: follow ? .milliseconds(500) : nil
    ) { events in
      Terminal.output.write(events.reduce(into: "") { $0.append(jsonLine: $1.bytes) })
    }
  }
}
