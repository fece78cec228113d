import ConsoleGuide
import Drivers
import RotationEngine
import RotationGraph
import RunStore

/// Servers of a lab: the drivers are those of real servers, and the time is the lab's.
struct RehearsalWorld: WorldKind {
  private let folder: String
  private let admitted: [String]
  private let tools: RunDesk.LabTools
  private let planPath: String
  private let store: any Store
  private let worldFolder: String
  private let language: GuideLanguage

  /// The world of a run in the lab that keeps itself in this folder; gates are worded in `language`, `worldFolder` is
  /// the state directory, and files of the plan may be in the admitted folders.
  init(
    _ folder: String, admitting admitted: [String], planPath: String, _ tools: RunDesk.LabTools,
    in store: any Store,
    worldFolder: String, language: GuideLanguage
  ) {
    self.worldFolder = worldFolder
    self.language = language
    self.folder = folder
    self.admitted = admitted
    self.planPath = planPath
    self.tools = tools
    self.store = store
  }

  func open(
    _ archive: RunArchive, holding lease: Lease, through journal: any HeldJournal, skipsAhead: Bool
  ) async throws -> OpenedWorld {
    try await world(of: archive).open(
      archive, holding: lease, through: journal, skipsAhead: skipsAhead)
  }

  func tidyUp(after archive: RunArchive, _ state: RunState) {
    RealWorld.tidyUp(after: archive, state, in: worldFolder)
  }

  func stragglers(of archive: RunArchive, limit: Int) async throws -> [Int: Stragglers] {
    try await world(of: archive).stragglers(of: archive, limit: limit)
  }

  /// The servers as real ones, with the lab's time; a journal never goes back, though a lab that was killed may.
  private func world(of archive: RunArchive) async throws -> RealWorld {
    let time = try await tools.time(folder)
    let clock = PacedClock(
      LabTime(
        now: max(time.now, archive.state.lastAt ?? time.now), at: time.uptime,
        speed: max(time.speed, 1)),
      uptime: tools.uptime)
    return RealWorld(
      try tools.surroundings(planPath, [folder] + admitted, time.speed) {
        clock.now().milliseconds
      },
      clock: clock, in: store, folder: worldFolder, language: language)
  }
}

/// A clock that goes some times as fast as the machine's.
struct PacedClock: RunClock {
  private let lab: LabTime
  private let uptime: @Sendable () -> Duration

  /// The clock of a lab whose time goes on.
  init(_ lab: LabTime, uptime: @escaping @Sendable () -> Duration) {
    self.lab = lab
    self.uptime = uptime
  }

  var isSimulated: Bool { false }

  func now() -> Instant { lab.time(at: uptime()) }

  func sleep(until instant: Instant, rank: Int) async {
    while !Task.isCancelled, now() < instant {
      let pause = max((instant - now()) / lab.speed, .milliseconds(1))
      // Cancellation ends the pause; the loop then ends by itself.
      try? await Task.sleep(for: min(pause, .seconds(60)))
    }
  }

  func awaiting(children: Int) {}

  func arriving() {}
}
