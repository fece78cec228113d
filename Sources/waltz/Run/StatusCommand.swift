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
    help: ArgumentHelp("The run. Can be left out if there is only one to choose.", valueName: "run")
  )
  var name: String?

  @Flag(name: .customLong("watch"), help: "Redraw until the run ends.")
  var isWatched = false

  @Flag(help: "Name the clients that hold a wait back, and why.")
  var stragglers = false

  @Option(help: "Output format: text or json.")
  var format = DataFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var language: LanguageOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let desk = try state.desk(.reading)
    var watch = try await RunWatch(name, at: desk)
    var sight = watch.sight
    guard isWatched, format == .text, Terminal.output.isInteractive else {
      return show(
        sight, desk, try await names(sight, desk), try await desk.recorded(of: sight.archive))
    }
    var (names, asked) = (try await names(sight, desk), ContinuousClock.now)
    while true {
      Terminal.output.write(.cleared)
      show(sight, desk, names, try await desk.recorded(of: sight.archive))
      if sight.archive.state.status.isEnded { return }
      try await Task.sleep(for: .seconds(2))
      try await watch.look()
      sight = watch.sight
      // Real servers are asked for the names, and answer few requests a minute.
      if ContinuousClock.now - asked >= .seconds(60) {
        (names, asked) = (try await self.names(sight, desk), .now)
      }
    }
  }

  private func names(_ sight: RunSight, _ desk: RunDesk) async throws -> [Int: [Straggler]]? {
    stragglers ? try await desk.stragglers(of: sight.archive) : nil
  }

  private func show(
    _ sight: RunSight, _ desk: RunDesk, _ stragglers: [Int: [Straggler]]?,
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
            recorded: recorded)))
    }
  }
}
