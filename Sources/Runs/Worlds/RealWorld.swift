import ConsoleGuide
import Drivers
import RotationEngine
import RotationGraph
import RunStore

/// Real servers. They remember by themselves what was done to them, and nothing of it beside: what is known of a run is in
/// its journal, and what came of a step is looked at.
struct RealWorld: WorldKind {
  private let surroundings: RealSurroundings
  private let clock: any RunClock
  private let store: any Store
  private let language: GuideLanguage

  /// The world of a run on real servers, whose gates are worded in `language`.
  init(
    _ surroundings: RealSurroundings, clock: any RunClock, in store: any Store,
    language: GuideLanguage
  ) {
    self.language = language
    self.surroundings = surroundings
    self.clock = clock
    self.store = store
  }

  func open(
    _ archive: RunArchive, holding lease: Lease, through journal: any HeldJournal, skipsAhead: Bool
  ) async throws -> OpenedWorld {
    OpenedWorld(world: driver(for: archive, permit: lease.watch.permit))
  }

  func stragglers(of archive: RunArchive, limit: Int) async throws -> [Int: [Straggler]] {
    // Nothing may be changed by who only looks.
    let driver = driver(for: archive, permit: EffectPermit { .zero })
    var result: [Int: [Straggler]] = [:]
    for (step, state) in archive.state.steps.enumerated() where state.phase == .waiting {
      let request = StepRequest(
        run: archive.id, graph: archive.graph.graph, step: step, attempt: max(state.attempt, 1),
        startedAt: state.startedAt ?? clock.now())
      result[step] = await driver.stragglers(request, limit: limit)
    }
    return result
  }

  func driver(for archive: RunArchive, permit: EffectPermit) -> RealDriver {
    RealDriver(
      graph: archive.graph.graph, memory: StoredStepMemory(archive, in: store),
      surroundings: surroundings, permit: permit, clock: clock, language: language)
  }
}
