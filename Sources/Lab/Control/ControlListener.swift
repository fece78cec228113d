import NIOCore
import NIOPosix

/// The control interface: a unix socket in the lab's folder; a line of JSON in, a line of JSON out.
struct ControlListener: Sendable {
  private let server: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>

  /// Listens.
  ///
  /// - Throws: ``LabError``
  init(_ folder: LabFolder) async throws {
    guard folder.controlPath.utf8.count < 100 else {
      throw LabError(
        "\(folder.controlPath) is too long for a socket. Start the lab in a folder with a shorter path."
      )
    }
    do {
      server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(
          unixDomainSocketPath: folder.controlPath, cleanupExistingSocketFile: true
        ) { child in
          child.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: child)
          }
        }
    } catch {
      throw LabError("Cannot listen at \(folder.controlPath): \(error)")
    }
    folder.closeControlToOthers()
  }

  /// Answers until it is cancelled.
  func run(_ desk: ControlDesk) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      try await server.executeThenClose { connections in
        for try await connection in connections {
          group.addTask { await Self.serve(connection, desk) }
        }
      }
    }
  }

  private static func serve(
    _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ desk: ControlDesk
  ) async {
    do {
      try await connection.executeThenClose { inbound, outbound in
        var line: [UInt8] = []
        for try await buffer in inbound {
          line += Array(buffer.readableBytesView)
          guard line.count < 1 << 20 else { return }
          guard let end = line.firstIndex(of: UInt8(ascii: "\n")) else { continue }
          let reply =
            if let request = ControlRequest(line: line[..<end]) {
              await desk.reply(to: request)
            } else {
              ControlReply(status: 1, message: "The lab does not know what is asked of it.")
            }
          try await outbound.write(ByteBuffer(bytes: reply.line + [UInt8(ascii: "\n")]))
          return
        }
      }
    } catch {
      // Whoever asked is gone.
    }
  }
}

/// Whoever asks a lab's control interface.
package struct ControlClient: Sendable {
  private let path: String

  /// A client of the lab whose control socket is at `path`.
  package init(socketAt path: String) { self.path = path }

  /// Asks, and waits for the reply for as long as it takes.
  ///
  /// - Throws: ``LabError`` where no lab answers there.
  package func ask(_ request: ControlRequest) async throws -> ControlReply {
    let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
    do {
      channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(unixDomainSocketPath: path) { channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
    } catch {
      throw LabError("No lab answers at \(path). Start one with `waltz lab up PLAN`.")
    }
    let line = try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(bytes: request.line + [UInt8(ascii: "\n")]))
      var line: [UInt8] = []
      for try await buffer in inbound {
        line += Array(buffer.readableBytesView)
        if line.last == UInt8(ascii: "\n") { break }
      }
      return line
    }
    guard let reply = ControlReply(line: line.dropLast()) else {
      throw LabError("The lab at \(path) stopped before it replied.")
    }
    return reply
  }
}
