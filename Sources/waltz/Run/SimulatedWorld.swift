import Estate
import EstateScenarios
import PlanText
import Reports
import RotationEngine
import RotationGraph
import RunStore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The simulated estate of one run, with its log beside the journal.
struct SimulatedWorld {
  let driver: SimulatedDriver
  let scenario: Scenario

  /// Opens the world of a run where its log left it, to go on with it.
  ///
  /// - Parameters:
  ///   - archive: The run.
  ///   - simulation: How its estate is simulated.
  ///   - lease: The right to write to the run: its log is written by one executor only.
  ///   - directory: The state directory.
  ///   - skipsAhead: Whether simulated time jumps to what is due next, as when a timer starts a visit.
  /// - Throws: ``CommandError`` or `EstateLogError`, where the log or the scenario can not be used.
  init(
    _ archive: RunArchive, _ simulation: Simulation, holding lease: Lease, directory: String,
    skipsAhead: Bool
  ) throws {
    scenario = try Self.scenario(simulation.scenario, of: archive)
    // A lost log must not be made anew by opening it.
    _ = try Self.history(of: archive, simulation, scenario, directory: directory)
    let folder = Self.folder(in: directory)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw CommandError(
        .environment, "\(folder) can not be made: \(String(cString: strerror(errno))).")
    }
    let state = archive.state
    var start = state.lastAt ?? scenario.start
    if skipsAhead, case .resting(let reason) = state.status, reason == .clients,
      let due = state.nextDue
    {
      start = max(start, due)
    }
    driver = try SimulatedDriver(
      graph: archive.graph.graph, digest: archive.graph.digest, scenario: scenario,
      seed: simulation.seed, log: FileEstateLog(path: Self.log(of: lease.run, in: directory)),
      clock: { VirtualClock(start: max($0, start)) })
  }

  /// The world of a run as its last event saw it, for who only looks: the run may be going on meanwhile.
  ///
  /// - Throws: ``CommandError`` or `EstateLogError`, where the log or the scenario can not be used.
  static func view(
    of archive: RunArchive, _ simulation: Simulation, directory: String
  ) throws -> EstateView {
    let scenario = try Self.scenario(simulation.scenario, of: archive)
    return EstateView(
      graph: archive.graph.graph, scenario: scenario, seed: simulation.seed,
      history: try history(of: archive, simulation, scenario, directory: directory),
      at: archive.state.lastAt ?? scenario.start)
  }

  /// What the log tells, read without touching it.
  ///
  /// A run that was killed before its first effect has no log yet, or an empty one. One whose journal
  /// knows of effects has lost it: a new world would undo them, and nothing would say so.
  private static func history(
    of archive: RunArchive, _ simulation: Simulation, _ scenario: Scenario, directory: String
  ) throws -> EstateHistory {
    let path = log(of: archive.id, in: directory)
    let lines = try FileEstateLog.lines(ofFileAt: path)
    let history = try EstateHistory(
      lines: lines ?? [],
      of: EstateLogHeader(
        seed: simulation.seed, scenario: scenario.digest, graph: archive.graph.digest))
    let steps = archive.graph.graph.steps
    let succeeded = archive.state.steps.indices.filter {
      archive.state.steps[$0].phase == .succeeded
    }
    guard history.isLost(after: succeeded.map { steps[$0].action }) else { return history }
    throw CommandError(
      .environment,
      "The estate's log \(path) \(lines == nil ? "is missing" : "is empty"), but \(archive.id) has "
        + "changed the simulated estate already. Put the file back from the backup of the state "
        + "directory, or start a new run.")
  }

  private static func folder(in directory: String) -> String { directory + "/estates" }

  private static func log(of run: String, in directory: String) -> String {
    "\(folder(in: directory))/\(run).log"
  }

  private static func scenario(_ text: [UInt8]?, of archive: RunArchive) throws -> Scenario {
    guard let text else { return Scenario() }
    var sources = SourceMap()
    let source = SourceText(name: "the scenario of \(archive.id)", bytes: text)
    let reading = readScenario(source, id: sources.add(source))
    guard let scenario = reading.scenario else {
      throw CommandError(
        .environment, "The scenario that is stored with \(archive.id) can not be read any more.")
    }
    return scenario
  }
}
