import CanonicalJSON
import Foundation
import TestSupport

/// A command that runs while the test looks at the events it prints.
final class LiveRun: @unchecked Sendable {
  // Used by one test alone; its streams are filled from threads of their own and are safe by themselves.
  private let process: Process
  private var events: AsyncStream<JSONValue>.Iterator
  private let ends: AsyncStream<Int32>

  /// Starts a command that prints JSON Lines.
  convenience init(_ desk: Desk, _ arguments: String...) throws {
    try self.init(desk, arguments)
  }

  init(_ desk: Desk, _ arguments: [String]) throws {
    process = desk.process(arguments + ["--format", "json", "--state", desk.state])
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let (stream, continuation) = AsyncStream.makeStream(of: JSONValue.self)
    events = stream.makeAsyncIterator()
    // A thread that reads, and no handler: a handler's source outlives the handle that is closed under it.
    let output = pipe.fileHandleForReading
    Thread.detachNewThread {
      var rest = Rest()
      while case let bytes = output.availableData, !bytes.isEmpty {
        for line in rest.lines(after: bytes) {
          if let event = try? JSONValue(parsing: line) { continuation.yield(event) }
        }
      }
      continuation.finish()
    }
    ends = process.endStatuses()
    try process.run()
  }

  deinit { process.kill() }

  /// Reads on to the next event of a type, of a step where one is named; nil where the command ends
  /// without it.
  func next(_ type: String, of step: String? = nil) async -> JSONValue? {
    while let event = await events.next() {
      if event["type"]?.string == type, step == nil || event["step"]?.string == step {
        return event
      }
    }
    return nil
  }

  var identifier: Int32 { process.processIdentifier }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end; 128 and the signal's number where a signal ended it.
  func status() async -> Int32 {
    for await status in ends { return status }
    process.terminate()
    return -1
  }

  /// What came of a line that is not whole yet.
  private struct Rest {
    private var bytes: [UInt8] = []

    mutating func lines(after more: Data) -> [[UInt8]] {
      bytes += more
      var parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
      bytes = parts.popLast() ?? []
      return parts
    }
  }
}
