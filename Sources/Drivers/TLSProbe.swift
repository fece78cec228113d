import NIOCore
import NIOPosix
import NIOSSL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks at the certificates that listeners present, and at nothing else.
///
/// The handshake is broken off as soon as the server has shown its chain: nothing is trusted, no key is
/// agreed on and not a byte of application data is sent or read. So this is no connection with its
/// verification switched off: there is never a connection whose peer could be the wrong one.
package struct TLSProbe: Sendable {
  /// A listener.
  package struct Endpoint: Sendable, Hashable {
    /// A host name or an address.
    package let host: String

    /// A TCP port.
    package let port: Int

    /// A listener.
    package init(host: String, port: Int) {
      self.host = host
      self.port = port
    }
  }

  /// What came of looking.
  package enum Answer: Sendable, Equatable {
    /// The certificates as the server sent them, its own first, in DER.
    case chain([[UInt8]])

    /// The name has no address.
    case unknownHost

    /// Nothing listens.
    case refused

    /// No answer in time, to the connection or to the handshake.
    case silent(connected: Bool)

    /// Something listens that does not speak TLS, or none that can be understood; its words.
    case noTLS(String)

    /// The system could not connect; its words.
    case failed(String)

    /// Why there is no chain: what follows `port 8443: `; nil where there is one.
    package var reason: String? {
      switch self {
      case .chain: nil
      case .unknownHost: "the name has no address"
      case .refused: "nothing listens"
      case .silent(connected: false): "no answer"
      case .silent(connected: true): "no answer to the handshake"
      case .noTLS(let words): words
      case .failed(let words): words
      }
    }
  }

  private let patience: Duration
  private let atOnce: Int

  /// A probe.
  ///
  /// - Parameters:
  ///   - patience: how long one listener may take, from its name to its chain.
  ///   - atOnce: how many listeners are looked at side by side.
  package init(patience: Duration = .seconds(5), atOnce: Int = 64) {
    self.patience = patience
    self.atOnce = max(atOnce, 1)
  }

  /// How long a look at a few listeners may take at most: three times the patience where a name is not resolved.
  package var timeLimit: Duration { patience * 3 + .seconds(5) }

  /// What each of `endpoints` presents, in their order.
  package func look(at endpoints: [Endpoint]) async throws -> [Answer] {
    guard !endpoints.isEmpty else { return [] }
    var configuration = TLSConfiguration.makeClientConfiguration()
    // Old management servers speak what they speak; the chain is all that is wanted of them.
    configuration.minimumTLSVersion = .tlsv1
    configuration.trustRoots = .certificates([])
    let context = try NIOSSLContext(configuration: configuration)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let answers = await endpoints.mapSideBySide(atOnce: atOnce) { endpoint in
      await answer(of: endpoint, on: loop, with: context)
    }
    try await group.shutdownGracefully()
    return answers
  }

  private func answer(
    of endpoint: Endpoint, on loop: any EventLoop, with context: NIOSSLContext
  ) async -> Answer {
    let answer = loop.makePromise(of: Answer.self)
    let time = TimeAmount.nanoseconds(Int64(patience / .nanoseconds(1)))
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(time)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: endpoint.host.isAddress ? nil : endpoint.host
          ) { certificates, verdict in
            answer.succeed(Self.answer(certificates))
            // Breaks the handshake off.
            verdict.succeed(NIOSSLVerificationResult.failed)
          }
          try channel.pipeline.syncOperations.addHandlers([handler, HandshakeWitness(answer)])
        }
      }
      .connect(host: endpoint.host, port: endpoint.port)
    connection.whenFailure { answer.succeed(Self.answer($0)) }
    connection.whenSuccess { channel in
      let deadline = channel.eventLoop.scheduleTask(in: time) {
        answer.succeed(.silent(connected: true))
      }
      answer.futureResult.whenComplete { _ in
        deadline.cancel()
        channel.close(promise: nil)
      }
    }
    // The name may never be resolved: there is no connection then that could time out.
    let last = loop.scheduleTask(in: time * 3) { answer.succeed(.silent(connected: false)) }
    defer { last.cancel() }
    return (try? await answer.futureResult.get()) ?? .silent(connected: false)
  }
  private static func answer(_ certificates: [NIOSSLCertificate]) -> Answer {
    do {
      return .chain(try certificates.map { try $0.toDERBytes() })
    } catch {
      return .noTLS("the certificates cannot be read")
    }
  }

  /// Why there was no connection.
  private static func answer(_ error: any Error) -> Answer {
    switch error {
    case ChannelError.connectTimeout: return .silent(connected: false)
    case let error as NIOConnectionError:
      guard let last = error.connectionErrors.last?.error else { return .unknownHost }
      return answer(last)
    case let error as IOError where error.errnoCode == ECONNREFUSED: return .refused
    case let error as IOError: return .failed(error.words)
    case let error as NIOSSLError: return .noTLS("\(error)")
    default: return .failed("\(error)")
    }
  }
}

/// Hears what ends a handshake before the chain was shown.
private final class HandshakeWitness: ChannelInboundHandler {
  typealias InboundIn = Never

  private let answer: EventLoopPromise<TLSProbe.Answer>

  init(_ answer: EventLoopPromise<TLSProbe.Answer>) {
    self.answer = answer
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.succeed(.noTLS(Self.words(for: error)))
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    answer.succeed(.noTLS("the connection was closed during the handshake"))
    context.fireChannelInactive()
  }

  private static func words(for error: any Error) -> String {
    switch error {
    case NIOSSLError.handshakeFailed(let reason)
    where "\(reason)".contains("WRONG_VERSION_NUMBER"):
      "it does not speak TLS"
    case NIOSSLError.handshakeFailed: "the handshake failed"
    default: "the connection was closed during the handshake"
    }
  }
}

extension IOError {
  /// The system's words.
  fileprivate var words: String { String(cString: strerror(errnoCode)) }
}

extension String {
  /// Whether the text is an address rather than a name; an address is never sent as a server's name.
  fileprivate var isAddress: Bool { (try? SocketAddress(ipAddress: self, port: 0)) != nil }
}
