import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A webhook's receiver on a port of this machine, which answers what a test says and keeps what it got.
public final class Receiver: Sendable {
  /// What it got.
  public struct Request: Sendable {
    public let path: String
    public let headers: [String: String]
    public let body: String
  }

  /// What it does with a request.
  public enum Reply: Sendable {
    case status(Int, [(String, String)] = [])

    /// It takes the request and says nothing, ever.
    case silence

    /// It ends the connection with nothing said.
    case hangUp
  }

  private struct Contents {
    var requests: [Request] = []
    var script: @Sendable (Request, Int) -> Reply = { _, _ in .status(204) }
  }

  /// Its port.
  public let port: Int
  private let channel: any Channel
  private let contents: Shared

  private final class Shared: Sendable {
    let contents = Mutex(Contents())
  }

  /// Opens a port of 127.0.0.1 that the system chooses.
  public init() async throws {
    let shared = Shared()
    contents = shared
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(
            Handler { request in
              shared.contents.withLock { contents in
                contents.requests.append(request)
                return contents.script(request, contents.requests.count)
              }
            })
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  /// Where it is.
  public var url: String { "http://127.0.0.1:\(port)/hook" }

  /// All requests so far.
  public var requests: [Request] { contents.contents.withLock { $0.requests } }

  /// The ids of what it got, in order.
  public var ids: [String] { requests.compactMap { $0.headers["webhook-id"] } }

  /// From now on it answers so: the request and its number, from 1.
  public func answer(_ script: @escaping @Sendable (Request, Int) -> Reply) {
    contents.contents.withLock { $0.script = script }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let reply: @Sendable (Request) -> Reply
    private var head: HTTPRequestHead?
    private var body = ""

    init(reply: @escaping @Sendable (Request) -> Reply) { self.reply = reply }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        self.head = head
        body = ""
      case .body(let part): body += String(buffer: part)
      case .end:
        guard let head else { return }
        var headers: [String: String] = [:]
        for header in head.headers { headers[header.name.lowercased()] = header.value }
        switch reply(Request(path: head.uri, headers: headers, body: body)) {
        case .status(let code, let more):
          var headers = HTTPHeaders(more)
          headers.add(name: "Content-Length", value: "0")
          headers.add(name: "Connection", value: "close")
          let response = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: code), headers: headers)
          context.write(wrapOutboundOut(.head(response)), promise: nil)
          context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        case .silence: break
        case .hangUp: context.close(promise: nil)
        }
      }
    }
  }
}
