public import Foundation

/// A folder of one test, which goes away with it.
public final class TestFolder: Sendable {
  /// What a program did.
  public struct Outcome: Sendable {
    /// The exit status; 128 and the signal's number where a signal ended it.
    public let status: Int32
    public let output: String
    public let errors: String
  }

  public let path: String

  public init() throws {
    path = NSTemporaryDirectory() + "waltz-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file of the folder, and says where it is.
  public func write(_ text: String, as name: String) throws -> String {
    let path = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// The text of a file of the folder.
  public func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(name)")), as: UTF8.self)
  }

  /// Whether a file of the folder is there.
  public func holds(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(name)")
  }

  /// Runs a line of shell in the folder, with nothing of this process's environment but its PATH.
  public func shell(
    _ line: String, environment: [String: String] = [:]
  ) async throws -> Outcome {
    try await run("/bin/sh", ["-c", line], environment: environment)
  }

  /// Runs a program in the folder.
  public func run(
    _ program: String, _ arguments: [String], input: String? = nil,
    environment: [String: String] = [:]
  ) async throws -> Outcome {
    let process = process(program, arguments, environment: environment)
    // Files never fill up as pipes do.
    let name = UUID().uuidString
    let (output, errors) = (try file("\(name).out"), try file("\(name).err"))
    let input = try input.map {
      try FileHandle(forReadingFrom: URL(filePath: write($0, as: "\(name).in")))
    }
    // A process keeps what it was given for longer than it is there.
    defer { for handle in [output, errors, input] { try? handle?.close() } }
    process.standardOutput = output
    process.standardError = errors
    if let input { process.standardInput = input }
    let status = try await Self.end(of: process)
    return Outcome(
      status: status, output: try text(of: "\(name).out"), errors: try text(of: "\(name).err"))
  }

  /// A process in the folder, not yet started.
  public func process(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: path)
    var variables = [
      "PATH": "/usr/bin:/bin", "HOME": path, "USER": "tester", "LC_ALL": "C.UTF-8",
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

  private func file(_ name: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(filePath: write("", as: name)))
  }
}
