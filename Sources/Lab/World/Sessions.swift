import Estate
import RotationEngine

/// Who is logged on. A token lives in the API service of one server: it ends with that service
/// (`docs/SEPM.md`, "Logging on").
struct Sessions: Sendable {
  /// A log-on.
  struct Session: Sendable {
    let username: String
    let server: ServerPosition

    /// The start of the service that gave it.
    let serviceStart: Int64

    /// Until when the token is good, and until when it can be refreshed, in virtual time.
    let tokenEnd: Instant
    let refreshEnd: Instant
    let refreshToken: String
  }

  /// What one log-on gave.
  struct Grant: Sendable {
    let token: String
    let session: Session
  }

  /// How long a token is good, and how long it can be refreshed, in seconds.
  static let tokenLife = 43_199

  /// How long a token is good at least by the machine's time: at a high speed its twelve hours are over before the answer
  /// that brings it is read.
  static let realTokenLife = 20
  static let refreshLife = 2_591_999

  /// The log-ons that are good as far as anybody knows, by their tokens.
  private(set) var sessions: [String: Session] = [:]

  /// How often a log-on was refused since the lab was started, by the positions of the sites.
  private(set) var refusals: [Int: Int] = [:]

  /// How many tokens were given so far.
  private(set) var count = 0

  /// Logs somebody on, while time goes on at `speed`.
  mutating func open(
    _ username: String, at server: ServerPosition, in estate: SimulatedEstate, speed: Int
  ) -> Grant {
    count += 1
    let service = estate.sites[server.site].servers[server.server][.api]
    func text(_ use: Int) -> String {
      let bits = estate.identity(
        ofClient: count, use: 1_000 + use + server.site * 64 + server.server)
      return bits.lowercased()
        + estate.identity(ofClient: Int(service.startedAt & 0xFFFF_FFFF), use: count)
        .lowercased().prefix(8)
    }
    let session = Session(
      username: username, server: server, serviceStart: service.startedAt,
      tokenEnd: estate.now + .seconds(max(Self.tokenLife, Self.realTokenLife * speed)),
      refreshEnd: estate.now + .seconds(Self.refreshLife), refreshToken: text(1))
    let token = text(0)
    sessions[token] = session
    return Grant(token: token, session: session)
  }

  /// The session of a token at a server; nil where it gave none, or it has ended.
  func session(_ token: String, at server: ServerPosition, in estate: SimulatedEstate) -> Session? {
    guard let session = sessions[token], session.server == server, session.tokenEnd > estate.now,
      session.serviceStart == estate.sites[server.site].servers[server.server][.api].startedAt
    else { return nil }
    return session
  }

  /// Notes that somebody was not let in.
  mutating func refuse(at server: ServerPosition) { refusals[server.site, default: 0] += 1 }

  /// Gives another token for a refresh token; nil where it is none.
  mutating func refresh(
    _ token: String, at server: ServerPosition, in estate: SimulatedEstate, speed: Int
  ) -> Grant? {
    let found = sessions.first { $0.value.refreshToken == token && $0.value.server == server }
    guard let found, found.value.refreshEnd > estate.now,
      found.value.serviceStart
        == estate.sites[server.site].servers[server.server][.api].startedAt
    else { return nil }
    sessions[found.key] = nil
    return open(found.value.username, at: server, in: estate, speed: speed)
  }

  /// Ends a session.
  mutating func close(_ token: String) { sessions[token] = nil }

  /// Ends every session of a server.
  mutating func loseAll(at server: ServerPosition) {
    sessions = sessions.filter { $0.value.server != server }
  }
}
