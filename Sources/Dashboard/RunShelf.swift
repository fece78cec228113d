import PlanWorkspace
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Runs

/// The runs that somebody looked at, each folded once: another look reads what came since.
actor RunShelf {
  /// The most runs that are kept.
  private static let most = 16

  /// How long a page is as good as new while nothing happens: only the ages on it change.
  private static let freshness = Duration.seconds(2)

  private struct Kept {
    /// What a page shows beside its run's time.
    struct Mark: Equatable {
      let head: String
      let executor: RunSurroundings.Executor
      let requests: [Int64]
    }

    struct Page {
      let text: String
      let mark: Mark
      let at: Instant
    }

    var watch: RunWatch
    var fold: RunReportFold
    var page: Page?
    var usedAt = 0
  }

  private let desk: RunDesk
  private let now: @Sendable () -> Instant
  private var kept: [String: Kept] = [:]
  private var queue: [String: Task<String, any Error>] = [:]
  private var uses = 0

  init(_ desk: RunDesk, now: @escaping @Sendable () -> Instant) {
    self.desk = desk
    self.now = now
  }

  /// A run's page as it is now; whoever asks at the same time gets the same one.
  ///
  /// - Throws: ``RunError``, `StateError`
  func page(of run: String) async throws -> String {
    let before = queue[run]
    let turn = Task {
      _ = await before?.result
      return try await self.makePage(of: run)
    }
    queue[run] = turn
    defer { if queue[run] == turn { queue[run] = nil } }
    return try await turn.value
  }

  /// The report of a run as it is now.
  ///
  /// - Throws: ``RunError``, `StateError`
  func report(of run: String) async throws -> RunReport {
    let own = try await looked(at: run)
    keep(own, as: run)
    return report(own)
  }

  private func makePage(of run: String) async throws -> String {
    var own = try await looked(at: run)
    let sight = own.watch.sight
    let mark = Kept.Mark(
      head: sight.archive.head, executor: sight.surroundings.executor,
      requests: sight.surroundings.requests.map(\.request.id))
    if let page = own.page, page.mark == mark, now() - page.at < Self.freshness {
      keep(own, as: run)
      return page.text
    }
    let text = DashboardPages.run(report(own))
    own.page = Kept.Page(text: text, mark: mark, at: now())
    keep(own, as: run)
    return text
  }

  private func looked(at run: String) async throws -> Kept {
    guard var own = kept.removeValue(forKey: run) else { return try await open(run) }
    var fold = own.fold
    let before = own.watch.sight.archive.state.lastSequence
    var failure: (any Error)?
    try await own.watch.look { event, _ in
      do { try fold.take(event) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
    // Another journal took its place.
    if own.watch.sight.archive.state.lastSequence < before { return try await open(run) }
    own.fold = fold
    return own
  }

  private func keep(_ own: Kept, as run: String) {
    var own = own
    uses += 1
    own.usedAt = uses
    kept[run] = own
    if kept.count > Self.most, let oldest = kept.min(by: { $0.value.usedAt < $1.value.usedAt }) {
      kept[oldest.key] = nil
    }
  }

  private func report(_ own: Kept) -> RunReport {
    let sight = own.watch.sight
    let (archive, contents) = (sight.archive, sight.archive.record.contents)
    return own.fold.report(
      RunReport.Origin(
        run: archive.id, world: contents.world.kind, toolVersion: contents.toolVersion,
        createdAt: archive.record.createdAt, createdBy: contents.createdBy,
        planPath: contents.planPath, plan: shownPlan(contents.planText, from: contents.planPath),
        head: archive.head),
      now: archive.time(now: now()), surroundings: sight.surroundings)
  }

  private func open(_ run: String) async throws -> Kept {
    let watch = try await RunWatch(run, at: desk)
    let archive = watch.sight.archive
    var fold = RunReportFold(graph: archive.graph.graph)
    try await desk.readHistory(of: archive) { try fold.take($0) }
    return Kept(watch: watch, fold: fold)
  }
}
