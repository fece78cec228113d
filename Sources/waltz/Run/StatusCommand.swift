import ArgumentParser
import Estate
import Reports
import RotationEngine
import RotationGraph
import RunStore

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says where a run stands, why it waits, and who must do what.")

  @Argument(
    help: ArgumentHelp("The run; may be left out where only one is meant.", valueName: "run"))
  var name: String?

  @Flag(help: "Redraw until the run ends.")
  var watch = false

  @Flag(help: "Name the clients that hold a wait back, and why.")
  var stragglers = false

  @Option(help: "How to print: text or json.")
  var format = RunFormat.text

  @OptionGroup var state: StateOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let file = try state.open(.reading)
    let id = try file.resolve(name, scope: .any)
    guard watch, format == .text, Terminal.output.isInteractive else {
      return try print(try RunArchive(id, in: file))
    }
    while true {
      let archive = try RunArchive(id, in: file)
      Terminal.output.write("\u{1B}[H\u{1B}[2J")
      try print(archive)
      if archive.state.status.isEnded { return }
      try await Task.sleep(for: .seconds(2))
    }
  }

  private func print(_ archive: RunArchive) throws {
    let stragglers = stragglers ? try RunStragglers.all(of: archive, in: state.path) : nil
    let now = archive.record.contents.simulation == nil ? Environment.now() : archive.state.lastAt
    switch format {
    case .text:
      Terminal.output.write(
        RunStatusText.text(
          run: archive.id, state: archive.state, now: now ?? Environment.now(),
          stragglers: stragglers, layout: Terminal.output.layout(output.color)))
    case .json:
      Terminal.output.write(
        RunStatusJSON.text(
          run: archive.id, state: archive.state, now: now ?? Environment.now(),
          stragglers: stragglers))
    }
  }
}

/// The clients that hold the waits of a run back.
enum RunStragglers {
  /// For each wait that goes on, at most 50 of them.
  static func all(of archive: RunArchive, in directory: String) throws -> [Int: [Straggler]] {
    guard let simulation = archive.record.contents.simulation else { return [:] }
    let view = try SimulatedWorld.view(of: archive, simulation, directory: directory)
    var result: [Int: [Straggler]] = [:]
    for (step, state) in archive.state.steps.enumerated() where state.phase == .waiting {
      result[step] = view.stragglers(of: step, since: state.startedAt ?? view.now, limit: 50)
    }
    return result
  }
}
