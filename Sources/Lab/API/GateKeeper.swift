import Estate
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Stands before a server's API: closed while the API service is down, throttled, and disturbed by faults.
struct GateKeeper: Sendable {
  /// What is done with the answer.
  private enum Manner: Sendable {
    case whole
    case drip
    case hang
    case none

    /// It is thrown away once the call is carried out.
    case lost
  }

  let api: ManagementAPI
  private let responder: RouterResponder<BasicRequestContext>

  init(_ api: ManagementAPI) {
    self.api = api
    responder = api.routes().buildResponder()
  }

  /// Answers one call on a connection, and closes it (`docs/SEPM.md`, "Limits").
  @concurrent
  func respond(
    to request: Request, with writer: consuming ResponseWriter, on channel: any Channel,
    logger: Logger
  ) async throws {
    let (answer, manner) = try await decide(request)
    guard manner != .none else {
      channel.close(promise: nil)
      return
    }
    let response: Response
    if let answer {
      response = Response(answer)
    } else {
      let context = BasicRequestContext(
        source: ApplicationRequestContextSource(channel: channel, logger: logger))
      let found = try await responder.respond(to: request, context: context)
      // What the API does not know it answers in HTML.
      let isUnknown = found.status == .notFound && found.headers[.contentType] == nil
      response = isUnknown ? Response(Self.page(.notFound)) : found
    }
    guard manner != .lost else {
      channel.close(promise: nil)
      return
    }
    var head = response.head
    head.headerFields[.connection] = "close"
    try await writer.write(
      response: head, body: Self.slowed(response.body, manner, channel))
    channel.close(mode: .output, promise: nil)
  }

  private func decide(_ request: Request) async throws -> (APIAnswer?, Manner) {
    let path = String(request.uri.path.split(separator: "/").dropFirst().joined(separator: "/"))
    let call = LabFaults.Call(
      site: api.site, server: api.server, path: path,
      isWrite: request.method != .get && !path.contains("/identity/"))
    let found = try api.world.withSessions {
      state, _, windows -> (LabFaults.Disturbance?, Duration?, Bool) in
      let service =
        state.estate.sites[api.position.site].servers[api.position.server][.api]
      guard service.isRunning else { return (nil, nil, false) }
      if let disturbance = state.disturbance(of: call) { return (disturbance, nil, true) }
      guard let limit = state.faults.limit(site: api.site, server: api.server) else {
        return (nil, nil, true)
      }
      let left = windows[api.position, default: RateWindow()]
        .count(at: state.estate.now, threshold: limit)
      return (nil, left, true)
    }
    guard found.2 else { return (nil, .none) }
    if let left = found.1 {
      return (Self.tooMany(retryAfter: Int(left.components.seconds) + 1), .whole)
    }
    switch found.0 {
    case nil: return (nil, .whole)
    case .tooMany(let seconds): return (Self.tooMany(retryAfter: seconds), .whole)
    case .unauthorized:
      let refusal = APIRefusal(
        .unauthorized,
        "The user that is currently logged on has insufficient rights to execute the web method, or the user is unauthorized."
      )
      return (refusal.answer, .whole)
    case .serverError:
      let refusal = APIRefusal(
        .internalServerError, "The web service encountered an error while processing the request.")
      return (refusal.answer, .whole)
    case .wait(let milliseconds):
      try await Task.sleep(for: .milliseconds(milliseconds))
      return (nil, .whole)
    case .drip: return (nil, .drip)
    case .hang: return (nil, .hang)
    case .reset: return (nil, .none)
    case .lostAnswer: return (nil, .lost)
    }
  }

  private static func tooMany(retryAfter seconds: Int?) -> APIAnswer {
    var answer = APIRefusal(.tooManyRequests, "Too many requests.").answer
    if let seconds { answer.headers.append((.retryAfter, String(seconds))) }
    return answer
  }

  private static func page(_ status: HTTPResponse.Status) -> APIAnswer {
    APIAnswer(
      status: status, contentType: "text/html;charset=utf-8",
      body: Array(
        "<!doctype html><html><head><title>HTTP Status \(status.code)</title></head><body></body></html>"
          .utf8))
  }

  /// The body as the fault sends it: byte by byte, or half of it until the client gives up.
  private static func slowed(
    _ body: ResponseBody, _ manner: Manner, _ channel: any Channel
  ) -> ResponseBody {
    guard manner == .drip || manner == .hang else { return body }
    return ResponseBody(contentLength: body.contentLength) { writer in
      try await body.write(SlowWriter(writer: writer, channel: channel, hangs: manner == .hang))
    }
  }
}

/// Hands a body on a byte a second, or the first half of it and then nothing.
private struct SlowWriter: ResponseBodyWriter {
  var writer: any ResponseBodyWriter
  let channel: any Channel
  let hangs: Bool

  @concurrent
  mutating func write(_ buffer: ByteBuffer) async throws {
    let bytes = buffer.readableBytesView
    if hangs {
      try await writer.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
      while channel.isActive { try await Task.sleep(for: .milliseconds(200)) }
      return
    }
    for byte in bytes where channel.isActive {
      try await writer.write(ByteBuffer(bytes: [byte]))
      try await Task.sleep(for: .seconds(1))
    }
  }

  @concurrent
  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
    try await writer.finish(trailingHeaders)
  }
}
