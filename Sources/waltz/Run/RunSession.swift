import Estate
import Reports
import RotationEngine
import RotationGraph
import RunStore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a run reports while it goes.
struct RunOptions: Sendable {
  var until: Scheduler.Options.Until
  var format: RunFormat
  var color: ColorChoice
}

/// One executor's stay at a run: opens what it needs, drives it, says how it ended.
struct RunSession {
  let file: StateFile
  let archive: RunArchive
  let lease: Lease
  let options: RunOptions

  /// Takes up a run of a state file.
  init(_ id: String, file: StateFile, lease: Lease, options: RunOptions) throws {
    self.file = file
    self.lease = lease
    self.options = options
    archive = try RunArchive(id, in: file)
  }

  /// This process, as leases name it.
  static var holder: LeaseHolder {
    LeaseHolder(
      identity: .current(user: Environment.user), isAlive: { ProcessIdentity.isAlive($0) },
      now: Environment.now)
  }

  /// Drives the run until it ends or rests, and prints how that was.
  func run() async throws -> ExitStatus {
    guard let simulation = archive.record.contents.simulation else {
      throw CommandError(
        .environment,
        "\(archive.id) is a run on real servers, which this version of waltz can not drive.")
    }
    let world = try SimulatedWorld(
      archive, simulation, holding: lease, directory: file.directory,
      skipsAhead: options.until == .waiting)
    let codec = archive.codec
    let journal = try RunJournal(file: file, lease: lease) { codec.encode($0) }
    let progress = RunProgress(archive, options)
    let crashAt = world.scenario.crashAtEvent
    let executor = Executor(
      run: archive.id, driver: world.driver,
      journal: SimulatedRunJournal(journal, of: world.driver), clock: world.driver.clock
    ) { event, state in
      progress.show(event, state)
      // The scenario wants this executor to die as hard as a machine without power.
      if event.sequence == crashAt { kill(getpid(), SIGKILL) }
    }
    let signals = Signals()
    defer { signals.end() }
    let result = try await executor.execute(
      from: archive.state, beginning(simulation),
      options: .init(until: options.until, restsAtHeldWaits: world.driver.clock.isSimulated),
      controls: signals.controls)
    try journal.release()
    progress.end(result.state)
    return ExitStatus(result.end, result.state)
  }

  private func beginning(_ simulation: Simulation) -> Executor.Beginning {
    guard archive.state.lastSequence == 0 else { return .resume(by: Environment.user) }
    return .start(
      RunStart(
        plan: archive.record.contents.plan, digest: archive.graph.digest, by: Environment.user,
        seed: simulation.seed))
  }
}
