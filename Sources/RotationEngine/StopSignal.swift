import Synchronization

/// Ends one task of a group before its time, which a task group by itself cannot.
final class StopSignal: Sendable {
  /// A task that is under way. The runtime allows to cancel it from anywhere as long as it lives, and
  /// ``StopSignal/cancelling(_:)`` takes it out of the signal before it ends: hence the promise.
  private struct Running: @unchecked Sendable {
    let task: UnsafeCurrentTask
  }

  private enum State {
    case idle
    case running(Running)
    case fired
  }

  /// Protects who runs and whether it fired.
  private let state = Mutex(State.idle)

  /// Cancels the task, now or as soon as it comes to its work; calling it again does nothing.
  func fire() {
    state.withLock { state in
      if case .running(let running) = state { running.task.cancel() }
      state = .fired
    }
  }

  /// Runs `body`; when the signal fires, the task that it is called in is cancelled.
  func cancelling<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
    await withUnsafeCurrentTask { task in
      if let task {
        let running = Running(task: task)
        state.withLock { state in
          if case .fired = state { running.task.cancel() } else { state = .running(running) }
        }
      }
      let value = await body()
      state.withLock { state in
        if case .running = state { state = .idle }
      }
      return value
    }
  }
}
