import NIOHTTP1
import PlanModel
import Secrets
import Synchronization

@testable import SEPMClient

/// A management server with one account, whose answers beside log-on and log-off a test says.
final class ScriptedSEPM: Sendable {
  static let password = "pass\"word-canary-Tr0ub4dor"
  static let tokenCanary = "token-canary-8f14e45f"

  private struct State {
    var script: [String: [Reply]]
    var tokens = 0
    var isTokenGood = false
    var lifetime = 43_199
    var serverTime: Int64 = 1_724_243_911_900
  }

  let server: ScriptedServer
  private let box: Box
  private let leaf: ServerCertificates.Leaf

  /// A server that answers by the lists of `script`, the last of each over and over; `POST /identity/authenticate` may
  /// be one of them.
  init(_ script: [String: [Reply]] = [:], certificate: ServerCertificates.Leaf? = nil) async throws
  {
    let certificates = try await ServerCertificates.made()
    leaf = certificate ?? certificates.first
    let box = Box(State(script: script))
    self.box = box
    server = try await ScriptedServer(certificate: leaf) { request in
      box.state.withLock { state in Self.reply(to: request, &state) }
    }
  }

  /// As when the API service restarts: no token is good any more.
  func forgetTokens() { box.state.withLock { $0.isTokenGood = false } }

  /// How long tokens live from now on, in seconds.
  func setLifetime(_ seconds: Int) { box.state.withLock { $0.lifetime = seconds } }

  var url: String { "https://127.0.0.1:\(server.port)" }

  /// A client that trusts the server unless told otherwise, and may ask as often as it likes.
  func client(
    trust: ServerTrust? = nil, domain: String? = nil, pace: RequestPace? = nil,
    limits: CallLimits = CallLimits.patient,
    now: Int64 = 0,
    password: @escaping @Sendable () async throws(SecretTrouble) -> Secret = {
      Secret(Array(ScriptedSEPM.password.utf8))
    }
  ) throws -> APIClient {
    guard let address = APIAddress(url) else { throw Unusable() }
    return APIClient(
      address, account: Account(username: "waltz", domain: domain, password: password),
      trust: trust ?? .fingerprints([leaf.fingerprint]),
      pace: pace ?? RequestPace(perMinute: 60_000, burst: 1_000), limits: limits,
      // The server is there for as long as its client.
      clock: { withExtendedLifetime(self) { now } })
  }

  struct Unusable: Error {}

  private static func reply(to request: ScriptedServer.Request, _ state: inout State) -> Reply {
    if let replies = state.script[request.line], let first = replies.first {
      if replies.count > 1 { state.script[request.line]?.removeFirst() }
      if request.line == "GET /version" || request.line == "POST /identity/authenticate" {
        return first
      }
      return isLoggedOn(request, state) ? first : .error(401, "Unauthorized")
    }
    switch request.line {
    case "POST /identity/authenticate":
      guard request.body.contains(#""password":"pass\"word-canary-Tr0ub4dor""#) else {
        return .error(401, "Authentication failed for \(request.body.filter { $0 != "\"" })")
      }
      state.tokens += 1
      state.isTokenGood = true
      return .json(userToken(state))
    case "GET /sessions/currentuser":
      return isLoggedOn(request, state) ? .json(userToken(state)) : .error(401, "Unauthorized")
    case "POST /identity/logout":
      guard isLoggedOn(request, state) else { return .error(401, "Unauthorized") }
      state.isTokenGood = false
      return .answer(204, [], "")
    default: return .error(404, "HTTP 404 Not Found")
    }
  }

  private static func isLoggedOn(_ request: ScriptedServer.Request, _ state: State) -> Bool {
    state.isTokenGood && request.token == "\(tokenCanary)-\(state.tokens)"
  }

  private static func userToken(_ state: State) -> String {
    """
    {"username":"waltz","fullname":"Waltz","domain":"Default","token":"\(tokenCanary)-\(state.tokens)",\
    "tokenExpiration":\(state.lifetime),"refreshToken":"refresh-canary","refreshTokenExpiration":2591999,\
    "clientId":"c","clientSecret":"secret-canary","adminId":"AF3C39A10A320801000000DBF200C60A",\
    "role":{"title":"sysadmin","bitMask":8},"permissionSet":{"reportingRights":true,"groupRights":true,\
    "siteRights":true,"remoteCommandRights":false,"policyRights":true},"bannerTitle":null,"bannerText":null,\
    "domainid":"AEC1B14F0A3208010F6C3B8E3A6F1D2B","serverTime":\(state.serverTime)}
    """
  }

  private final class Box: Sendable {
    let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }
  }
}

/// The kind of the error that a call ends with; nil where it does not fail.
func failure<Value>(_ call: () async throws(SEPMError) -> Value) async -> SEPMError.Kind? {
  do throws(SEPMError) {
    _ = try await call()
    return nil
  } catch {
    return error.kind
  }
}

extension CallLimits {
  /// For tests of everything but time: a machine may be busy with other tests.
  static let patient = CallLimits(connection: .seconds(600), answer: .seconds(600))

  static func patient(
    bytes: Int = 64 << 20, pageSize: Int = 1_000, pages: Int = 10_000
  ) -> CallLimits {
    CallLimits(
      connection: .seconds(600), answer: .seconds(600), bytes: bytes, pageSize: pageSize,
      pages: pages)
  }
}
