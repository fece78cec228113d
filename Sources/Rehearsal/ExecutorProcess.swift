import Subprocess
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A `waltz run` or `waltz resume` of its own process: what a kill ends is the whole of it, as a power cut would, and what it
/// started goes on.
final class ExecutorProcess: Sendable {
  /// How it ended.
  enum End: Sendable, Equatable {
    case exited(Int32)
    case signalled(Int32)

    /// It could not be started, or nobody can tell how it ended.
    case lost(String)
  }

  private struct Held: Sendable {
    var identifier: pid_t?
    var isDoomed = false
    var end: End?
  }

  // Protects the number of the process, which comes when it was started and is nobody's any more once it has ended.
  private let held = Mutex(Held())

  /// Starts a process.
  ///
  /// - Parameters:
  ///   - words: The program, absolute or to be found on `PATH`, and its arguments.
  ///   - folder: Where it is started.
  ///   - log: The file that gets what it says.
  init(_ words: [String], in folder: String, log: String) {
    Task {
      let end = await run(words, in: folder, log: log)
      held.withLock { held in
        held.identifier = nil
        held.end = end
      }
    }
  }

  /// How it ended; nil while it goes on.
  var end: End? { held.withLock { $0.end } }

  /// Ends it at once, with nothing said and nothing written.
  func kill() { send(SIGKILL, isLast: true) }

  /// Asks it to let its running steps end, and to go.
  func stop() { send(SIGTERM, isLast: false) }

  private func send(_ signal: Int32, isLast: Bool) {
    held.withLock { held in
      if isLast { held.isDoomed = true }
      if let identifier = held.identifier { systemKill(identifier, signal) }
    }
  }

  private func run(_ words: [String], in folder: String, log: String) async -> End {
    guard let program = words.first else { return .lost("There is no program.") }
    var options = PlatformOptions()
    // The terminal's signals are the rehearsal's: it asks the executor to stop.
    options.createSession = true
    do {
      let file = try FileDescriptor.open(
        FilePath(log), .writeOnly, options: [.append, .create], permissions: .ownerReadWrite)
      let result = try await Subprocess.run(
        program.contains("/") ? .path(FilePath(program)) : .name(program),
        arguments: Arguments(Array(words.dropFirst())), workingDirectory: FilePath(folder),
        platformOptions: options, input: .none, output: .discarded,
        error: .fileDescriptor(file, closeAfterSpawningProcess: true)
      ) { execution in
        held.withLock { held in
          held.identifier = execution.processIdentifier.value
          if held.isDoomed { systemKill(execution.processIdentifier.value, SIGKILL) }
        }
      }
      return switch result.terminationStatus {
      case .exited(let status): .exited(status)
      case .signaled(let signal): .signalled(signal)
      }
    } catch {
      return .lost("\(program) cannot be started: \(error)")
    }
  }
}

/// The call of the system, where a method has its name.
private func systemKill(_ process: pid_t, _ signal: Int32) { _ = kill(process, signal) }
