import Notifications
import PlanModel
import Reports
import RotationEngine
import RotationGraph
import RunStore
import Synchronization

/// What there is to tell of a run, as a look at its journal found it.
struct JournalSight {
  let reader: NewsReader

  /// The news of events, with the letters as the run stood then.
  let events: [(news: News, letter: NewsLetter)]

  /// What the clock makes news.
  let standing: [News]

  /// The time by the run's clock.
  let now: Instant

  let surroundings: RunSurroundings

  var state: RunState { reader.state }
}

/// Reads journals on from look to look, each event once.
final class JournalFollower: Sendable {
  /// A run as far as it was read.
  private struct Followed {
    var reader: NewsReader
    let codec: EventCodec
    /// Behind this event its news are here.
    let floor: Int
    var events: [(news: News, letter: NewsLetter)] = []
  }

  private let store: any Store
  private let holder: LeaseHolder
  private let budgets: (verificationOff: Duration, replicationBroken: Duration)
  private let followed = Mutex<[String: Followed]>([:])

  /// A follower of the runs of a store.
  ///
  /// - Parameters:
  ///   - store: The runs.
  ///   - holder: Who looks, and real time.
  ///   - budgets: For how long something may be open before it is news.
  init(
    _ store: any Store, holder: LeaseHolder,
    budgets: (verificationOff: Duration, replicationBroken: Duration)
  ) {
    self.store = store
    self.holder = holder
    self.budgets = budgets
  }

  /// Reads on in a run's journal from where the last look ended.
  ///
  /// - Parameters:
  ///   - entry: The run.
  ///   - floors: Behind which event news are wanted, by run; 0 where it is not named.
  /// - Returns: What was found.
  /// - Throws: `StateError`, `FoldError`
  func look(at entry: RunEntry, _ floors: [String: Int]) async throws -> JournalSight {
    let floor = floors[entry.id] ?? 0
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
    return JournalSight(
      reader: current.reader, events: current.events,
      standing: current.reader.standing(
        at: now, budgets: budgets, executor: surroundings.executor),
      now: now, surroundings: surroundings)
  }
}
