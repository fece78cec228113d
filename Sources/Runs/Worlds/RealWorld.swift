import ConsoleGuide
import Drivers
import PlanModel
import RotationEngine
import RotationGraph
import RunStore

/// Real servers. They remember by themselves what was done to them, and nothing of it beside: what is known of a run is in
/// its journal, and what came of a step is looked at. What saves questions only, the rows of counts, lies in `censuses`.
struct RealWorld: WorldKind {
  private let surroundings: RealSurroundings
  private let clock: any RunClock
  private let store: any Store
  private let folder: String
  private let language: GuideLanguage

  /// The world of a run on real servers, whose gates are worded in `language`; `folder` is the state directory.
  init(
    _ surroundings: RealSurroundings, clock: any RunClock, in store: any Store, folder: String,
    language: GuideLanguage
  ) {
    self.folder = folder
    self.language = language
    self.surroundings = surroundings
    self.clock = clock
    self.store = store
  }

  func open(
    _ archive: RunArchive, holding lease: Lease, through journal: any HeldJournal, skipsAhead: Bool
  ) async throws -> OpenedWorld {
    let driver = driver(
      for: archive, permit: lease.watch.permit, isReadOnly: false)
    return OpenedWorld(world: driver, close: { await driver.leave() })
  }

  func stragglers(of archive: RunArchive, limit: Int) async throws -> [Int: Stragglers] {
    // Nothing may be changed by who only looks.
    let driver = driver(
      for: archive, permit: EffectPermit { .zero }, isReadOnly: true)
    var result: [Int: Stragglers] = [:]
    for (step, state) in archive.state.steps.enumerated() where state.phase == .waiting {
      let request = StepRequest(
        run: archive.id, graph: archive.graph.graph, step: step, attempt: max(state.attempt, 1),
        startedAt: state.startedAt ?? clock.now())
      result[step] = await driver.stragglers(request, limit: limit)
    }
    await driver.leave()
    return result
  }

  func tidyUp(after archive: RunArchive, _ state: RunState) {
    Self.tidyUp(after: archive, state, in: folder)
  }

  /// Removes what a state directory keeps of a run for waits that nobody counts any more.
  static func tidyUp(after archive: RunArchive, _ state: RunState, in folder: String) {
    let counted = state.countedWaits
    let waits = state.steps.indices.filter { archive.graph.graph.steps[$0].action.waitKind != nil }
    shelf(in: folder).remove(waits.filter { !counted.contains($0) }, of: archive.id)
    guard state.status == .succeeded || state.status == .aborted else { return }
    shelf(in: folder).removeContacts(
      ofSites: archive.graph.graph.plan.sites.indices, of: archive.id)
  }

  private static func shelf(in folder: String, isReadOnly: Bool = false) -> CensusShelf {
    CensusShelf(folder + "/censuses", isReadOnly: isReadOnly)
  }

  private func driver(
    for archive: RunArchive, permit: EffectPermit, isReadOnly: Bool
  ) -> RealDriver {
    RealDriver(
      graph: archive.graph.graph, memory: StoredStepMemory(archive, in: store),
      surroundings: surroundings, permit: permit, clock: clock, language: language,
      shelf: Self.shelf(in: folder, isReadOnly: isReadOnly),
      observations: Self.observations(
        of: archive.record.contents.world, in: folder, isReadOnly: isReadOnly))
  }

  /// What was observed of the sites of a world, in a state directory.
  static func observations(
    of world: RecordedWorld, in folder: String, isReadOnly: Bool
  ) -> ObservationShelf {
    var name = world.kind
    if case .lab(let folder, _) = world { name += "\n\(folder)" }
    return ObservationShelf(folder + "/observations", world: name, isReadOnly: isReadOnly)
  }
}
