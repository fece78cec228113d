import ArgumentParser
import Delivery
import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
import RunStore
import Runs

struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify",
    abstract: "Tells people what happens to runs, as notify.yaml in the state directory says.",
    discussion: """
      An executor tells news by itself while it is there. A timer that calls `waltz notify deliver` tells what nobody \
      took at first, what the clock makes news (a gate that stays open, a deadline, an executor that is gone) and the \
      digest of the day. How notify.yaml is written is in docs/NOTIFICATIONS.md.
      """,
    subcommands: [NotifyDeliverCommand.self, NotifyTestCommand.self, NotifyStatusCommand.self])
}

struct NotifyDeliverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver",
    abstract: "Tells what is due, once; for a timer.",
    discussion: "Ends with 0 where every destination has what is due, and with 3 where one has not."
  )

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    let desk = try state.desk(.writing)
    let report = try await state.newsroom(at: desk, settings).round()
    for (name, words) in report.failures.sorted(by: { $0.key < $1.key }) {
      Terminal.error.write("waltz: \(name) was not told: \(words)\n")
    }
    for name in report.held {
      Terminal.error.write("waltz: \(name) is being told by another process.\n")
    }
    if !report.isClean { throw ExitStatus.environment }
  }
}

struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Sends a test to a destination, and says what came of it.",
    discussion:
      "A destination that is switched off because it answered 410 is used again once a test reached it."
  )

  @Argument(help: "The destination's name in notify.yaml.") var destination: String

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    let names = settings.destinations.map(\.name)
    guard let found = settings.destinations.first(where: { $0.name == destination }) else {
      let meant = nearest(to: destination, among: names).map { "Did you mean `\($0)`?" }
      throw CommandError(
        .usage,
        "notify.yaml has no destination `\(destination)`. "
          + (meant ?? "It has: \(names.joined(separator: ", "))."))
    }
    let desk = try state.desk(.writing)
    let outcome = try await state.newsroom(at: desk, settings).test(found)
    guard outcome.isDelivered else {
      throw CommandError(.environment, "\(destination) did not take it. \(outcome.words)")
    }
    Terminal.output.write("\(destination) has taken it.\n")
  }
}

struct NotifyStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says what was told to each destination, and what waits.")

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let settings = try state.newsSettings(output.color)
    let standings = try await state.newsroom(at: try state.desk(.reading), settings).standings()
    switch format {
    case .text:
      Terminal.output.write(output.color) {
        DestinationsTable.text(standings, now: Environment.now(), layout: $0)
      }
    case .json: Terminal.output.write(Printout(json: DestinationsTable.json(standings)))
    }
  }
}
