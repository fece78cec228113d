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
    let lines = try FileEstateLog.lines(ofFileAt: log(of: archive.id, in: directory)) ?? []
    let header = EstateLogHeader(
      seed: simulation.seed, scenario: scenario.digest, graph: archive.graph.digest)
    return EstateView(
      graph: archive.graph.graph, scenario: scenario, seed: simulation.seed,
      history: try EstateHistory(lines: lines, of: header),
      at: archive.state.lastAt ?? scenario.start)
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
