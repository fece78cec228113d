import NIOCore
import NIOPosix
import NIOSSL
import PlanModel

/// The certificate that a server presents, for the message that says which one was not trusted.
enum PresentedCertificate {
  /// The fingerprint of the leaf; nil where nothing could be seen. The handshake is broken off, so nothing is
  /// trusted and nothing is sent.
  static func look(at address: APIAddress, within time: Duration) async -> Fingerprint? {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates([])
    guard let context = try? NIOSSLContext(configuration: configuration) else { return nil }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let seen = loop.makePromise(of: Fingerprint?.self)
    let isAddress = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
    let connection = ClientBootstrap(group: loop)
      .connectTimeout(TimeAmount(time))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: isAddress ? nil : address.host
          ) { certificates, verdict in
            seen.succeed(certificates.first.flatMap { Fingerprint(of: $0) })
            verdict.succeed(NIOSSLVerificationResult.failed)
          }
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .connect(host: address.host, port: address.port)
    connection.whenFailure { _ in seen.succeed(nil) }
    connection.whenSuccess { channel in
      channel.closeFuture.whenComplete { _ in seen.succeed(nil) }
      seen.futureResult.whenComplete { _ in channel.close(promise: nil) }
    }
    let last = loop.scheduleTask(in: TimeAmount(time) * 2) { seen.succeed(nil) }
    defer { last.cancel() }
    return (try? await seen.futureResult.get()) ?? nil
  }
}
