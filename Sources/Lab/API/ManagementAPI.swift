import CanonicalJSON
import Estate
import HTTPTypes
import Hummingbird
import NIOCore

typealias APIRoutes = RouterGroup<BasicRequestContext>

/// SEPM's REST API as one server of a site answers it (`docs/SEPM.md`, "REST API"). What it answers stands with each
/// family of routes.
struct ManagementAPI: Sendable {
  let world: LabWorld
  let position: ServerPosition

  /// The names of the site, of the server as `site/server`, and the only administrator.
  let site: String
  let server: String
  let account: LabAccount
  let certificates: LabCertificates

  /// What the site lists of clients, by name and by id.
  let listed: [ListedClient]
  let listedByID: [ListedClient]

  /// Everything that it answers.
  func routes() -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    addTokenRoutes(to: router.group("sepm/oauth"))
    let v1 = router.group("sepm/api/v1")
    addIdentityRoutes(to: v1)
    addVersionRoutes(to: v1)
    addDomainRoutes(to: v1)
    addGroupRoutes(to: v1)
    addSettingsRoutes(to: v1)
    addComputerRoutes(to: v1)
    addStatisticsRoutes(to: v1)
    addAdministrationRoutes(to: v1)
    addReplicationRoutes(to: v1)
    addEventRoutes(to: v1)
    addCommandRoutes(to: v1)
    addPolicyRoutes(to: v1)
    addLicenseRoutes(to: v1)
    return router
  }

  /// Answers a call of somebody who is logged on.
  func answer(
    _ request: Request, _ context: BasicRequestContext,
    _ body: @Sendable (APICall, inout LabState) throws -> APIAnswer
  ) async -> Response {
    await respond(request, context) { call, token, state, sessions in
      guard let token else {
        throw APIRefusal(
          oauth: "unauthorized", "Full authentication is required to access this resource")
      }
      guard let session = sessions.session(token, at: position, in: state.estate) else {
        throw APIRefusal(oauth: "invalid_token", "Invalid access token: \(token)")
      }
      return try body(call(session.username), &state)
    }
  }

  /// Answers a call that needs no token.
  func answerAnybody(
    _ request: Request, _ context: BasicRequestContext,
    _ body: @Sendable (APICall, inout LabState, inout Sessions) throws -> APIAnswer
  ) async -> Response {
    await respond(request, context) { call, _, state, sessions in
      try body(call(""), &state, &sessions)
    }
  }

  private func respond(
    _ request: Request, _ context: BasicRequestContext,
    _ body:
      @Sendable (
        (String) -> APICall, String?, inout LabState, inout Sessions
      ) throws -> APIAnswer
  ) async -> Response {
    do {
      let bytes = try await request.body.collect(upTo: 4 << 20)
      let token = request.headers[.authorization].flatMap { header in
        header.lowercased().hasPrefix("bearer ") ? String(header.dropFirst(7)) : nil
      }
      var query: [String: String] = [:]
      for (name, value) in request.uri.queryParameters { query[String(name)] = String(value) }
      var path: [String: String] = [:]
      for (name, value) in context.parameters {
        path[String(name)] = String(value).removingPercentEncoding
      }
      let content = Array(bytes.readableBytesView)
      let (named, found) = (query, path)
      let answer = try world.withSessions { state, sessions, _ in
        try body(
          { user in
            APICall(
              position: position, site: site, server: server, username: user, token: token,
              query: named, path: found, body: content)
          }, token, &state, &sessions)
      }
      return Response(answer)
    } catch let refusal as APIRefusal {
      return Response(refusal.answer)
    } catch {
      return Response(APIRefusal(.internalServerError, "An unexpected error occurred.").answer)
    }
  }
}

extension Response {
  init(_ answer: APIAnswer) {
    var headers = HTTPFields()
    if let type = answer.contentType { headers[.contentType] = type }
    for header in answer.headers { headers[header.name] = header.value }
    headers[.connection] = "close"
    self.init(
      status: answer.status, headers: headers,
      body: answer.body.isEmpty
        ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }
}

/// The one administrator of a site.
struct LabAccount: Sendable {
  let username: String
  let password: String
}

extension String {
  /// The text with its `%xx` decoded, without Foundation; nil where they are none.
  fileprivate var removingPercentEncoding: String? {
    guard utf8.contains(UInt8(ascii: "%")) else { return self }
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let number = UInt8(String(Substring(rest.prefix(2))), radix: 16) else { return nil }
      bytes.append(number)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
