package import ConsoleGuide
package import Drivers
import PlanModel
import PlanText
package import RotationEngine
package import RotationGraph
package import RunStore

/// Where runs are made, taken up, asked of and looked at, by one process.
package struct RunDesk: Sendable {
  /// The runs.
  package let store: any Store

  /// Who is at work, as leases name them, and real time.
  package let holder: LeaseHolder

  /// The folder in which worlds keep what they remember by themselves.
  let worldFolder: String

  /// In which gates are worded.
  let language: GuideLanguage

  /// What the drivers of real servers get for a plan that was read from this path, and whose files may be in the admitted
  /// folders as well.
  package typealias RealServers =
    @Sendable (_ planPath: String, _ admitted: [String]) throws(RunError) -> RealSurroundings

  /// What runs in labs need.
  package struct LabTools: Sendable {
    /// What the drivers get for a plan that was read from this path, and whose files may be in the admitted folders as well,
    /// of which the lab's is one; how fast time passes there, and what time it is.
    package typealias Surroundings =
      @Sendable (
        _ planPath: String, _ admitted: [String], _ speed: Int,
        _ time: @escaping @Sendable () -> Int64
      ) throws(RunError) -> RealSurroundings

    /// Asks the lab in a folder for its time.
    let time: @Sendable (_ folder: String) async throws(RunError) -> LabTime
    let surroundings: Surroundings

    /// How long the machine has been up.
    let uptime: @Sendable () -> Duration

    /// Tools.
    package init(
      time: @escaping @Sendable (_ folder: String) async throws(RunError) -> LabTime,
      surroundings: @escaping Surroundings, uptime: @escaping @Sendable () -> Duration
    ) {
      self.time = time
      self.surroundings = surroundings
      self.uptime = uptime
    }
  }

  let realServers: RealServers?
  let labs: LabTools?

  /// A desk over a store.
  ///
  /// - Parameters:
  ///   - store: The runs.
  ///   - holder: Who is at work, as leases name them, and real time.
  ///   - worldFolder: The folder in which worlds keep what they remember by themselves.
  ///   - language: In which gates are worded.
  ///   - realServers: What the drivers of real servers get; nil where none can be reached from here.
  ///   - labs: The same for labs.
  package init(
    _ store: any Store, holder: LeaseHolder, worldFolder: String,
    language: GuideLanguage = .english, realServers: RealServers? = nil, labs: LabTools? = nil
  ) {
    self.store = store
    self.holder = holder
    self.worldFolder = worldFolder
    self.language = language
    self.realServers = realServers
    self.labs = labs
  }

  /// Who is at work.
  package var user: String { holder.identity.user }

  /// The run that a user means, for who only looks at it; see `Store.resolve`.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func archive(of name: String?) async throws -> RunArchive {
    try await RunArchive(try await store.resolve(name), in: store, from: folds)
  }

  /// Whether somebody is at work on a run, as far as it can be told from here.
  ///
  /// - Throws: `StateError`
  package func isHeld(_ run: String) async throws -> Bool {
    try await store.entry(of: run).lease?.isAtWork(seenBy: holder) ?? false
  }
}

/// What came of taking up a run.
package enum Resumption: Sendable {
  /// It can go on.
  case stay(RunStay)

  /// It has ended for good, and so; nothing is left to do.
  case ended(RunEnd, RunArchive)
}

/// What a new run is made from, beside its graph.
package struct RunOrder: Sendable {
  /// The plan as it was written.
  package var planText: [UInt8]

  /// Where it was read from.
  package var planPath: String

  /// The version of Waltz.
  package var toolVersion: String

  /// What it acts on.
  package var world: RecordedWorld

  /// Where the graph came from and who had approved it; nil where it was compiled of a plan and nothing was demanded.
  package var provenance: RunProvenance?

  /// An order.
  package init(
    planText: [UInt8], planPath: String, toolVersion: String, world: RecordedWorld,
    provenance: RunProvenance? = nil
  ) {
    self.provenance = provenance
    self.planText = planText
    self.planPath = planPath
    self.toolVersion = toolVersion
    self.world = world
  }
}

extension RunDesk {
  /// Makes a run of a graph and takes it up.
  ///
  /// - Throws: ``RunError``, `StateError`
  package func start(_ graph: SealedGraph, _ order: RunOrder) async throws -> RunStay {
    let plan = graph.graph.plan
    let lease = try await store.createRun(
      NewRun(
        plan: plan.name.value, digest: graph.digest, graph: graph.canonicalBytes,
        planText: order.planText, planPath: order.planPath, toolVersion: order.toolVersion,
        createdBy: user, sites: graph.graph.touchedSites.map { plan.sites[$0].name.value },
        world: order.world),
      holder: holder)
    return try await RunStay(lease, at: self, provenance: order.provenance)
  }

  /// Takes up a run that can go on; without a name the only one that can, else the newest.
  ///
  /// - Throws: ``RunError``, `StateError`, `JournalError` of kind `held`
  package func resume(_ name: String?) async throws -> Resumption {
    let id = try await store.resolve(name)
    switch try await store.entry(of: id).standing {
    case .succeeded: return .ended(.succeeded, try await RunArchive(id, in: store))
    case .aborted: return .ended(.aborted, try await RunArchive(id, in: store))
    case .unfinished, .failed:
      do {
        return .stay(
          try await RunStay(try await store.acquireLease(of: id, holder: holder), at: self))
      } catch let error as StateError where error.kind == .ended {
        // Whoever had it ended it between the two looks.
        return .ended(
          try await store.entry(of: id).standing == .aborted ? .aborted : .succeeded,
          try await RunArchive(id, in: store))
      }
    }
  }
}
