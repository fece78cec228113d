package import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
package import RunStore

/// Reads journals, and has told what there is to tell: to each destination, in order, until it has it.
///
/// The journal is the outbox. What was told stands in a ledger of each destination in the store and is written after
/// each letter that arrived: who is killed in between has it told again, under the same id. Nothing of a run waits for
/// any of this.
package final class Newsroom: Sendable {
  /// What came of a round.
  package struct Report: Sendable, Equatable {
    /// Letters that arrived.
    package var delivered = 0

    /// Destinations that did not take something, with why; it is tried again later.
    package var failures: [String: String] = [:]

    /// Destinations that something else tells at this moment.
    package var held: [String] = []

    package var isClean: Bool { failures.isEmpty }
  }

  /// How far a destination may be behind its ledger before that is written for its own sake.
  static let slack = 1_000

  /// How long a ledger is claimed: longer than one letter takes.
  static let claim: Duration = .seconds(120)

  let store: any Store
  let settings: NewsSettings
  let courier: Courier
  let holder: LeaseHolder
  let claimant: String
  let journals: JournalFollower

  /// A newsroom.
  ///
  /// - Parameters:
  ///   - store: The runs, open for writing.
  ///   - settings: Who is told what.
  ///   - courier: Takes letters to destinations.
  ///   - holder: Who looks, and real time.
  ///   - claimant: What nobody else is called, in this process or another.
  package init(
    _ store: any Store, _ settings: NewsSettings, _ courier: Courier, holder: LeaseHolder,
    claimant: String
  ) {
    self.store = store
    self.settings = settings
    self.courier = courier
    self.holder = holder
    self.claimant = claimant
    journals = JournalFollower(
      store, holder: holder,
      budgets: (settings.verificationOffBudget, settings.replicationBrokenBudget))
  }

  /// Makes sure that every destination has its ledger: what happened before it was there is no news to it.
  ///
  /// - Throws: `StateError`
  package func prepare() async throws {
    if let exposure = settings.exposure { try await prepareExposure(exposure) }
    for destination in settings.destinations {
      try await begin(ledger: destination.name) { now in
        var ledger = NewsLedger()
        for entry in try await store.runs() {
          ledger.positions[entry.id] = .init(at: entry.eventCount)
        }
        ledger.lastDigest = NewsRound.dayBeforeFirstDigest(
          at: now.milliseconds / 1_000, settings)
        return ledger
      }
    }
  }

  /// Has told what is due now, to all destinations side by side.
  ///
  /// - Parameters:
  ///   - run: The run that is looked at; nil for all.
  ///   - settles: Whether ledgers are written also where nothing was told.
  /// - Returns: What came of it.
  /// - Throws: `StateError`, `RunError`
  @discardableResult
  package func round(of run: String? = nil, settles: Bool = true) async throws -> Report {
    try await prepare()
    let entries = Array(try await store.runs().reversed())
    let watched = entries.filter { run == nil || $0.id == run }
    let floors = try await floors()
    return await withTaskGroup(of: Told.self) { group in
      for destination in settings.destinations {
        let round = Round(
          destination: destination, watched: watched, entries: entries, floors: floors,
          settles: settles)
        group.addTask { await Told(destination.name) { try await self.tell(round) } }
      }
      if let exposure = settings.exposure {
        group.addTask {
          await Told(Self.exposureName) {
            try await self.tellExposures(exposure, entries, floors: floors, settles: settles)
          }
        }
      }
      var report = Report()
      for await told in group {
        switch told.result {
        case .success(let part):
          report.delivered += part.delivered
          report.failures.merge(part.failures) { first, _ in first }
          report.held += part.held
        case .failure(let error): report.failures[told.name] = "\(error)"
        }
      }
      return report
    }
  }

  /// What came of one reader of the journals in one round.
  private struct Told: Sendable {
    let name: String
    let result: Result<Report, any Error>

    init(_ name: String, _ tell: () async throws -> Report) async {
      self.name = name
      do { result = .success(try await tell()) } catch { result = .failure(error) }
    }
  }

  /// How far the destination is that is farthest behind, by run.
  private func floors() async throws -> [String: Int] {
    var floors: [String: Int] = [:]
    for destination in settings.destinations {
      let ledger = try await store.ledger(of: destination.name).flatMap { NewsLedger($0) }
      for (run, position) in ledger?.positions ?? [:] {
        floors[run] = min(floors[run] ?? .max, position.settled)
      }
    }
    return floors
  }

  /// What one destination is told in one round.
  private struct Round {
    let destination: NewsSettings.Destination
    /// The runs that are looked at.
    let watched: [RunEntry]
    /// All runs, for the digest.
    let entries: [RunEntry]
    let floors: [String: Int]
    let settles: Bool
  }

  // MARK: - One destination

  private func tell(_ round: Round) async throws -> Report {
    try await keeping(
      ledger: round.destination.name, isNeeded: { try await self.isNeeded(round, by: $0) },
      tell: { try await self.tell(round, &$0, &$1) })
  }

  /// Makes a ledger where there is none.
  ///
  /// - Parameters:
  ///   - name: What the ledger is called in the store.
  ///   - make: What stands in it at first, at this time.
  /// - Throws: `StateError`, and what the closure throws
  func begin(
    ledger name: String, _ make: (Instant) async throws -> NewsLedger
  ) async throws {
    let now = holder.now()
    guard try await store.ledger(of: name) == nil,
      case .claimed(nil) = try await store.claimLedger(
        of: name, by: claimant, at: now, until: now + Self.claim)
    else { return }
    _ = try await store.keepLedger(try await make(now).bytes, of: name, by: claimant, until: nil)
  }

  /// Claims a ledger.
  ///
  /// - Parameters:
  ///   - name: What the ledger is called in the store.
  ///   - now: The time.
  ///   - kept: What stands in it where that cannot be read.
  /// - Returns: The ledger; nil where somebody else has it.
  /// - Throws: `StateError`
  func claim(
    ledger name: String, at now: Instant, otherwise kept: NewsLedger = NewsLedger()
  ) async throws -> LedgerDesk? {
    guard
      case .claimed(let bytes) = try await store.claimLedger(
        of: name, by: claimant, at: now, until: now + Self.claim)
    else { return nil }
    return LedgerDesk(
      store: store, destination: name, claimant: claimant,
      ledger: bytes.flatMap { NewsLedger($0) } ?? kept, claim: Self.claim, holder: holder)
  }

  /// Writes down what came of something that is not due; where somebody else has the ledger, it is not written.
  ///
  /// - Parameters:
  ///   - outcome: What came of it.
  ///   - id: Its id.
  ///   - name: What the ledger is called in the store.
  ///   - now: When it was begun.
  /// - Throws: `StateError`
  func note(
    _ outcome: DeliveryOutcome, of id: String, ledger name: String, at now: Instant
  ) async throws {
    guard var desk = try await claim(ledger: name, at: now) else { return }
    desk.ledger.record(outcome, of: id, at: holder.now())
    try await desk.giveBack()
  }

  /// Claims a ledger where something is due by it, for as long as that is told.
  ///
  /// - Parameters:
  ///   - name: What the ledger is called in the store.
  ///   - reader: What its reader is called in the report; nil for the same.
  ///   - isNeeded: Whether there is something to tell or to write. Where nothing is due, nothing is written.
  ///   - tell: Tells it.
  /// - Returns: What came of it.
  /// - Throws: `StateError`, and what the closures throw
  func keeping(
    ledger name: String, of reader: String? = nil,
    isNeeded: (NewsLedger) async throws -> Bool,
    tell: (inout LedgerDesk, inout Report) async throws -> Void
  ) async throws -> Report {
    var report = Report()
    let (reader, now) = (reader ?? name, holder.now())
    guard let kept = try await store.ledger(of: name).flatMap({ NewsLedger($0) }) else {
      return report
    }
    guard kept.isOpen(at: now) else {
      report.failures[reader] = kept.attempts.last?.outcome ?? "It is not asked for now."
      return report
    }
    guard try await isNeeded(kept) else { return report }
    guard var desk = try await claim(ledger: name, at: now, otherwise: kept) else {
      report.held = [reader]
      return report
    }
    do {
      if desk.ledger.isOpen(at: now) { try await tell(&desk, &report) }
    } catch {
      try await desk.giveBack()
      throw error
    }
    try await desk.giveBack()
    return report
  }

  private func isNeeded(_ round: Round, by ledger: NewsLedger) async throws -> Bool {
    for entry in round.watched where isOpen(entry, round, ledger) {
      let position = ledger.positions[entry.id] ?? .init()
      let sight = try await journals.look(at: entry, round.floors)
      if !due(sight, round, position).isEmpty { return true }
      let behind = sight.state.lastSequence - position.settled
      if behind > (round.settles ? 0 : Self.slack) { return true }
      if sight.state.status.isEnded, !position.told.isEmpty { return true }
    }
    return round.destination.hasDigest
      && NewsRound.digest(
        at: holder.now().milliseconds / 1_000, settings, last: ledger.lastDigest) != nil
  }

  /// Whether there may be something to tell of a run: not where all was told of one that has ended.
  private func isOpen(_ entry: RunEntry, _ round: Round, _ ledger: NewsLedger) -> Bool {
    guard round.destination.worlds.contains(entry.world) else { return false }
    let position = ledger.positions[entry.id] ?? .init()
    return position.settled < entry.eventCount || !position.told.isEmpty
      || entry.standing == .unfinished
  }

  /// How much is due to a destination and was not told.
  func waiting(
    for destination: NewsSettings.Destination, _ ledger: NewsLedger
  ) async throws -> Int {
    let entries = try await store.runs()
    let round = Round(
      destination: destination, watched: entries, entries: entries, floors: try await floors(),
      settles: false)
    var count = 0
    for entry in entries where isOpen(entry, round, ledger) {
      let sight = try await journals.look(at: entry, round.floors)
      count += due(sight, round, ledger.positions[entry.id] ?? .init()).count
    }
    return count
  }

  private func due(
    _ sight: JournalSight, _ round: Round, _ position: NewsLedger.Position
  ) -> [NewsRound.Due] {
    NewsRound.due(
      sight.events.map(\.news), sight.standing, to: round.destination, from: position,
      isQuiet: settings.isQuiet(at: holder.now().milliseconds / 1_000))
  }

  private func tell(
    _ round: Round, _ desk: inout LedgerDesk, _ report: inout Report
  ) async throws {
    for entry in round.watched where isOpen(entry, round, desk.ledger) {
      let position = desk.ledger.positions[entry.id] ?? .init()
      let sight = try await journals.look(at: entry, round.floors)
      for item in due(sight, round, position) {
        let known = sight.events.first { $0.news.id == item.news.id }?.letter
        var letter = known
        if letter == nil {
          letter = NewsLetter(
            item.news, sight.state, at: sight.now, world: entry.world,
            surroundings: sight.surroundings,
            head: try await store.head(of: entry.id, at: item.news.sequence))
        }
        guard let letter else { continue }
        let outcome = await courier.deliver(letter, to: round.destination)
        let told = item.told(desk.ledger.positions[entry.id] ?? position)
        let goesOn = try await desk.record(outcome, of: item.news.id) {
          $0.positions[entry.id] = told
        }
        guard goesOn, outcome.isDelivered else {
          if !outcome.isDelivered { report.failures[round.destination.name] = outcome.words }
          return
        }
        report.delivered += 1
      }
      desk.ledger.positions[entry.id] = NewsRound.settled(
        desk.ledger.positions[entry.id] ?? position, through: sight.state.lastSequence,
        hasEnded: sight.state.status.isEnded,
        isQuiet: settings.isQuiet(at: holder.now().milliseconds / 1_000))
    }
    if round.destination.hasDigest { try await tellDigest(round, &desk, &report) }
  }

  private func tellDigest(
    _ round: Round, _ desk: inout LedgerDesk, _ report: inout Report
  ) async throws {
    let (now, destination) = (holder.now(), round.destination)
    guard
      let day = NewsRound.digest(
        at: now.milliseconds / 1_000, settings, last: desk.ledger.lastDigest)
    else { return }
    var runs: [DigestedRun] = []
    for entry in round.entries where destination.worlds.contains(entry.world) {
      let isOver = entry.standing == .succeeded || entry.standing == .aborted
      // An end is told in the next digest, and no more.
      if isOver, let at = entry.lastAt, now - at > .days(1) { continue }
      let sight = try await journals.look(at: entry, round.floors)
      runs.append(
        DigestedRun(
          sight.reader, world: entry.world, now: sight.now, surroundings: sight.surroundings,
          head: try await store.head(of: entry.id, at: sight.state.lastSequence)))
    }
    guard !runs.isEmpty else {
      desk.ledger.lastDigest = day
      return
    }
    let letter = NewsLetter.digest(of: Self.date(day), runs, at: now) {
      destination.newsClass(of: $0) != .off
    }
    let outcome = await courier.deliver(letter, to: destination)
    if outcome.isDelivered {
      desk.ledger.lastDigest = day
      report.delivered += 1
    } else {
      report.failures[destination.name] = outcome.words
    }
    _ = try await desk.record(outcome, of: letter.id)
  }

  /// `2026-11-29`.
  private static func date(_ day: Int64) -> String {
    String(Instant(milliseconds: day * 86_400_000).description.prefix(10))
  }
}
