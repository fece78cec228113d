import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Stands before every page: looks at each request as ``Door`` says, and writes on each answer what a browser may do with it.
struct Doorkeeper: RouterMiddleware {
  typealias Context = DashboardContext

  /// The name of the cookie.
  private static let cookie = "waltz"

  let door: Door
  let isEncrypted: Bool

  @concurrent
  func handle(
    _ request: Request, context: DashboardContext,
    next: @concurrent (Request, DashboardContext) async throws -> Response
  ) async throws -> Response {
    var response: Response
    let verdict = door.verdict(on: visit(request))
    switch verdict {
    case .admitted(let name):
      var context = context
      context.visitor = name
      do {
        response = try await next(request, context)
      } catch let error as HTTPError {
        response = Response(
          page: error.status == .notFound
            ? DashboardPages.message("Not found", ["There is no such page."], back: "/")
            : DashboardPages.message("\(error.status.code)", [error.body ?? ""], back: "/"),
          status: error.status)
      }
    case .welcomed(let session):
      response = Response(status: .seeOther, headers: [.location: request.uri.path])
      response.setCookie(
        Cookie(
          name: Self.cookie, value: session, path: "/", secure: isEncrypted, httpOnly: true,
          sameSite: .strict))
    case .again:
      response = Response(page: DashboardPages.again(request.uri.path))
    case .refused(let refusal):
      response = Self.answer(to: refusal)
      if refusal == .unknown, case .users = door.entry {
        response.headers[.wwwAuthenticate] = "Basic realm=\"Waltz\", charset=\"UTF-8\""
      }
    }
    Self.protect(&response, isEncrypted: isEncrypted)
    return response
  }

  private func visit(_ request: Request) -> Visit {
    var visit = Visit(method: request.method.rawValue)
    visit.host = request.head.authority
    visit.origin = request.headers[.origin]
    visit.fetchSite = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
    visit.fetchMode = HTTPField.Name("Sec-Fetch-Mode").flatMap { request.headers[$0] }
    visit.session = request.cookies[Self.cookie]?.value
    visit.login = request.headers[.authorization].flatMap(Self.login)
    visit.token = request.uri.queryParameters["token"].map(String.init)
    if case .proxy(let header) = door.entry {
      visit.user = HTTPField.Name(header).flatMap { request.headers[$0] }
    }
    return visit
  }

  /// `Basic` and the name, a colon and the password as base64.
  private static func login(_ header: String) -> (name: String, password: [UInt8])? {
    guard header.lowercased().hasPrefix("basic "),
      let bytes = Data(base64Encoded: String(header.dropFirst(6))),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return (
      String(decoding: bytes[..<colon], as: UTF8.self), Array(bytes[bytes.index(after: colon)...])
    )
  }

  private static func answer(to refusal: Door.Refusal) -> Response {
    switch refusal {
    case .misdirected:
      Response(
        page: DashboardPages.message(
          "Wrong name",
          [
            "The dashboard answers only to the names that it was started with.",
            "Name others with `waltz serve --host NAME`.",
          ]), status: .misdirectedRequest)
    case .crossSite:
      Response(
        page: DashboardPages.message(
          "Refused", ["A page of another site sent this request. Nothing was done."], back: "/"),
        status: .forbidden)
    case .unknown:
      Response(
        page: DashboardPages.message(
          "Who is there?",
          [
            "Open the address that `waltz serve` printed, with its token, or give your name and "
              + "password."
          ]),
        status: .unauthorized)
    }
  }

  /// What a browser may do with an answer: nothing but show it, with the style and the script of this server.
  private static func protect(_ response: inout Response, isEncrypted: Bool) {
    let policy = """
      default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; \
      base-uri 'none'; frame-ancestors 'none'
      """
    for (name, value) in [
      ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
      // Without any a browser would not say either from which site a form comes.
      ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store"),
    ] {
      guard let name = HTTPField.Name(name) else { continue }
      response.headers[name] = value
    }
    if isEncrypted { response.headers[.strictTransportSecurity] = "max-age=31536000" }
  }
}

extension Response {
  /// A page.
  init(page: String, status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: page)))
  }
}
