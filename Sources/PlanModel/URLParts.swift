import PlanText

/// Host and port of a URL whose form is right.
public struct URLParts: Sendable, Equatable {
  /// Whether it is without TLS.
  public let isPlain: Bool

  /// A name or an address, without the brackets of IPv6.
  public let host: String

  /// The one that is written, else that of the scheme.
  public let port: Int

  /// Takes a URL apart; nil where it is none.
  public init?(_ url: String) {
    guard let start = url.firstRange(of: "://") else { return nil }
    isPlain = url.utf8.first == "h" && url.hasPrefix("http://")
    var authority = url[start.upperBound...].prefix { $0 != "/" }
    var port = isPlain ? 80 : 443
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let number = Int(authority[authority.index(after: colon)...]) else { return nil }
      port = number
      authority = authority[..<colon]
    }
    self.port = port
    host = String(authority.drop { $0 == "[" }.prefix { $0 != "]" })
  }
}
