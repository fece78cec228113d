import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// What a server said to a POST, as far as it matters to whom something is told.
enum WebAnswer: Sendable, Equatable {
  /// Its status, and what it says of when to come again.
  case status(Int, retryAfter: String?)

  /// None, and why: a sentence without an address in it, since that may be a secret.
  case none(String)
}

/// Sends what is told over HTTP; with `SEPMClient` the only importer of AsyncHTTPClient. It decides nothing: no retry,
/// no redirect, no proxy, and nothing of the environment.
final class WebSender: Sendable {
  /// How long a request may take in all.
  static let patience: Duration = .seconds(15)

  private let client: HTTPClient
  private let patience: Duration

  init(patience: Duration = WebSender.patience) {
    self.patience = patience
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .nanoseconds(patience.nanoseconds)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.maximumUsesPerConnection = 1
    client = HTTPClient(
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, configuration: configuration)
  }

  deinit { client.shutdown { _ in } }

  /// Sends a body.
  func post(_ body: [UInt8], to url: String, headers: [(String, String)]) async -> WebAnswer {
    if let trouble = Self.trouble(with: url) { return .none(trouble) }
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers = ["User-Agent": "waltz", "Connection": "close"]
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    request.body = .bytes(ByteBuffer(bytes: body))
    let (client, sent, patience) = (client, request, patience)
    return await withTaskGroup(of: WebAnswer.self) { group in
      group.addTask { await Self.answer(client, sent, within: patience) }
      group.addTask {
        // A server may take the request and drip.
        try? await Task.sleep(for: patience)
        return .none("There was no answer within \(patience.components.seconds) s.")
      }
      let first = await group.next()
      group.cancelAll()
      return first ?? .none("There was no answer.")
    }
  }

  private static func answer(
    _ client: HTTPClient, _ request: HTTPClientRequest, within patience: Duration
  ) async -> WebAnswer {
    do {
      let response = try await client.execute(
        request, deadline: .now() + .nanoseconds(patience.nanoseconds))
      // The body says nothing that matters; the connection is closed with it unread.
      return .status(
        Int(response.status.code), retryAfter: response.headers.first(name: "Retry-After"))
    } catch let error as HTTPClientError
      where error == .deadlineExceeded || error == .connectTimeout || error == .readTimeout
    {
      return .none("There was no answer within \(patience.components.seconds) s.")
    } catch is CancellationError {
      return .none("It was broken off.")
    } catch {
      return .none(
        "The server cannot be reached, or the connection broke: \(Self.kind(of: error)).")
    }
  }

  /// What kind of failure it was; descriptions of the libraries may hold an address.
  private static func kind(of error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      error.connectionErrors.isEmpty ? "its name is not known" : "nothing listens there"
    case is HTTPParserError: "it does not speak HTTP"
    case is IOError: "nothing listens there, or it hung up"
    default: String(describing: type(of: error))
    }
  }

  /// What of a URL lets nothing be sent to it; a sentence.
  private static func trouble(with url: String) -> String? {
    let lower = url.lowercased()
    if lower.hasPrefix("https://") { return nil }
    let loopback = ["http://127.0.0.1", "http://[::1]", "http://localhost"]
    if loopback.contains(where: {
      lower.hasPrefix($0) && "/:".contains(lower.dropFirst($0.count).first ?? "/")
    }) {
      return nil
    }
    return lower.hasPrefix("http://")
      ? "The URL begins with http://, so that anybody on the way could read it: use https://."
      : "The URL does not begin with https://."
  }
}

extension Duration {
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return min(seconds, 1_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
