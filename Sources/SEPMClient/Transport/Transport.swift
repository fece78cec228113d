import AsyncHTTPClient
import Cryptography
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import PlanModel
import Secrets

/// Sends calls to one server over HTTPS and brings whole answers, within their limits; the only place that knows
/// AsyncHTTPClient. It decides nothing: no retry, no redirect, no proxy, and nothing of the environment.
///
/// Each call has a connection of its own: SEPM was seen to close one that was used again
/// (`docs/SEPM.md`, "Limits").
final class Transport: Sendable {
  let address: APIAddress
  private let trust: ServerTrust
  private let limits: CallLimits
  private let client: HTTPClient

  init(_ address: APIAddress, trust: ServerTrust, limits: CallLimits) {
    self.address = address
    self.trust = trust
    self.limits = limits
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: Self.tls(trust), redirectConfiguration: .disallow,
      timeout: .init(connect: .init(limits.connection)))
    configuration.httpVersion = .http1Only
    // A connection that fails is a failure of the call, at once.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.maximumUsesPerConnection = 1
    if case .fingerprints(let pins) = trust {
      configuration.http1_1ConnectionDebugInitializer = { Self.check($0, for: pins) }
      // Never offered, and no way around the pin either.
      configuration.http2ConnectionDebugInitializer = { Self.check($0, for: pins) }
    }
    client = HTTPClient(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  /// Makes a call, with the token if it needs one; its whole answer has so much time.
  func send(
    _ call: HTTPCall, token: Secret?, within time: Duration
  ) async throws(TransportFailure) -> HTTPAnswer {
    let request = request(for: call, token: token)
    let first = await withTaskGroup(of: Result<HTTPAnswer, TransportFailure>.self) { group in
      group.addTask { await self.result(of: request, within: time) }
      group.addTask {
        // The whole answer has a deadline: a server may drip.
        do {
          try await Task.sleep(for: time)
          return .failure(.timedOut)
        } catch {
          return .failure(.cancelled)
        }
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? .failure(.cancelled)
    }
    if case .failure(.wrongCertificate(nil)) = first {
      let presented = await PresentedCertificate.look(at: address, within: limits.connection)
      throw .wrongCertificate(presented)
    }
    return try first.get()
  }

  private func request(for call: HTTPCall, token: Secret?) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: address.url(of: call.path, query: call.query))
    request.method = HTTPMethod(rawValue: call.method.rawValue)
    request.headers = ["Accept": "application/json", "Connection": "close", "User-Agent": "waltz"]
    token?.reveal { bytes in
      request.headers.add(
        name: "Authorization", value: "Bearer \(String(decoding: bytes, as: UTF8.self))")
    }
    if let body = call.body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body))
    } else if call.method != .get {
      request.body = .bytes(ByteBuffer())
    }
    return request
  }

  private func result(
    of request: HTTPClientRequest, within time: Duration
  ) async -> Result<HTTPAnswer, TransportFailure> {
    do {
      let deadline = NIODeadline.now() + TimeAmount(time)
      let response = try await client.execute(request, deadline: deadline)
      var answer = HTTPAnswer(
        status: Int(response.status.code), retryAfter: response.headers.retryAfter,
        contentType: response.headers.mediaType)
      if let announced = response.headers.first(name: "Content-Length").flatMap({ Int($0) }) {
        guard announced <= limits.bytes else { return .failure(.tooLarge) }
        answer.body.reserveCapacity(announced)
      }
      for try await part in response.body {
        guard answer.body.count + part.readableBytes <= limits.bytes else {
          return .failure(.tooLarge)
        }
        part.withUnsafeReadableBytes { answer.body.append(contentsOf: $0) }
      }
      return .success(answer)
    } catch {
      return .failure(TransportFailure(error))
    }
  }

  private static func tls(_ trust: ServerTrust) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    switch trust {
    case .fingerprints:
      // Not unverified: `check` holds the leaf against its fingerprint before anything is sent, which says more than
      // a chain. The handshake itself proves that the server has the leaf's key.
      configuration.certificateVerification = .none
    case .authorities(let list):
      configuration.trustRoots = .certificates(list.certificates)
    case .system: break
    }
    return configuration
  }

  /// Ends a connection whose leaf is none of the pins. AsyncHTTPClient waits for this before it sends a byte.
  private static func check(
    _ channel: any Channel, for pins: Set<Fingerprint>
  ) -> EventLoopFuture<Void> {
    let loop = channel.eventLoop
    let leaf = try? channel.pipeline.syncOperations.nioSSL_peerCertificate()
    let seen = leaf.flatMap { Fingerprint(of: $0) }
    if let seen, pins.contains(seen) { return loop.makeSucceededVoidFuture() }
    // The pool has to hear of the failure before the connection is gone.
    loop.execute { channel.close(promise: nil) }
    return loop.makeFailedFuture(WrongLeaf(seen: seen))
  }
}

/// A server presented another certificate than the ones that it may.
struct WrongLeaf: Error {
  let seen: Fingerprint?
}

extension Fingerprint {
  /// The fingerprint of a certificate.
  init?(of certificate: NIOSSLCertificate) {
    guard let bytes = try? certificate.toDERBytes() else { return nil }
    self.init(HashFunction.digest(of: bytes))
  }
}

extension HTTPHeaders {
  /// The seconds of `Retry-After`; a date is left out, since it would need the server's clock.
  fileprivate var retryAfter: Duration? {
    guard let text = first(name: "Retry-After"), let seconds = Int(text), seconds >= 0 else {
      return nil
    }
    return .seconds(seconds > 86_400 ? 86_400 : seconds)
  }

  fileprivate var mediaType: String {
    let text = first(name: "Content-Type")?.prefix { $0 != ";" && $0 != " " }
    return text?.lowercased() ?? ""
  }
}
