import ArgumentParser
import ConsoleGuide
import Reports
import RotationEngine
import RunStore
import Runs

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says where a run stands, why it waits, and who must do what.")

  @Argument(
    help: ArgumentHelp(
      "The run. Can be left out if there is only one to choose.", valueName: "run"),
    completion: .runs
  )
  var name: String?

  @Flag(
    name: .customLong("watch"),
    help: "Follow the run until it ends: as a picture on a terminal, else in lines.")
  var isWatched = false

  @Option(
    help: ArgumentHelp(
      "With --watch: end as well once an operator is needed, or a deadline is over, with the status that says so.",
      valueName: "when"))
  var exitOn = WatchEnd.done

  @Option(
    help: ArgumentHelp(
      "With --watch, where lines are printed: how often to say where the run stands.",
      valueName: "duration"))
  var every: PlanDuration?

  @Flag(
    help:
      "Say which clients hold a wait back, and why: how many, and \(RunDesk.namedStragglers) by name."
  )
  var stragglers = false

  @Flag(help: "With --stragglers: name all of them.")
  var all = false

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if all, !stragglers || isWatched {
      throw ValidationError("--all goes with --stragglers, and not with --watch.")
    }
    guard isWatched else {
      if exitOn != .done || every != nil {
        throw ValidationError("--exit-on and --every go with --watch.")
      }
      return
    }
    if format == .json {
      throw ValidationError(
        "Followed is a run for people only. `waltz events --follow` prints each event as JSON.")
    }
  }

  func run() async throws {
    let desk = try state.desk(.reading)
    guard isWatched else {
      let sight = try await desk.look(at: name)
      return show(
        sight, desk, try await names(sight, desk), try await desk.recorded(of: sight.archive))
    }
    let watched = WatchedRun(
      desk: desk, color: output.color, commands: state.commands, end: exitOn,
      every: every?.value ?? .seconds(900))
    try await watched.follow(
      try await RunWatch(name, at: desk), beginsWithStragglers: stragglers)
  }

  private func names(_ sight: RunSight, _ desk: RunDesk) async throws -> [Int: Stragglers]? {
    guard stragglers else { return nil }
    return try await desk.stragglers(of: sight.archive, limit: all ? .max : RunDesk.namedStragglers)
  }

  private func show(
    _ sight: RunSight, _ desk: RunDesk, _ stragglers: [Int: Stragglers]?,
    _ recorded: [Int: [GuideRecord.Setting]]
  ) {
    let archive = sight.archive
    let orphans = desk.orphans(of: archive)
    let now = archive.time(now: Environment.now())
    switch format {
    case .text:
      Terminal.output.write(output.color) {
        RunStatusText.text(
          run: archive.id, state: archive.state, now: now,
          surroundings: sight.surroundings, stragglers: stragglers, orphans: orphans,
          recorded: recorded, language: language.language, layout: $0)
      }
    case .json:
      Terminal.output.write(
        Printout(
          json: RunStatusJSON.text(
            run: archive.id, state: archive.state, now: now,
            surroundings: sight.surroundings, stragglers: stragglers, orphans: orphans,
            recorded: recorded, head: sight.archive.head)))
    }
  }
}
