import Foundation
import TestSupport
import Testing

/// A reader of the program that does not read.
final class StandingReader: @unchecked Sendable {
  // Used by one test alone.
  private let reading: FileHandle
  private let writing: FileHandle
  private let isTerminal: Bool

  /// A pipe that is full, to its last byte.
  init(fullPipe isBlocking: Bool = true) throws {
    isTerminal = false
    let pipe = Pipe()
    (reading, writing) = (pipe.fileHandleForReading, pipe.fileHandleForWriting)
    let end = writing.fileDescriptor
    let flags = fcntl(end, F_GETFL)
    _ = fcntl(end, F_SETFL, flags | O_NONBLOCK)
    for size in [4_096, 1] {
      let filling = [UInt8](repeating: UInt8(ascii: "."), count: size)
      while write(end, filling, size) > 0 {}
    }
    try #require(errno == EAGAIN)
    if isBlocking { _ = fcntl(end, F_SETFL, flags) }
  }

  /// A terminal whose output a person has stopped with Ctrl-S.
  init(stoppedTerminal: Void) throws {
    isTerminal = true
    var (main, side): (Int32, Int32) = (-1, -1)
    try #require(openpty(&main, &side, nil, nil, nil) == 0 && tcflow(side, TCOOFF) == 0)
    reading = FileHandle(fileDescriptor: main, closeOnDealloc: true)
    writing = FileHandle(fileDescriptor: side, closeOnDealloc: true)
  }

  /// What the program writes to.
  var stream: FileHandle { writing }

  /// Reads on, to the end where `process` is the only writer and has ended or ends by it.
  func readOn() async throws -> String {
    if isTerminal { try #require(tcflow(writing.fileDescriptor, TCOON) == 0) }
    let reading = reading
    if isTerminal {
      // A terminal has no end for as long as the test holds its other side.
      var bytes: [UInt8] = []
      let descriptor = reading.fileDescriptor
      _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
      for _ in 0..<20 {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var count = read(descriptor, &buffer, buffer.count)
        while count > 0 {
          bytes += buffer.prefix(count)
          count = read(descriptor, &buffer, buffer.count)
        }
        try await Task.sleep(for: .milliseconds(100))
      }
      return String(decoding: bytes, as: UTF8.self)
    }
    try writing.close()
    let (texts, text) = AsyncStream.makeStream(of: String.self)
    Thread.detachNewThread {
      text.yield(String(decoding: reading.readDataToEndOfFile(), as: UTF8.self))
      text.finish()
    }
    for await text in texts { return text }
    return ""
  }
}

/// A command that goes on beside the test.
final class Beside: @unchecked Sendable {
  // Used by one test alone.
  private let process: Process
  private let ends: AsyncStream<Int32>

  init(
    _ desk: Desk, _ arguments: [String], output: FileHandle = .nullDevice,
    errors: FileHandle = .nullDevice
  ) throws {
    process = desk.process(arguments, environment: ["TERM": "xterm"])
    process.standardOutput = output
    process.standardError = errors
    ends = process.endStatuses()
    try process.run()
  }

  deinit { process.kill() }

  var isGoing: Bool { process.isRunning }

  func send(_ signal: Int32) { Foundation.kill(process.processIdentifier, signal) }

  /// Waits for the end; 128 and the signal's number where a signal ended it.
  func status() async -> Int32 {
    for await status in ends { return status }
    return -1
  }

  /// The processor time that it has used, in seconds; nil where the system does not say.
  var processorTime: Double? {
    let path = "/proc/\(process.processIdentifier)/stat"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    let fields = text.split(separator: ") ").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return nil
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
