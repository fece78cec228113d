internal import HeapModule
import Synchronization

/// Simulated time: it moves when everybody sleeps, and wakes one sleeper at a time.
///
/// The executor says before each wait how many of its tasks are under way. When as many sleep, the
/// clock moves to the earliest instant that one of them sleeps for, and wakes that one alone: the lowest
/// rank first where several sleep for the same instant. So whatever order the tasks were scheduled in,
/// a run in simulated time takes the same course.
package final class VirtualClock: RunClock {
  /// A place in the order of waking.
  private struct Sleeper: Comparable {
    let until: Instant
    let rank: Int
    let ticket: Int

    static func < (left: Sleeper, right: Sleeper) -> Bool {
      (left.until, left.rank, left.ticket) < (right.until, right.rank, right.ticket)
    }
  }

  private struct State {
    var now: Instant
    /// Who sleeps, by ticket.
    var sleeping: [Int: CheckedContinuation<Void, Never>] = [:]
    /// The order in which they wake; whoever does not sleep any more is passed over.
    var order = Heap<Sleeper>()
    /// How many tasks must sleep before time moves; none are enough while the executor is at work.
    var children = Int.max
    var nextTicket = 0
    /// Tickets whose task was cancelled before it came to sleep.
    var cancelled: Set<Int> = []

    /// The sleeper to wake, where everybody sleeps; time then stands at its instant.
    mutating func next() -> CheckedContinuation<Void, Never>? {
      guard sleeping.count >= children else { return nil }
      while let sleeper = order.popMin() {
        guard let continuation = sleeping.removeValue(forKey: sleeper.ticket) else { continue }
        now = max(now, sleeper.until)
        return continuation
      }
      return nil
    }
  }

  /// Protects the whole state of the clock; continuations are resumed outside.
  private let state: Mutex<State>

  /// A clock that stands at `start`.
  package init(start: Instant) {
    state = Mutex(State(now: start))
  }

  package var isSimulated: Bool { true }

  package func now() -> Instant {
    state.withLock { $0.now }
  }

  package func awaiting(children: Int) {
    let woken = state.withLock { state in
      state.children = children
      return state.next()
    }
    woken?.resume()
  }

  package func arriving() {
    state.withLock { $0.children = .max }
  }

  package func sleep(until instant: Instant, rank: Int) async {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
          if state.cancelled.remove(ticket) != nil { return continuation }
          state.sleeping[ticket] = continuation
          state.order.insert(Sleeper(until: instant, rank: rank, ticket: ticket))
          return state.next()
        }
        woken?.resume()
      }
    } onCancel: {
      let woken = state.withLock { state -> CheckedContinuation<Void, Never>? in
        if let continuation = state.sleeping.removeValue(forKey: ticket) { return continuation }
        state.cancelled.insert(ticket)
        return nil
      }
      woken?.resume()
    }
    state.withLock { state in _ = state.cancelled.remove(ticket) }
  }
}
