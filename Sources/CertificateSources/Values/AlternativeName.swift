/// One subject alternative name.
public enum AlternativeName: Sendable, Hashable {
  /// A host name, maybe with a wildcard, in ASCII.
  case dns(String)

  /// The 4 or 16 bytes of an address.
  case ip([UInt8])

  /// Any other name: `email:…`, `URI:…`, `DirName:…`, as text.
  case other(String)

  /// `DNS:sepm.example.net`, `IP:10.0.0.1`, or the other name's text.
  public var text: String {
    switch self {
    case .dns(let name): "DNS:\(name)"
    case .ip(let bytes): "IP:\(IPAddress.text(of: bytes))"
    case .other(let text): text
    }
  }
}
