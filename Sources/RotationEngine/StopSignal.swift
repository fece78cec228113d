import Synchronization

/// Ends one task of a group before its time, which a task group by itself can not.
final class StopSignal: Sendable {
  private enum State {
    case idle
    case awaited(CheckedContinuation<Void, Never>)
    case fired
  }

  /// Protects who waits and whether it fired.
  private let state = Mutex(State.idle)

  /// Ends the wait; calling it again does nothing.
  func fire() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      defer { state = .fired }
      if case .awaited(let continuation) = state { return continuation }
      return nil
    }
    waiting?.resume()
  }

  /// Runs `body`; when the signal fires, `body` is cancelled.
  func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async -> Value
  ) async -> Value {
    await withTaskGroup(of: Value?.self) { group in
      group.addTask { await body() }
      group.addTask {
        await self.fired()
        return nil
      }
      var result: Value?
      while result == nil, let next = await group.next() {
        if let next {
          result = next
        } else {
          group.cancelAll()
        }
      }
      group.cancelAll()
      guard let result else { preconditionFailure("the body of a task always returns") }
      return result
    }
  }

  private func fired() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let hasFired = state.withLock { state -> Bool in
          if case .fired = state { return true }
          state = .awaited(continuation)
          return false
        }
        if hasFired { continuation.resume() }
      }
    } onCancel: {
      fire()
    }
  }
}
