import CanonicalJSON
import Foundation
import Testing

/// A place where one test works with the program: a folder of its own with a state directory in it.
final class Desk: Sendable {
  /// What a command did.
  struct Outcome: Sendable {
    /// The exit status; 128 and the signal's number where a signal ended it.
    let status: Int32
    let output: String
    let errors: String

    /// Standard output as JSON.
    func json() throws -> JSONValue { try JSONValue(parsing: Array(output.utf8)) }
  }

  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "waltz-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var state: String { folder + "/state" }

  /// Writes a file of the desk and says where it is.
  func write(_ text: String, as name: String) throws -> String {
    let path = "\(folder)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// Runs a command to its end.
  func waltz(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await waltz(arguments, input: input, environment: environment)
  }

  func waltz(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
  ) async throws -> Outcome {
    let process = process(arguments, environment: environment)
    let name = "\(folder)/\(UUID().uuidString)"
    // Files never fill up as pipes do.
    let output = try Self.file("\(name).out")
    let errors = try Self.file("\(name).err")
    process.standardOutput = output
    process.standardError = errors
    if let input {
      process.standardInput = try FileHandle(
        forReadingFrom: URL(filePath: write(input, as: "\(UUID().uuidString).in")))
    }
    let status = try await Self.end(of: process)
    return Outcome(
      status: status, output: try Repository.text("\(name).out"),
      errors: try Repository.text("\(name).err"))
  }

  /// Runs a command on the desk's state directory.
  func onState(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await waltz(arguments + ["--state", state], environment: environment)
  }

  /// Runs a plan against the simulated estate.
  func simulate(_ plan: String, _ more: String...) async throws -> Outcome {
    try await waltz(["run", plan, "--simulate", "--state", state] + more)
  }

  /// Runs a line of shell, with the program as `$WALTZ`.
  func shell(_ line: String) async throws -> Outcome {
    let process = process([])
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    let name = "\(folder)/\(UUID().uuidString)"
    process.standardOutput = try Self.file("\(name).out")
    process.standardError = try Self.file("\(name).err")
    let status = try await Self.end(of: process)
    return Outcome(
      status: status, output: try Repository.text("\(name).out"),
      errors: try Repository.text("\(name).err"))
  }

  /// A process of the program, not yet started.
  func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Repository.waltz)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "USER": "tester", "LC_ALL": "C.UTF-8",
      "WALTZ": Repository.waltz, "WALTZ_STATE": state,
    ]
    variables.merge(environment) { _, new in new }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// Starts a process and waits for its end.
  private static func end(of process: Process) async throws -> Int32 {
    let (ends, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      let isSignal = process.terminationReason == .uncaughtSignal
      continuation.yield((isSignal ? 128 : 0) + process.terminationStatus)
      continuation.finish()
    }
    try process.run()
    for await status in ends { return status }
    process.terminate()
    throw CancellationError()
  }

  private static func file(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(filePath: path))
    return try FileHandle(forWritingTo: URL(filePath: path))
  }
}
