import PlanModel

/// Where the API of a management server is.
package struct APIAddress: Hashable, Sendable, CustomStringConvertible {
  /// A name or an address.
  package let host: String

  /// A TCP port.
  package let port: Int

  private let prefix: String

  /// Reads `https://HOST:8446`, with a path before `/sepm` or without; nil for anything that is not HTTPS.
  package init?(_ url: String) {
    guard let parts = URLParts(url), !parts.isPlain, url.hasPrefix("https://"), !parts.host.isEmpty
    else { return nil }
    host = parts.host
    port = parts.port
    let afterScheme = url.dropFirst("https://".count)
    var path = afterScheme[(afterScheme.firstIndex(of: "/") ?? afterScheme.endIndex)...]
    if let mark = path.firstIndex(where: { $0 == "?" || $0 == "#" }) { path = path[..<mark] }
    if let sepm = path.firstRange(of: "/sepm") { path = path[..<sepm.lowerBound] }
    while path.last == "/" { path.removeLast() }
    prefix = String(path)
  }

  /// `HOST:8446`.
  package var description: String { "\(bracketedHost):\(port)" }

  /// The address of a resource; `path` begins with a slash.
  func url(of path: String, query: [Query]) -> String {
    var url = "https://\(description)\(prefix)/sepm/api/v1\(path)"
    for (position, part) in query.enumerated() {
      url += "\(position == 0 ? "?" : "&")\(part.name)=\(part.value.percentEncoded)"
    }
    return url
  }

  private var bracketedHost: String { host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host }
}

/// A parameter of a call.
struct Query: Equatable {
  let name: String
  let value: String

  init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  init(_ name: String, _ value: some CustomStringConvertible) {
    self.init(name, value.description)
  }
}

extension String {
  /// The text with everything but letters, digits and `-._~` as `%XX`.
  var percentEncoded: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        text.append(byte)
      default:
        text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
