package import RotationEngine

/// What of the last day a digest speaks of.
package struct NewsTrail: Sendable {
  /// One count of a wait.
  private struct Count {
    let at: Instant
    let adopted: Int
    let denominator: Int
  }

  private struct Done {
    let step: Int
    let at: Instant
  }

  /// Forgets what is old, but not at every call.
  private static func prune<Element>(
    _ list: inout [Element], at now: Instant, _ time: (Element) -> Instant
  ) {
    guard let first = list.first, now - time(first) > length * 2 else { return }
    list.removeAll { now - time($0) > length }
  }

  /// For how long something is kept: a day, and as long as a digest may be late.
  private static let length: Duration = .seconds(48 * 3_600)

  private var recent: [News] = []
  private var counts: [Int: [Count]] = [:]
  private var done: [Done] = []
  private var ends: [(at: Instant, median: Instant)] = []

  init() {}

  mutating func add(_ news: News) {
    recent.append(news)
    Self.prune(&recent, at: news.since, { $0.since })
  }

  mutating func note(_ event: RunEvent, _ state: RunState) {
    switch event.kind {
    case .waitSampled(let step, _, .counted(let count)):
      if let median = count.runForecast?.ends?.median {
        ends.append((event.at, median))
        Self.prune(&ends, at: event.at, { $0.at })
      }
      guard let progress = state.waits[step], let last = progress.lastCount else { return }
      // One an hour is enough to look a day back.
      if let before = counts[step]?.last, event.at - before.at < .seconds(3_600) { return }
      counts[step, default: []].append(
        Count(at: event.at, adopted: last.adopted, denominator: progress.denominator))
      Self.prune(&counts[step, default: []], at: event.at, { $0.at })
    case .stepSucceeded(let step, _, _):
      done.append(Done(step: step, at: event.at))
      Self.prune(&done, at: event.at, { $0.at })
    default: break
    }
  }

  /// The news of events since an instant, oldest first.
  package func news(since instant: Instant) -> [News] { recent.filter { $0.since > instant } }

  /// The steps that succeeded since an instant, in that order.
  package func done(since instant: Instant) -> [Int] {
    done.filter { $0.at > instant }.map(\.step)
  }

  /// When the run was forecast to end in the middle case, by the last forecast at an instant; nil where there was none.
  package func forecastEnd(at instant: Instant) -> Instant? {
    ends.last { $0.at <= instant }?.median
  }

  /// How many clients of a wait had adopted at an instant; nil where it was not counted until then.
  package func adopted(of step: Int, at instant: Instant) -> (adopted: Int, denominator: Int)? {
    counts[step]?.last { $0.at <= instant }.map { ($0.adopted, $0.denominator) }
  }
}
