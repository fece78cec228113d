package import Notifications
import PlanModel
import PlanText
import Reports
import RotationEngine
import RotationGraph
package import RunStore
import Synchronization

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

  /// A run as the newsroom goes through it.
  private struct Followed {
    var reader: NewsReader
    let codec: EventCodec
    /// Behind this event its news are here.
    let floor: Int
    /// The news of events, with the letters as the run stood then.
    var events: [(news: News, letter: NewsLetter)] = []
  }

  /// How far a destination may be behind its ledger before that is written for its own sake.
  private static let slack = 1_000

  /// How long a ledger is claimed: longer than one letter takes.
  static let claim: Duration = .seconds(120)

  let store: any Store
  let settings: NewsSettings
  let courier: Courier
  let holder: LeaseHolder
  let claimant: String
  private let followed = Mutex<[String: Followed]>([:])

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
  }

  /// Makes sure that every destination has its ledger: what happened before it was there is no news to it.
  ///
  /// - Throws: `StateError`
  package func prepare() async throws {
    for destination in settings.destinations {
      let now = holder.now()
      guard try await store.ledger(of: destination.name) == nil,
        case .claimed(nil) = try await store.claimLedger(
          of: destination.name, by: claimant, at: now, until: now + Self.claim)
      else { continue }
      var ledger = NewsLedger()
      for entry in try await store.runs() {
        ledger.positions[entry.id] = .init(at: entry.eventCount)
      }
      ledger.lastDigest = NewsRound.dayBeforeFirstDigest(
        at: now.milliseconds / 1_000, settings)
      _ = try await store.keepLedger(
        ledger.bytes, of: destination.name, by: claimant, until: nil)
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
    return await withTaskGroup(of: (String, Result<Report, any Error>).self) { group in
      for destination in settings.destinations {
        group.addTask {
          do {
            let round = Round(
              destination: destination, watched: watched, entries: entries, floors: floors,
              settles: settles)
            return (destination.name, .success(try await self.tell(round)))
          } catch {
            return (destination.name, .failure(error))
          }
        }
      }
      var report = Report()
      for await (name, result) in group {
        switch result {
        case .success(let part):
          report.delivered += part.delivered
          report.failures.merge(part.failures) { first, _ in first }
          report.held += part.held
        case .failure(let error): report.failures[name] = "\(error)"
        }
      }
      return report
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
    var report = Report()
    let (name, now) = (round.destination.name, holder.now())
    guard let kept = try await store.ledger(of: name).flatMap({ NewsLedger($0) }) else {
      return report
    }
    guard kept.isOpen(at: now) else {
      report.failures[name] = kept.attempts.last?.outcome ?? "It is not asked for now."
      return report
    }
    // Where nothing is due, nothing is written.
    guard try await isNeeded(round, by: kept) else { return report }
    guard
      case .claimed(let bytes) = try await store.claimLedger(
        of: name, by: claimant, at: now, until: now + Self.claim)
    else {
      report.held = [name]
      return report
    }
    var desk = LedgerDesk(
      store: store, destination: name, claimant: claimant,
      ledger: bytes.flatMap { NewsLedger($0) } ?? kept, claim: Self.claim, holder: holder)
    do {
      if desk.ledger.isOpen(at: now) { try await tell(round, &desk, &report) }
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
      let sight = try await look(at: entry, round)
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
      let sight = try await look(at: entry, round)
      count += due(sight, round, ledger.positions[entry.id] ?? .init()).count
    }
    return count
  }

  private func due(
    _ sight: Sight, _ round: Round, _ position: NewsLedger.Position
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
      let sight = try await look(at: entry, round)
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
        let goesOn = try await desk.record(outcome, of: item.news.id, run: entry.id, at: told)
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
      let sight = try await look(at: entry, round)
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

  // MARK: - One run

  private struct Sight {
    let reader: NewsReader
    let events: [(news: News, letter: NewsLetter)]
    let standing: [News]
    let now: Instant
    let surroundings: RunSurroundings
    var state: RunState { reader.state }
  }

  /// Reads on in a run's journal from where the last look ended.
  private func look(at entry: RunEntry, _ round: Round) async throws -> Sight {
    let floor = round.floors[entry.id] ?? 0
    var current: Followed
    // What somebody was not told yet that others were is read again.
    if let known = followed.withLock({ $0[entry.id] }), known.floor <= floor {
      current = known
    } else {
      let graph = try SealedGraph(canonicalBytes: try await store.run(entry.id).contents.graph)
      current = Followed(
        reader: NewsReader(run: entry.id, graph: graph.graph),
        codec: EventCodec(run: entry.id, graph: graph.graph), floor: floor)
    }
    let surroundings = RunSurroundings(
      executor: entry.executor(
        seenBy: holder, hasEnded: current.reader.state.status.isEnded), commands: store.commands)
    var next = current.reader.state.lastSequence + 1
    while true {
      let page = try await store.events(of: entry.id, from: next, limit: 1_024)
      for encoded in page {
        guard
          let news = try current.reader.take(
            try current.codec.decode(encoded.bytes)),
          news.sequence > current.floor
        else { continue }
        let letter = NewsLetter(
          news, current.reader.state, at: news.since, world: entry.world,
          surroundings: RunSurroundings(commands: store.commands),
          head: try await store.head(of: entry.id, at: news.sequence))
        current.events.append((news, letter))
      }
      guard page.count == 1_024, let last = page.last else { break }
      next = last.sequence + 1
    }
    let now = entry.world == "real" ? holder.now() : current.reader.state.lastAt ?? holder.now()
    let seen = current
    followed.withLock { $0[entry.id] = seen }
    return Sight(
      reader: current.reader, events: current.events,
      standing: current.reader.standing(
        at: now,
        budgets: (settings.verificationOffBudget, settings.replicationBrokenBudget),
        executor: surroundings.executor), now: now, surroundings: surroundings)
  }
}
