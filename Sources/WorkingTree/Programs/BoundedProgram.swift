import Subprocess

/// A program of the system that answers within a time, or is ended.
enum BoundedProgram {
  /// What came of it.
  ///
  /// - Parameters:
  ///   - program: Its name, for messages.
  ///   - patience: How long it may take.
  ///   - start: Starts it and waits for its end; ends it when its task is cancelled.
  /// - Returns: What `start` came to.
  /// - Throws: ``WorkspaceError``
  static func answer<Answer: Sendable>(
    of program: String, within patience: Duration,
    _ start: @escaping @Sendable () async -> Result<Answer, WorkspaceError>
  ) async throws(WorkspaceError) -> Answer {
    let answer = await withTaskGroup(of: Result<Answer, WorkspaceError>.self) { group in
      group.addTask { await start() }
      group.addTask {
        // Cancelled when the program ends first; then nobody looks at the answer.
        try? await Task.sleep(for: patience)
        return .failure(
          WorkspaceError(.environment, "\(program) did not answer within \(patience)."))
      }
      let first = await group.next()
      group.cancelAll()
      return first
    }
    guard let answer else { throw WorkspaceError(.environment, "\(program) did not answer.") }
    return try answer.get()
  }
}

extension TerminationStatus {
  /// The status as a shell has it.
  var shellStatus: Int32 {
    switch self {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  }
}
