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

  /// Opens the world of a run where its log left it.
  ///
  /// - Parameters:
  ///   - archive: The run.
  ///   - simulation: How its estate is simulated.
  ///   - directory: The state directory.
  ///   - skipsAhead: Whether simulated time jumps to what is due next, as when a timer starts a visit.
  /// - Throws: ``CommandError`` or `EstateLogError`, where the log or the scenario can not be used.
  init(
    _ archive: RunArchive, _ simulation: Simulation, directory: String, skipsAhead: Bool
  ) throws {
    scenario = try Self.scenario(simulation.scenario, of: archive)
    let folder = directory + "/estates"
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
      seed: simulation.seed, log: FileEstateLog(path: "\(folder)/\(archive.id).log"),
      clock: { VirtualClock(start: max($0, start)) })
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
