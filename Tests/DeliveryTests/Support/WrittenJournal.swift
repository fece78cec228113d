import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import RunStore

/// A run whose journal a test writes.
final class WrittenJournal: Sendable {
  let run: String
  private let journal: any HeldJournal

  /// Makes a run of a graph.
  init(
    of plan: String, _ graph: StepGraph, in store: any Store, _ holder: LeaseHolder,
    world: RecordedWorld = .real(), isReadable: Bool = true
  ) async throws {
    let sealed = seal(graph)
    let lease = try await store.createRun(
      NewRun(
        plan: plan, digest: sealed.digest, graph: isReadable ? sealed.canonicalBytes : [],
        planText: [],
        planPath: "plan.yaml", toolVersion: "test", createdBy: "ann", sites: [], world: world),
      holder: holder)
    let codec = EventCodec(run: lease.run, graph: sealed.graph)
    run = lease.run
    journal = try await store.journal(holding: lease) { codec.encodeToKeep($0) }
  }

  /// Records events at an instant.
  func record(_ kinds: [RunEvent.Kind], at now: Instant) async throws {
    let events = kinds.enumerated().map {
      RunEvent(sequence: journal.count + 1 + $0.offset, at: now, kind: $0.element)
    }
    try await journal.append(events, answering: [])
  }

  /// For each site the steps that switch its verification off, by a person, and on again: 0 and 1, 2 and 3.
  static func exposing(_ plan: String, _ sites: [String]) -> StepGraph {
    StepGraph(
      plan: RotationPlan(
        name: Located(plan),
        sites: sites.map { Site(name: Located($0), clients: Located(100), servers: []) }),
      steps: sites.indices.flatMap { site in
        [
          Step(.disableVerification, on: .site(site), by: .operator),
          Step(.enableVerification, on: .site(site), by: .api),
        ]
      }, dependencies: AdjacencyTable(sites.indices.flatMap { [[], [Int32(2 * $0)]] }))
  }
}

extension Bureau {
  /// A run begins.
  func start(_ journal: WrittenJournal) async throws {
    try await journal.record(
      [.runStarted(RunStart(plan: "emea", digest: "sha256:3f", by: "ann", seed: nil))], at: now)
  }

  /// Verification is switched off at a site, by its position: 2 events.
  func open(_ site: Int, _ journal: WrittenJournal) async throws {
    try await done(2 * site, journal)
  }

  /// It is switched on again: 2 events.
  func close(_ site: Int, _ journal: WrittenJournal) async throws {
    try await done(2 * site + 1, journal)
  }

  private func done(_ step: Int, _ journal: WrittenJournal) async throws {
    try await journal.record(
      [
        .stepStarted(step: step, attempt: 1),
        .stepSucceeded(step: step, attempt: 1, evidence: Evidence()),
      ], at: now)
  }

  /// An operator aborts the run.
  func abort(_ journal: WrittenJournal) async throws {
    try await journal.record(
      [
        .runAborted(
          RunFigures(
            sites: 1, servers: 1, clients: nil, orphans: nil, latentOrphans: nil, gates: 0,
            verificationOff: [], replicationBroken: []))
      ], at: now)
  }
}
