import PlanText
import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Starts programs of commands and stays with them to their end.
///
/// A program gets a session of its own, so that everything it starts can be ended with it, and an environment
/// of a few variables: a secret in a variable of Waltz's is no variable of the program's.
struct ProgramRunner: Sendable {
  /// The variables that a program inherits where Waltz has them: where programs and the user's files are, who the
  /// user is, how texts are written, and the user's keys and tickets (`docs/COMMANDS.md`, "Environment").
  static let inherited = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG", "LANGUAGE", "LC_ALL",
    "LC_CTYPE", "LC_MESSAGES", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "KRB5CCNAME", "KRB5_CONFIG",
  ]

  /// How long a program that is asked to end may still tidy up before it is killed.
  static let grace: Duration = .seconds(5)

  private let variables: [String: String]
  private let folder: String
  private let bounds: CapturedOutput.Bounds

  /// A runner.
  ///
  /// - Parameters:
  ///   - variables: The environment, of which programs inherit ``inherited``.
  ///   - folder: The plan's folder, absolute: where programs are started, and paths of programs begin.
  ///   - bounds: How much of what they print is kept.
  init(
    variables: [String: String], folder: String, bounds: CapturedOutput.Bounds = .standard
  ) {
    self.variables = variables.filter { Self.inherited.contains($0.key) }
    self.folder = folder
    self.bounds = bounds
  }

  /// Why a program cannot be started, as a sentence; nil where it can.
  func trouble(with program: String) -> String? {
    do throws(ProgramPlace.Trouble) {
      _ = try place(of: program)
      return nil
    } catch {
      return error.message
    }
  }

  private func place(of program: String) throws(ProgramPlace.Trouble) -> ProgramPlace {
    try ProgramPlace(of: program, path: variables["PATH"] ?? "", folder: folder)
  }

  /// Runs a program to its end, or to the end of its time.
  func run(_ invocation: ProgramInvocation, within limit: Duration) async -> ProgramReport {
    let place: ProgramPlace
    do throws(ProgramPlace.Trouble) {
      place = try self.place(of: invocation.program)
    } catch {
      return ProgramReport(end: .notStarted(error.message))
    }
    guard !Task.isCancelled else { return ProgramReport(end: .cancelled) }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(place.path)), arguments: Arguments(invocation.arguments),
        environment: environment(with: invocation.variables),
        workingDirectory: FilePath(folder), platformOptions: Self.options,
        input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        await watch(execution, document: invocation.document, within: limit)
      }
      let watched = result.closureResult
      let end: ProgramEnd =
        switch (watched.cut, result.terminationStatus) {
        case (.timeOut, _): .timedOut(limit)
        case (.cancellation, _): .cancelled
        case (nil, .exited(let status)): .exited(Int(status))
        case (nil, .signaled(let signal)): .signalled(Int(signal))
        }
      return ProgramReport(
        end: end, output: watched.output, errors: watched.errors)
    } catch let error as SubprocessError where Self.beforeTheStart.contains(error.code) {
      return ProgramReport(
        end: .notStarted(
          "The program `\(invocation.program)` cannot be started: \(Self.words(for: error))."))
    } catch {
      let end = Task.isCancelled ? ProgramEnd.cancelled : .lost(Self.words(for: error))
      return ProgramReport(end: end)
    }
  }

  // MARK: - While it runs

  /// Why a program was ended.
  private enum Cut: Sendable {
    case timeOut
    case cancellation
  }

  /// What was seen of a program while it ran.
  private struct Watched: Sendable {
    var output: CapturedOutput
    var errors: CapturedOutput
    var cut: Cut?
  }

  /// What one of those who attend to a program came to.
  private enum Arrival: Sendable {
    case output(CapturedOutput)
    case errors(CapturedOutput)
    case timeOut
    case nothing
  }

  private typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  /// Hands a program its document, keeps what it prints, and sees it end: what it started and left behind keeps
  /// nobody waiting, and is ended with it where its time was over.
  private func watch(
    _ execution: Running, document: [UInt8], within limit: Duration
  ) async -> Watched {
    let bounds = bounds
    return await withTaskGroup(of: Arrival.self) { group in
      group.addTask {
        // A program need not read what it is told: a broken pipe is an error and, with the signal for it ignored
        // as it is in this process, nothing else.
        _ = try? await execution.standardInputWriter.write(document)
        try? await execution.standardInputWriter.finish()
        return .nothing
      }
      group.addTask { .output(await Self.capture(execution.standardOutput, within: bounds)) }
      group.addTask { .errors(await Self.capture(execution.standardError, within: bounds)) }
      group.addTask {
        guard (try? await Task.sleep(for: limit)) != nil else { return .nothing }
        await execution.teardown(using: Self.teardown)
        return .timeOut
      }
      var watched = Watched(output: CapturedOutput(), errors: CapturedOutput())
      var open = 2
      while let arrival = await group.next() {
        switch arrival {
        case .output(let output):
          watched.output = output
          open -= 1
        case .errors(let errors):
          watched.errors = errors
          open -= 1
        case .timeOut: watched.cut = .timeOut
        case .nothing: break
        }
        guard open == 0 else { continue }
        open = -1
        // It may have closed both and go on.
        if await isCancelledBeforeEnd(of: execution) { watched.cut = watched.cut ?? .cancellation }
        group.cancelAll()
      }
      // The status was not asked for yet, so that the number is still this program's and nobody else's.
      if watched.cut != nil { try? execution.send(signal: .kill, toProcessGroup: true) }
      return watched
    }
  }

  /// Waits for the end of a program; whether it had to be brought about because the task was cancelled.
  private func isCancelledBeforeEnd(of execution: Running) async -> Bool {
    while !Self.hasEnded(execution.processIdentifier.value) {
      guard (try? await Task.sleep(for: .milliseconds(20))) != nil else {
        await execution.teardown(using: Self.teardown)
        return true
      }
    }
    return false
  }

  private static func capture(
    _ stream: SubprocessOutputSequence, within bounds: CapturedOutput.Bounds
  ) async -> CapturedOutput {
    var captured = CapturedOutput(within: bounds)
    var iterator = stream.makeAsyncIterator()
    // What cannot be read any more was not printed, as far as anybody can tell.
    while let buffer = try? await iterator.next() {
      buffer.withUnsafeBytes { captured.append($0) }
    }
    return captured
  }

  /// Whether a child has ended; its status stays for who asks for it.
  private static func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    while true {
      let code = waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
      if code == 0 { return info.si_signo == SIGCHLD }
      // There is no such child: nothing to wait for.
      if errno != EINTR { return true }
    }
  }

  private static let teardown: [TeardownStep] = [
    .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace),
    .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
  ]

  private static let options: PlatformOptions = {
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = teardown
    return options
  }()

  // MARK: - Before it runs

  private func environment(with more: [String: String]) -> Subprocess.Environment {
    var values: [Subprocess.Environment.Key: String] = [:]
    for (name, value) in variables.merging(more, uniquingKeysWith: { _, new in new }) {
      if let key = Subprocess.Environment.Key(rawValue: name) { values[key] = value }
    }
    return .custom(values)
  }

  private static let beforeTheStart: Set<SubprocessError.Code> = [
    .spawnFailed, .executableNotFound, .failedToChangeWorkingDirectory,
  ]

  private static func words(for error: any Error) -> String {
    guard let error = error as? SubprocessError else { return "\(error)" }
    return error.underlyingError.map { "\($0)" } ?? "\(error)"
  }
}
