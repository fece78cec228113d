import ConsoleGuide
import Estate
import EstateScenarios
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import RunStore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The simulated estate of one run, with its log in the folder of worlds.
struct SimulatedWorld: WorldKind {
  private let simulation: Simulation
  private let folder: String
  private let language: GuideLanguage

  /// The world of a run that is simulated so; `folder` has the logs of all runs in `estates`, and gates are
  /// worded in `language`.
  init(_ simulation: Simulation, folder: String, language: GuideLanguage) {
    self.simulation = simulation
    self.folder = folder + "/estates"
    self.language = language
  }

  func open(
    _ archive: RunArchive, holding lease: Lease, through journal: any HeldJournal, skipsAhead: Bool
  ) async throws -> OpenedWorld {
    let scenario = try scenario(of: archive)
    // A lost log must not be made anew by opening it.
    _ = try history(of: archive, scenario)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw RunError(.noWorld, "Cannot create \(folder): \(String(cString: strerror(errno))).")
    }
    let state = archive.state
    var start = state.lastAt ?? scenario.start
    if skipsAhead, case .resting(let reason) = state.status,
      [.clients, .retry, .operator].contains(reason), let due = state.nextDue
    {
      start = max(start, due)
    }
    let log = try await FileEstateLog.takeOver(log(of: lease.run)) {
      try await journal.holdLease(for: .zero)
    }
    let driver = try SimulatedDriver(
      graph: archive.graph.graph, digest: archive.graph.digest, scenario: scenario,
      seed: simulation.seed, log: log, permit: lease.watch.permit, language: language,
      folder: archive.planFolder,
      clock: { VirtualClock(start: max($0, start)) })
    return OpenedWorld(
      world: driver, seed: simulation.seed, crashAtEvent: scenario.crashAtEvent)
  }

  func surplus(over archive: RunArchive) throws -> String? {
    let state = archive.state
    let steps = archive.graph.graph.stepsByID()
    let entry = try history(of: archive, try scenario(of: archive))
      .firstEntry(after: state.adoptedAt) { id in steps[id].map { state.steps[$0].attempt } ?? 0 }
    return entry.map {
      "The log of its estate, \(log(of: archive.id)), knows of attempt \($0.attempt) at \($0.step)"
    }
  }

  func stragglers(of archive: RunArchive, limit: Int) throws -> [Int: Stragglers] {
    let view = try view(of: archive)
    var result: [Int: Stragglers] = [:]
    for (step, state) in archive.state.steps.enumerated() where state.phase == .waiting {
      result[step] = view.stragglers(of: step, since: state.startedAt ?? view.now, limit: limit)
    }
    return result
  }

  func orphans(of archive: RunArchive, limit: Int) throws -> [OrphanedClient] {
    try view(of: archive).orphans(limit: limit)
  }

  private func view(of archive: RunArchive) throws -> EstateView {
    let scenario = try scenario(of: archive)
    return EstateView(
      graph: archive.graph.graph, scenario: scenario, seed: simulation.seed,
      history: try history(of: archive, scenario), at: archive.state.lastAt ?? scenario.start)
  }

  /// What the log tells, read without touching it.
  private func history(of archive: RunArchive, _ scenario: Scenario) throws -> EstateHistory {
    let lines = try lines(of: archive)
    let history = try EstateHistory(lines: lines ?? [], of: header(of: archive))
    try checkAge(of: archive, scenario, history)
    if let loss = loss(of: archive, history, isMissing: lines == nil) { throw loss }
    return history
  }

  /// The lines of the log; nil where there is no log.
  func lines(of archive: RunArchive) throws -> [[UInt8]]? {
    try FileEstateLog.lines(ofFileAt: log(of: archive.id))
  }

  /// What the log must begin with.
  func header(of archive: RunArchive) throws -> EstateLogHeader {
    EstateLogHeader(
      seed: simulation.seed, scenario: try scenario(of: archive).digest,
      graph: archive.graph.digest)
  }

  /// A run that was killed before its first effect has no log yet, or an empty one. One whose journal
  /// knows of effects has lost it: a new world would undo them, and nothing would say so.
  func loss(of archive: RunArchive, _ history: EstateHistory, isMissing: Bool) -> RunError? {
    let steps = archive.graph.graph.steps
    let succeeded = archive.state.steps.indices.filter {
      archive.state.steps[$0].phase == .succeeded
    }
    guard history.isLost(after: succeeded.map { steps[$0].action }) else { return nil }
    return RunError(
      .noWorld,
      "The estate's log \(log(of: archive.id)) \(isMissing ? "is missing" : "is empty"), but \(archive.id) has "
        + "changed the simulated estate already. Restore the file from the backup of the state "
        + "directory, or start a new run.")
  }

  /// A world goes through everything that happens in its time, so a time that was altered must not be a million years.
  private func checkAge(
    of archive: RunArchive, _ scenario: Scenario, _ history: EstateHistory
  ) throws {
    let times = history.entries.map(\.at) + [archive.state.lastAt ?? scenario.start]
    guard let last = times.max(), last - scenario.start > .days(366_000) else { return }
    throw RunError(
      .unreadable,
      "\(archive.id) would have reached \(last), more than 1,000 years after its start: that time is not what "
        + "was written. `waltz verify` tells what was altered.")
  }

  private func log(of run: String) -> String { "\(folder)/\(run).log" }

  func scenario(of archive: RunArchive) throws -> Scenario {
    guard let text = simulation.scenario else { return Scenario() }
    var sources = SourceMap()
    let source = SourceText(name: "the scenario of \(archive.id)", bytes: text)
    let reading = readScenario(source, id: sources.add(source))
    guard let scenario = reading.scenario else {
      throw RunError(
        .unreadable, "The scenario that is stored with \(archive.id) can no longer be read.")
    }
    return scenario
  }
}
