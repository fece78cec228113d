import Drivers
import Foundation
import TestSupport
import Testing

@Suite("A look at what listeners present")
struct TLSProbeTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "plans/certs")

  private func server(_ more: String...) async throws -> TLSServer {
    try await TLSServer(
      certificate: Self.folder.appending(path: "berlin.pem").path,
      key: Self.folder.appending(path: "berlin.key").path, more: more)
  }

  /// The bytes within the only block of a PEM file.
  private func certificate() throws -> [UInt8] {
    let text = try String(contentsOf: Self.folder.appending(path: "berlin.pem"), encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("-") }
    return Array(try #require(Data(base64Encoded: lines.joined())))
  }

  @Test("The chain of a server is seen, with any version of TLS and by name or address")
  func chain() async throws {
    let expected = TLSProbe.Answer.chain([try certificate()])
    for version in ["-tls1_2", "-tls1_3"] {
      let server = try await server(version)
      let endpoints = ["127.0.0.1", "localhost"].map {
        TLSProbe.Endpoint(host: $0, port: server.port)
      }
      let answers = try await server.serving { try await TLSProbe().look(at: endpoints) }
      #expect(answers == [expected, expected], "\(version)")
    }
  }

  @Test("Listeners that are none say so, side by side and in the order of the question")
  func troubles() async throws {
    let closed = try #require(LoopbackListener(.closed))
    let silent = try #require(LoopbackListener(.silent))
    let server = try await server()
    let ports = [closed.port, silent.port, server.port, closed.port]
    let probe = TLSProbe(patience: .milliseconds(500), atOnce: 2)
    let answers = try await server.serving {
      try await probe.look(at: ports.map { .init(host: "127.0.0.1", port: $0) })
    }
    withExtendedLifetime((closed, silent)) {}
    #expect(
      answers == [
        .refused, .silent(connected: true), .chain([try certificate()]), .refused,
      ])
  }

  @Test("A listener that speaks no TLS is told from one that does not answer")
  func noTLS() async throws {
    // A server in the clear: it takes the handshake for a request.
    let plain = Process()
    plain.executableURL = URL(filePath: "/usr/bin/env")
    plain.arguments = [
      "python3", "-c",
      """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      print(server.getsockname()[1], flush=True)
      while True:
          connection, _ = server.accept()
          connection.recv(10)
          connection.sendall(b"HTTP/1.0 400 Bad Request\\r\\n\\r\\n")
          connection.close()
      """,
    ]
    let output = Pipe()
    plain.standardOutput = output
    try plain.run()
    defer { plain.kill() }
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    let port = try #require(Int(line.filter(\.isNumber)))
    let answer = try await TLSProbe().look(at: [.init(host: "127.0.0.1", port: port)])
    guard case .noTLS = answer[0] else {
      Issue.record("\(answer)")
      return
    }
  }

  @Test("A name without an address")
  func unknownHost() async throws {
    let answers = try await TLSProbe().look(at: [.init(host: "sepm.invalid", port: 443)])
    #expect(answers == [.unknownHost])
  }
}
