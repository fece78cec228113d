import Cryptography

/// What a check that expects calls is told, as healthchecks and its like take it: a POST to the check's URL or to one
/// below it.
package struct CheckCall: Sendable, Equatable {
  /// What the call says.
  package enum Signal: Sendable {
    /// Something began, and is to end within the time that was agreed with the check.
    case start

    /// All is as it should be, and what began has ended.
    case success

    case failure

    /// Nothing but what the body says: it changes nothing.
    case log

    /// What stands behind the path of the check's URL.
    fileprivate var ending: String {
      switch self {
      case .start: "/start"
      case .success: ""
      case .failure: "/fail"
      case .log: "/log"
      }
    }
  }

  /// What it says.
  package let signal: Signal

  /// A UUID that a start and its end have in common; nil where they need none.
  package let pair: String?

  /// The name of the check, where each site has its own.
  package let check: String

  /// What the check keeps with it.
  package let body: String

  /// A call.
  package init(_ signal: Signal, pair: String? = nil, check: String = "", body: String) {
    self.signal = signal
    self.pair = pair
    self.check = check
    self.body = body
  }

  /// The pair of a text: a UUID that is the same for the same text.
  package static func pair(of text: String) -> String {
    var bytes = Array(HashFunction.sha256.hash(of: Array(text.utf8)).prefix(16))
    // Version 8 of RFC 9562: made of what its maker likes.
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Hexadecimal.text(of: bytes)
    var (pieces, rest): ([Substring], Substring) = ([], digits[...])
    for length in [8, 4, 4, 4, 12] {
      pieces.append(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
    return pieces.joined(separator: "-")
  }

  /// What stands in a URL for the name of a site's check.
  static let place = "{site}"

  /// Where it is sent.
  ///
  /// - Parameter url: The check's URL. What stands behind a question mark stays, and the check's name for `{site}`.
  /// - Returns: The URL of the call.
  package func address(below url: String) -> String {
    let parts = url.replacing(Self.place, with: check)
      .split(separator: "?", maxSplits: 1).map(String.init)
    var path = parts.first ?? ""
    if signal != .success {
      while path.hasSuffix("/") { path.removeLast() }
    }
    let query = parts.dropFirst() + (pair.map { ["rid=" + $0] } ?? [])
    return path + signal.ending + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
  }
}
