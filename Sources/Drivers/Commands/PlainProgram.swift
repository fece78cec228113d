/// A program that is told something, and carries out no step: it reads what it is told from standard input.
///
/// As a command of a plan it is an argument vector in a session of its own, with few variables, bounded in time.
package struct PlainProgram: Sendable {
  /// How it ended.
  package enum End: Sendable, Equatable {
    /// By itself, with this status.
    case exited(Int)

    /// In any other way; a sentence.
    case failed(String)
  }

  private let runner: ProgramRunner

  /// Programs that are started in a folder.
  ///
  /// - Parameters:
  ///   - variables: The environment, of which they inherit what commands do.
  ///   - folder: Absolute.
  package init(variables: [String: String], folder: String) {
    runner = ProgramRunner(
      variables: variables, folder: folder, bounds: .init(head: 1 << 10, tail: 4 << 10))
  }

  /// Runs a program to its end, or to the end of its time.
  package func run(
    _ arguments: [String], input: [UInt8], within limit: Duration
  ) async -> End {
    guard let program = arguments.first else { return .failed("There is no program.") }
    let report = await runner.run(
      ProgramInvocation(
        program: program, arguments: Array(arguments.dropFirst()), document: input),
      within: limit)
    switch report.end {
    case .exited(let status): return .exited(status)
    case .signalled(let number): return .failed("The program was ended by signal \(number).")
    case .timedOut(let limit):
      return .failed("The program did not end within \(limit.components.seconds) s.")
    case .cancelled: return .failed("The program was broken off.")
    case .notStarted(let words): return .failed(words)
    case .lost: return .failed("What became of the program cannot be told.")
    }
  }
}
