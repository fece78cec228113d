import Cryptography

/// What a request shows of itself, before anything of it is believed.
struct Visit: Sendable {
  var method = "GET"

  /// The members `Host` (or `:authority`), `Origin`, `Sec-Fetch-Site` and `Sec-Fetch-Mode`.
  var host: String?
  var origin: String?
  var fetchSite: String?
  var fetchMode: String?

  /// The cookie of the dashboard.
  var session: String?

  /// A name with a password (RFC 7617).
  var login: (name: String, password: [UInt8])?

  /// The token of the address that was printed.
  var token: String?

  /// Whom the proxy names.
  var user: String?

  /// Whether the request may change something.
  var isWrite: Bool { method != "GET" && method != "HEAD" }
}

/// Who may come in, decided from the request alone.
///
/// That a server listens on loopback keeps no browser away: a page from anywhere can make a browser on this machine ask for
/// it, and with a name that it lets point here also read what is answered. So the name that was asked for is looked at
/// first and always, then where the request came from, then who it is.
package struct Door: Sendable {
  /// How somebody shows who they are.
  package enum Entry: Sendable {
    /// By the address that was printed where the server was started, which is exchanged for a cookie.
    case token(String, name: String)

    /// By a name and a password, which is exchanged for a cookie too.
    case users(UserFile)

    /// By a member that a proxy sets, which has asked for a password or a certificate.
    case proxy(header: String)
  }

  /// What becomes of a request.
  enum Verdict: Sendable, Equatable {
    /// Its sender is this one.
    case admitted(String)

    /// It has the printed token, or a password: it gets the cookie, and comes again.
    case welcomed(session: String)

    /// It follows a link from elsewhere, so that its cookie was kept back: it comes again from here.
    case again

    case refused(Refusal)
  }

  /// Why nobody is let in.
  enum Refusal: Sendable, Equatable {
    /// The name in the request is not one of the dashboard's.
    case misdirected

    /// It was sent by a page of another site.
    case crossSite

    /// Nobody says who it is.
    case unknown
  }

  /// Names of the dashboard in lower case, without a port; an address of IPv6 is in brackets.
  let hosts: Set<String>

  let entry: Entry

  /// What cookies are made with, known to nobody else.
  let key: String

  /// What becomes of a request.
  func verdict(on visit: Visit) -> Verdict {
    guard let host = visit.host, hosts.contains(Self.name(in: host)) else {
      return .refused(.misdirected)
    }
    if let origin = visit.origin, visit.isWrite, !isOwn(origin) { return .refused(.crossSite) }
    if let site = visit.fetchSite, site != "same-origin", site != "none" {
      guard !visit.isWrite, visit.fetchMode == "navigate" else { return .refused(.crossSite) }
      return .again
    }
    if case .proxy = entry {
      guard let user = visit.user, !user.isEmpty else { return .refused(.unknown) }
      return .admitted(user)
    }
    if let name = visit.session.flatMap(name(ofSession:)) { return .admitted(name) }
    switch entry {
    case .token(let token, let name):
      guard !visit.isWrite, let shown = visit.token, isSame(shown, token) else { break }
      return .welcomed(session: session(of: name))
    case .users(let users):
      guard !visit.isWrite, let login = visit.login, users.admits(login.name, login.password) else {
        break
      }
      return .welcomed(session: session(of: login.name))
    case .proxy: break
    }
    return .refused(.unknown)
  }

  /// The cookie of somebody: the name, and what only who has the key can make of it.
  func session(of name: String) -> String {
    "\(Hexadecimal.text(of: name.utf8))~\(seal(of: name))"
  }

  private func name(ofSession session: String) -> String? {
    let parts = session.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = bytes(hexadecimal: parts[0]) else { return nil }
    let name = String(decoding: bytes, as: UTF8.self)
    guard isSame(String(parts[1]), seal(of: name)) else { return nil }
    // Whoever was taken from the file comes in no more.
    if case .users(let users) = entry, !users.names.contains(name) { return nil }
    return name
  }

  private func seal(of name: String) -> String {
    Hexadecimal.text(of: HashFunction.sha256.hash(of: Array("\(key)\0\(name)\0\(key)".utf8)))
  }

  private func isOwn(_ origin: String) -> Bool {
    for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
      return hosts.contains(Self.name(in: String(origin.dropFirst(scheme.count))))
    }
    return false
  }

  /// The name of `name:port` in lower case: all of it but for the port.
  static func name(in host: String) -> String {
    let end = host.lastIndex(of: ":")
    guard let end, !host[end...].contains("]"),
      host[host.index(after: end)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return host.lowercased() }
    return host[..<end].lowercased()
  }
}

/// Whether two secrets are the same; how long it takes does not tell where they differ.
func isSame(_ left: String, _ right: String) -> Bool {
  guard left.utf8.count == right.utf8.count else { return false }
  return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
