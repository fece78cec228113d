import ArgumentParser
import PlanModel
import Reports
import RotationEngine
import RunStore
import Runs
import WorkingTree

struct MetricsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics",
    abstract: "Prints where runs stand, for Prometheus.",
    discussion: """
      Without names: the runs on real servers that have not ended, and those that ended within the last fortnight. \
      Nothing is asked of any server. What each metric means, alert rules and a dashboard are in docs/MONITORING.md.
      """)

  @Argument(help: ArgumentHelp("The runs; any may be named.", valueName: "run"))
  var names: [String] = []

  @Flag(help: "All runs: ended ones, too, and those in labs and against simulated estates.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Write this file as a whole, for the textfile collector of node_exporter; its name must end in .prom.",
      valueName: "file"))
  var textfile: String?

  @OptionGroup var state: StateOptions

  func validate() throws {
    if all, !names.isEmpty {
      throw ValidationError("Name runs, or take all of them: leave the names or --all out.")
    }
    if let textfile, !textfile.hasSuffix(".prom") {
      throw ValidationError(
        "node_exporter reads no file whose name does not end in .prom: correct --textfile.")
    }
  }

  func run() async throws {
    let desk = try state.desk(.reading)
    let now = Environment.now()
    let runs = try await sights(desk, now).map { sight in
      MeasuredRun(
        run: sight.archive.id, state: sight.archive.state,
        world: sight.archive.record.contents.world.kind, now: sight.archive.time(now: now),
        surroundings: sight.surroundings)
    }
    let text = Printout(report: RunMetrics.text(runs, version: ToolVersion.text))
    if let textfile {
      try Environment.workingFolder().write(text.bytes, to: textfile)
    } else {
      Terminal.output.write(text)
    }
  }

  private func sights(_ desk: RunDesk, _ now: Instant) async throws -> [RunSight] {
    guard names.isEmpty else {
      var sights: [RunSight] = []
      for name in names { sights.append(try await desk.look(at: name)) }
      return sights
    }
    return try await desk.lookAtAll { entry in
      guard !all else { return true }
      guard entry.world == "real" else { return false }
      switch entry.standing {
      case .unfinished, .failed: return true
      case .succeeded, .aborted: return entry.lastAt.map { now - $0 < .days(14) } ?? true
      }
    }
  }
}
