import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTPS server on a port of this machine that answers what a test says, byte for byte; without a certificate one
/// that speaks no TLS.
final class ScriptedServer: Sendable {
  /// A request as it came.
  struct Request: Sendable {
    let method: String
    /// Without the query and without `/sepm/api/v1`.
    let path: String
    /// The query as it was written; empty for none.
    let query: String
    fileprivate let headers: HTTPHeaders
    let body: String

    /// `GET /version`.
    var line: String { "\(method) \(path)" }

    var token: String? {
      header("Authorization").map { String($0.dropFirst("Bearer ".count)) }
    }

    func header(_ name: String) -> String? { headers.first(name: name) }
  }

  typealias Script = @Sendable (Request) -> Reply

  let port: Int
  private let channel: any Channel
  private let log: RequestLog

  init(certificate: ServerCertificates.Leaf?, script: @escaping Script) async throws {
    let context = try certificate.map { try Self.context($0) }
    let log = RequestLog()
    self.log = log
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          log.connected()
          if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
          try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
          try pipeline.addHandler(ScriptHandler(log: log, script: script))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }

  private static func context(_ leaf: ServerCertificates.Leaf) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(leaf.certificate)
        .map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: leaf.key, format: .pem)))
    configuration.applicationProtocols = ["http/1.1"]
    return try NIOSSLContext(configuration: configuration)
  }

  /// All requests so far.
  var requests: [Request] { log.requests.withLock { $0 } }

  /// How many requests there were of a kind: `GET /version`.
  func count(_ line: String) -> Int { requests.count { $0.line == line } }

  /// How many connections there were.
  var connections: Int { log.connections.withLock { $0 } }
}

/// What came to a server.
final class RequestLog: Sendable {
  let requests = Mutex<[ScriptedServer.Request]>([])
  let connections = Mutex(0)

  func connected() { connections.withLock { $0 += 1 } }
}

/// What a server does with a request.
enum Reply: Sendable {
  /// An answer with its length, after which the connection is closed.
  case answer(Int, [(String, String)], String)

  /// The bytes as they are, after which the connection is closed.
  case raw(String)

  /// The bytes, and then one more byte each time, forever.
  case drip(String, every: Duration)

  /// The bytes, and then blocks of a megabyte, forever.
  case flood(String)

  /// The connection is closed and nothing is said.
  case hangUp

  /// Nothing at all.
  case silence

  static func json(_ body: String, status: Int = 200) -> Reply {
    .answer(status, [("Content-Type", "application/json;charset=UTF-8")], body)
  }

  static func text(_ body: String, status: Int = 200) -> Reply {
    .answer(status, [("Content-Type", "text/plain")], body)
  }

  static func html(_ body: String, status: Int = 200) -> Reply {
    .answer(status, [("Content-Type", "text/html")], body)
  }

  /// SEPM's usual shape of an error: all texts.
  static func error(_ status: Int, _ message: String = "") -> Reply {
    .json(
      #"{"errorCode":"\#(status)","appErrorCode":"","errorMessage":"\#(message)"}"#, status: status)
  }

  static func throttled(retryAfter: Int?) -> Reply {
    .answer(429, retryAfter.map { [("Retry-After", "\($0)")] } ?? [], "Too many requests")
  }
}

private final class ScriptHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let log: RequestLog
  private let script: ScriptedServer.Script
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(log: RequestLog, script: @escaping ScriptedServer.Script) {
    self.log = log
    self.script = script
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(let part): body.writeImmutableBuffer(part)
    case .end:
      guard let head else { return }
      let parts = head.uri.split(separator: "?", maxSplits: 1).map(String.init)
      let request = ScriptedServer.Request(
        method: head.method.rawValue, path: parts[0].replacing("/sepm/api/v1", with: ""),
        query: parts.count > 1 ? parts[1] : "", headers: head.headers,
        body: String(buffer: body))
      log.requests.withLock { $0.append(request) }
      reply(script(request), context: context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What a server without TLS makes of a handshake.
    if error is HTTPParserError { write("HTTP/1.0 400 Bad Request\r\n\r\n", context: context) }
    context.close(promise: nil)
  }

  private func reply(_ reply: Reply, context: ChannelHandlerContext) {
    switch reply {
    case .answer(let status, let headers, let body):
      var text = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n"
      for (name, value) in headers { text += "\(name): \(value)\r\n" }
      write(text + "Connection: close\r\n\r\n" + body, context: context)
      close(context)
    case .raw(let text):
      write(text, context: context)
      close(context)
    case .drip(let text, let interval):
      write(text, context: context)
      let channel = context.channel
      context.eventLoop.scheduleRepeatedTask(
        initialDelay: .init(interval), delay: .init(interval)
      ) { task in
        channel.writeAndFlush(ByteBuffer(string: " ")).whenFailure { _ in task.cancel() }
      }
    case .flood(let text):
      write(text, context: context)
      Self.flood(context.channel)
    case .hangUp: context.close(promise: nil)
    case .silence: break
    }
  }

  private func write(_ text: String, context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  private func close(_ context: ChannelHandlerContext) { context.close(promise: nil) }

  private static func flood(_ channel: any Channel) {
    channel.writeAndFlush(ByteBuffer(repeating: UInt8(ascii: " "), count: 1 << 20)).whenSuccess {
      flood(channel)
    }
  }
}
