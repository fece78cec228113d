import Synchronization

/// Simulated time: it moves when everybody sleeps, and wakes one sleeper at a time.
///
/// The executor says before each wait how many of its tasks are under way. When as many sleep, the
/// clock moves to the earliest instant that one of them sleeps for, and wakes that one alone: the lowest
/// rank first where several sleep for the same instant. So whatever order the tasks were scheduled in,
/// a run in simulated time takes the same course.
public final class VirtualClock: RunClock {
  private struct Sleeper {
    let ticket: Int
    let until: Instant
    let rank: Int
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Instant
    var sleepers: [Sleeper] = []
    /// How many tasks must sleep before time moves; none are enough while the executor is at work.
    var children = Int.max
    var nextTicket = 0
    /// Tickets whose task was cancelled before it came to sleep.
    var cancelled: Set<Int> = []

    /// The sleeper to wake, where everybody sleeps; time then stands at its instant.
    mutating func next() -> CheckedContinuation<Void, Never>? {
      guard !sleepers.isEmpty, sleepers.count >= children else { return nil }
      var first = sleepers.startIndex
      for index in sleepers.indices {
        let (one, other) = (sleepers[index], sleepers[first])
        if (one.until, one.rank, one.ticket) < (other.until, other.rank, other.ticket) {
          first = index
        }
      }
      let sleeper = sleepers.remove(at: first)
      now = max(now, sleeper.until)
      return sleeper.continuation
    }
  }

  /// Protects the whole state of the clock; continuations are resumed outside.
  private let state: Mutex<State>

  /// A clock that stands at `start`.
  public init(start: Instant) {
    state = Mutex(State(now: start))
  }

  public var isSimulated: Bool { true }

  public func now() -> Instant {
    state.withLock { $0.now }
  }

  public func awaiting(children: Int) {
    let woken = state.withLock { state in
      state.children = children
      return state.next()
    }
    woken?.resume()
  }

  public func arriving() {
    state.withLock { $0.children = .max }
  }

  public func sleep(until instant: Instant, rank: Int) async {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
          if state.cancelled.remove(ticket) != nil { return continuation }
          state.sleepers.append(
            Sleeper(ticket: ticket, until: instant, rank: rank, continuation: continuation))
          return state.next()
        }
        woken?.resume()
      }
    } onCancel: {
      let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
        guard let index = state.sleepers.firstIndex(where: { $0.ticket == ticket }) else {
          state.cancelled.insert(ticket)
          return nil
        }
        return state.sleepers.remove(at: index).continuation
      }
      woken?.resume()
    }
    state.withLock { state in _ = state.cancelled.remove(ticket) }
  }
}
