import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A TLS listener on a reserved port: open with one certificate, or closed.
final class Listener: Sendable {
  /// What answers on it.
  typealias Answer =
    @concurrent @Sendable (
      Request, consuming ResponseWriter, any Channel, Logger
    ) async throws -> Void

  /// What it is open with.
  private struct Opening {
    let certificate: Int32
    let channel: any Channel
    let accepting: Task<Void, Never>
  }

  /// What is behind the lock.
  private struct State {
    var opening: Opening?

    /// Whether connections are taken; those that come while a port closes are not.
    var isTaking = false
    var connections: [ObjectIdentifier: any Channel] = [:]
  }

  let reserved: ReservedPort
  private let answer: Answer
  // Protects what is open: connections come and go on the loops of NIO.
  private let state = Mutex(State())
  private static let logger = Logger(label: "waltz.lab") { _ in SwiftLogNoOpLogHandler() }

  init(_ reserved: ReservedPort, answer: @escaping Answer) {
    self.reserved = reserved
    self.answer = answer
  }

  /// The certificate that it presents, as a position in the estate's fingerprints; nil while it is closed.
  var certificate: Int32? { state.withLock { $0.opening?.certificate } }

  /// Listens, and presents a certificate.
  func open(_ certificate: Int32, _ context: NIOSSLContext) async throws {
    let answer = answer
    let logger = Self.logger
    state.withLock { $0.isTaking = true }
    let http = HTTP1Channel(responder: { request, writer, channel in
      try await answer(request, writer, channel, logger)
    })
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.socketOption(NIOBSDSocket.Option(rawValue: SO_REUSEPORT)), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .bind(host: reserved.address, port: reserved.port) { [weak self] child in
        child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }.flatMap {
          self?.add(child)
          return http.setup(channel: child, logger: logger)
        }
      }
    let accepting = Task {
      await withDiscardingTaskGroup { group in
        do {
          try await server.executeThenClose { children in
            for try await child in children {
              group.addTask { await http.handle(value: child, logger: logger) }
            }
          }
        } catch {
          // It was closed while somebody came: that is what closing is.
        }
      }
    }
    let opening = Opening(
      certificate: certificate, channel: server.channel, accepting: accepting)
    state.withLock { $0.opening = opening }
  }

  /// Closes the port and every connection on it, as a service that stops does.
  func close() async {
    let (was, connections) = state.withLock { state in
      defer {
        state.opening = nil
        state.isTaking = false
        state.connections = [:]
      }
      return (state.opening, Array(state.connections.values))
    }
    was?.channel.close(promise: nil)
    for connection in connections { connection.close(promise: nil) }
    await was?.accepting.value
  }

  private func add(_ connection: any Channel) {
    let id = ObjectIdentifier(connection)
    let isTaken = state.withLock { state in
      if state.isTaking { state.connections[id] = connection }
      return state.isTaking
    }
    guard isTaken else {
      connection.close(promise: nil)
      return
    }
    connection.closeFuture.whenComplete { [weak self] _ in
      self?.state.withLock { _ = $0.connections.removeValue(forKey: id) }
    }
  }
}
