import Foundation

/// `openssl s_server` on a port of this machine, with a certificate of the caller's.
public final class TLSServer: @unchecked Sendable {
  /// The port, which the system chose.
  public let port: Int

  // Touched by init and deinit alone.
  private let process: Process
  private let input = Pipe()

  /// Starts the server and waits until it listens.
  public init(certificate: String, key: String, more: [String] = []) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // Line by line: openssl keeps its port to itself otherwise, until it has said more.
    process.arguments =
      [
        "stdbuf", "-oL", "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate,
        "-key", key,
      ] + more
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = input
    try process.run()
    self.process = process
    // ACCEPT 127.0.0.1:40123
    var text = ""
    while !text.contains("\n") || !text.contains("ACCEPT") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      text += String(decoding: data, as: UTF8.self)
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
    guard let port = line?.split(separator: ":").last.flatMap({ Int($0) }) else {
      throw Failure(text: text)
    }
    self.port = port
  }

  deinit { process.kill() }

  /// Keeps the server up for as long as `body` takes.
  public func serving<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    defer { withExtendedLifetime(self) {} }
    return try await body()
  }

  /// The server did not come up; what it printed.
  public struct Failure: Error {
    let text: String
  }
}
