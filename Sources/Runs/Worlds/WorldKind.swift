import Drivers
package import RotationEngine
import RunStore

/// A kind of world: how the world of one run is opened to act on it, and looked at without touching it.
protocol WorldKind: Sendable {
  /// Opens the world where it was left, to go on with it.
  ///
  /// - Parameters:
  ///   - archive: The run.
  ///   - lease: The right to write to the run: one executor at a time touches its world.
  ///   - journal: What the lease is held through.
  ///   - skipsAhead: Whether simulated time jumps to what is due next, as when a timer starts a visit.
  /// - Returns: The world, for the engine to act on.
  /// - Throws: ``RunError``, or what the kind throws where its world cannot be used
  func open(
    _ archive: RunArchive, holding lease: Lease, through journal: any HeldJournal, skipsAhead: Bool
  ) async throws -> OpenedWorld

  /// Puts away what a stay that is over needs no more; `state` is where the run stands after it.
  func tidyUp(after archive: RunArchive, _ state: RunState)

  /// What the world remembers to have been done to it that the journal of the run never intended, in the first half of
  /// a sentence; nil where the two agree. The run must be held: an executor at work is ahead of what was read.
  ///
  /// - Throws: As ``open(_:holding:through:skipsAhead:)`` does
  func surplus(over archive: RunArchive) throws -> String?

  /// The clients that hold back the waits that go on, at most `limit` for each; the run may be going on
  /// meanwhile.
  ///
  /// - Throws: As ``open(_:holding:through:skipsAhead:)`` does
  func stragglers(of archive: RunArchive, limit: Int) async throws -> [Int: Stragglers]

  /// The clients that a run which has ended lost, at most `limit`, the longest absent first.
  ///
  /// - Throws: As ``open(_:holding:through:skipsAhead:)`` does
  func orphans(of archive: RunArchive, limit: Int) throws -> [OrphanedClient]

  /// What the world remembers by itself that is not what was written, or that the journal does not know of; the run
  /// may be going on meanwhile.
  ///
  /// - Returns: The first such thing; nil where there is none.
  /// - Throws: What the kind throws where that cannot be read
  func alteration(of archive: RunArchive, in store: any Store) async throws -> Alteration?
}

extension WorldKind {
  // A world that remembers nothing beside what a look at it shows has nothing to hold against a journal, and nobody in it
  // knows who was lost.

  func tidyUp(after archive: RunArchive, _ state: RunState) {}

  func surplus(over archive: RunArchive) throws -> String? { nil }

  func orphans(of archive: RunArchive, limit: Int) throws -> [OrphanedClient] { [] }

  func alteration(of archive: RunArchive, in store: any Store) async throws -> Alteration? { nil }
}

/// The world of a run as its executor has it.
struct OpenedWorld {
  /// Driver, clock and guard.
  let world: any RunWorld

  /// The seed of a simulated estate.
  var seed: Int64?

  /// The event after which the scenario wants the executor to die.
  var crashAtEvent: Int?

  /// Gives back what was lent to the executor, once its stay is over.
  var close: @Sendable () async -> Void = {}
}

extension RunDesk {
  /// The kind of world that a run's record names: the one place that knows which there are.
  ///
  /// - Throws: ``RunError`` of kind `noWorld`
  func kind(of archive: RunArchive) throws(RunError) -> any WorldKind {
    switch archive.record.contents.world {
    case .simulated(let simulation):
      return SimulatedWorld(simulation, folder: worldFolder, language: language)
    case .real(let admitted):
      guard let realServers else { throw outOfReach(archive, "real servers") }
      let surroundings = try realServers(archive.record.contents.planPath, admitted)
      let localTime = surroundings.localTime
      return RealWorld(
        surroundings, clock: SystemClock { Instant(milliseconds: localTime()) }, in: store,
        folder: worldFolder, language: language)
    case .lab(let folder, let admitted):
      guard let labs else { throw outOfReach(archive, "the lab in \(folder)") }
      return RehearsalWorld(
        folder, admitting: admitted, planPath: archive.record.contents.planPath, labs, in: store,
        worldFolder: worldFolder, language: language)
    case .unknown(let kind):
      throw RunError(
        .noWorld,
        "\(archive.id) acts on a world of the kind `\(kind)`, which this version of waltz does not "
          + "know. Use the newer version that made the run.")
    }
  }

  private func outOfReach(_ archive: RunArchive, _ what: String) -> RunError {
    RunError(.noWorld, "\(archive.id) is a run on \(what), which nothing here is set up to reach.")
  }

  /// So many clients that hold back a wait are named unless somebody asks for more.
  package static let namedStragglers = 50

  /// The clients that hold back the waits of a run that go on, at most `limit` for each by name.
  ///
  /// - Throws: ``RunError``, `EstateLogError`
  package func stragglers(
    of archive: RunArchive, limit: Int = namedStragglers
  ) async throws -> [Int: Stragglers] {
    try await kind(of: archive).stragglers(of: archive, limit: limit)
  }

  /// The clients that a run which has ended lost, at most 50, the longest absent first; nil where there are none, and
  /// where nobody can name them any more.
  package func orphans(of archive: RunArchive) -> [OrphanedClient]? {
    guard let figures = archive.state.figures,
      (figures.orphans ?? 0) + (figures.latentOrphans ?? 0) > 0
    else { return nil }
    // The figures stand, whatever became of the world that they were counted in.
    return try? kind(of: archive).orphans(of: archive, limit: 50)
  }
}
