package import Notifications
package import Reports
import RotationEngine
import RunStore

extension Newsroom {
  /// What the ledger of the check of exposures is called in the store; no destination can be.
  private static let exposureLedger = "check/exposure"

  /// What the check is called in a report.
  static let exposureName = "the check of exposures"

  /// Makes sure that the check of exposures has its ledger. What is open when it comes into the settings is told.
  ///
  /// - Throws: `StateError`
  func prepareExposure(_ check: NewsSettings.Check) async throws {
    try await begin(ledger: Self.exposureLedger) { _ in
      var ledger = NewsLedger()
      for entry in try await store.runs() {
        var position = NewsLedger.Position(at: entry.eventCount)
        // Nobody switches anything on in a run that is over.
        if check.worlds.contains(entry.world), entry.standing != .succeeded,
          entry.standing != .aborted
        {
          // One that cannot be read now is told from its first event on once it can be.
          guard let sight = try? await journals.look(at: entry, [:]) else { continue }
          position = ExposureRound.beginning(
            sight.reader.exposures(in: entry.world), through: sight.state.lastSequence)
        }
        ledger.positions[entry.id] = position
      }
      return ledger
    }
  }

  /// Tells the check of exposures what happened since, in order.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - entries: All runs.
  ///   - floors: Behind which event others want news, by run.
  ///   - settles: Whether the ledger is written also where nothing was told.
  /// - Returns: What came of it.
  /// - Throws: `StateError`, `FoldError`
  func tellExposures(
    _ check: NewsSettings.Check, _ entries: [RunEntry], floors: [String: Int], settles: Bool
  ) async throws -> Report {
    var unread: String?
    var report = try await keeping(
      ledger: Self.exposureLedger, of: Self.exposureName,
      isNeeded: { ledger in
        let trails = await self.trails(check, entries, floors, ledger, &unread)
        let isBehind = trails.contains { run, trail in
          trail.last - (ledger.positions[run]?.settled ?? 0) > (settles ? 0 : Self.slack)
        }
        return isBehind || !Self.due(trails, ledger).isEmpty
      },
      tell: { desk, report in
        let trails = await self.trails(check, entries, floors, desk.ledger, &unread)
        for due in Self.due(trails, desk.ledger) {
          var positions = desk.ledger.positions
          guard let call = ExposureRound.take(due, &positions, for: check) else {
            desk.ledger.positions = positions
            continue
          }
          let outcome = await self.courier.call(check, CheckCall(call))
          let told = positions
          let goesOn = try await desk.record(outcome, of: call.id) { $0.positions = told }
          guard goesOn, outcome.isDelivered else {
            if !outcome.isDelivered { report.failures[Self.exposureName] = outcome.words }
            return
          }
          report.delivered += 1
        }
        for (run, trail) in trails {
          desk.ledger.positions[run, default: .init()].settle(through: trail.last)
        }
      })
    if let unread, report.isClean { report.failures[Self.exposureName] = unread }
    return report
  }

  /// What happened in a run, up to which event.
  private struct Trail {
    let changes: [ExposureChange]
    let last: Int
  }

  /// The runs that the ledger is behind of: what is open in the others stands in it. A run that cannot be read keeps no
  /// other one from being told.
  private func trails(
    _ check: NewsSettings.Check, _ entries: [RunEntry], _ floors: [String: Int],
    _ ledger: NewsLedger, _ unread: inout String?
  ) async -> [String: Trail] {
    var trails: [String: Trail] = [:]
    for entry in entries where check.worlds.contains(entry.world) {
      guard ledger.positions[entry.id]?.settled ?? 0 < entry.eventCount else { continue }
      do {
        let sight = try await journals.look(at: entry, floors)
        trails[entry.id] = Trail(
          changes: sight.reader.exposures(in: entry.world), last: sight.state.lastSequence)
      } catch {
        unread = "The run \(entry.id) cannot be read: \(error)"
      }
    }
    return trails
  }

  private static func due(_ trails: [String: Trail], _ ledger: NewsLedger) -> [ExposureRound.Due] {
    ExposureRound.due(trails.mapValues(\.changes), behind: ledger.positions)
  }

  /// Calls a check without changing anything at it. Where the check of exposures is reached, what waits is tried again at
  /// once.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - site: The site whose check it is, where each has its own.
  ///   - isOfExposures: Whether it is that of exposures.
  /// - Returns: What came of it.
  /// - Throws: `StateError`, `FoldError`
  package func test(
    _ check: NewsSettings.Check, of site: String = "", isOfExposures: Bool
  ) async throws -> DeliveryOutcome {
    let now = holder.now()
    let outcome = await courier.call(
      check,
      CheckCall(
        .log, check: check.name(for: site), body: "This is a test, sent by `waltz notify test`."))
    guard isOfExposures else { return outcome }
    try await prepareExposure(check)
    try await note(
      outcome, of: "test/exposure/\(now.milliseconds)", ledger: Self.exposureLedger, at: now)
    return outcome
  }

  /// What came of an operator's word that verification is on again at a site.
  package enum Closing: Sendable, Equatable {
    /// The check was told that nothing is open any more.
    case told

    /// It is noted, and the check is told once nothing is open in these sites any more.
    case noted(stillOpen: [String])

    /// No run that is over left it open; a run that goes on, or can, closes it itself.
    case notLeft(run: String?)

    /// The check was not reached, and nothing is noted.
    case failed(String)
  }

  /// Takes a site off what is open that a run left so which is over: a person switched verification on by hand.
  ///
  /// - Parameters:
  ///   - site: The site.
  ///   - check: The check of exposures.
  /// - Returns: What came of it.
  /// - Throws: `StateError`, `FoldError`
  package func close(_ site: String, _ check: NewsSettings.Check) async throws -> Closing {
    let now = holder.now()
    try await prepare()
    guard var desk = try await claim(ledger: Self.exposureLedger, at: now) else {
      return .failed("Another process tells it something at this moment.")
    }
    let closing = try await close(site, check, &desk)
    try await desk.giveBack()
    return closing
  }

  private func close(
    _ site: String, _ check: NewsSettings.Check, _ desk: inout LedgerDesk
  ) async throws -> Closing {
    let open = ExposureRound.sites(in: desk.ledger.positions).filter { $0.site == site }
    guard !open.isEmpty, open.allSatisfy(\.isLeft) else {
      return .notLeft(run: open.first { !$0.isLeft }?.run)
    }
    var positions = desk.ledger.positions
    let id = "closed/\(site)/\(holder.now().milliseconds)"
    guard let call = ExposureRound.close(site, by: id, &positions, for: check) else {
      desk.ledger.positions = positions
      let name = check.name(for: site)
      return .noted(
        stillOpen: ExposureRound.sites(in: positions).map(\.site)
          .filter { check.name(for: $0) == name })
    }
    let outcome = await courier.call(check, CheckCall(call))
    let told = positions
    _ = try await desk.record(outcome, of: id) { $0.positions = told }
    return outcome.isDelivered ? .told : .failed(outcome.words)
  }

  /// What the check of exposures was told, and how much waits; nil where there is none. Nothing is sent or written.
  ///
  /// - Throws: `StateError`, `FoldError`
  package func exposureStanding() async throws -> DestinationsTable.Check? {
    guard let check = settings.exposure else { return nil }
    let kept = try await store.ledger(of: Self.exposureLedger).flatMap { NewsLedger($0) }
    guard let kept else { return .init(.init(name: "exposure", ledger: .init(), waiting: 0), []) }
    var unread: String?
    let trails = await trails(check, try await store.runs(), [:], kept, &unread)
    var (positions, waiting) = (kept.positions, 0)
    for due in Self.due(trails, kept) where ExposureRound.take(due, &positions, for: check) != nil {
      waiting += 1
    }
    return .init(
      .init(name: "exposure", ledger: kept, waiting: waiting), ExposureRound.sites(in: positions))
  }
}

extension CheckCall {
  /// What a check is told of an exposure, as healthchecks has it: a start, and a success.
  fileprivate init(_ call: ExposureRound.Call) {
    self.init(
      call.hasBegun ? .start : .success, pair: Self.pair(of: "\(call.start) \(call.check)"),
      check: call.check,
      body: "\(call.id): certificate verification is "
        + (call.hasBegun ? "switched off at \(call.site)." : "on at \(call.site)")
        + (call.hasBegun
          ? "" : call.check.isEmpty ? ", and no other site has it off." : " again.")
    )
  }
}
