/// Whether a certificate is good for an address, by the rules of RFC 9525.
public enum NameCoverage: Sendable, Hashable {
  /// This alternative name covers the address.
  case covered(by: AlternativeName)

  /// No alternative name covers it; the common name would, which modern clients do not look at.
  case commonNameOnly(String)

  /// Nothing covers it.
  case notCovered
}

extension CertificateFacts {
  /// Whether the certificate covers a host name or an IP address (`2001:db8::1`, without brackets).
  ///
  /// For one address; who asks for many keeps ``NameTable``.
  public func coverage(of address: String) -> NameCoverage { NameTable(self).coverage(of: address) }
}

/// The names of a certificate, to be asked for one address after the other without a walk through them.
///
/// Case does not matter, nor a dot at the end. A wildcard stands for exactly one label, the leftmost, and
/// never for an address. Names outside ASCII are expected as their `xn--` form.
public struct NameTable: Sendable {
  private let names: [AlternativeName]
  private let commonName: String?

  /// The first name of each kind by what it covers, as a position.
  private var addresses: [[UInt8]: Int] = [:]
  private var hosts: [HostName: Int] = [:]

  /// By what stands behind the `*.` of a wildcard.
  private var wildcards: [HostName: Int] = [:]

  /// The names of a certificate.
  public init(_ facts: CertificateFacts) {
    names = facts.alternativeNames
    commonName = facts.commonName
    for (position, name) in names.enumerated() {
      switch name {
      case .dns(let pattern):
        guard let pattern = HostPattern(pattern) else { continue }
        switch pattern {
        case .host(let host): hosts[host] = hosts[host] ?? position
        case .below(let domain): wildcards[domain] = wildcards[domain] ?? position
        }
      case .ip(let bytes): addresses[bytes] = addresses[bytes] ?? position
      case .other: continue
      }
    }
  }

  /// Whether one of the names covers a host name or an IP address (`2001:db8::1`, without brackets).
  public func coverage(of address: String) -> NameCoverage {
    if let bytes = IPAddress.bytes(of: address) {
      if let position = addresses[bytes] { return .covered(by: names[position]) }
      return commonName.flatMap(IPAddress.bytes) == bytes
        ? .commonNameOnly(commonName ?? "") : .notCovered
    }
    guard let host = HostName(address) else { return .notCovered }
    let positions = [hosts[host], host.domain.flatMap { wildcards[$0] }]
    if let first = positions.compactMap(\.self).min() { return .covered(by: names[first]) }
    guard let commonName, HostPattern(commonName)?.covers(host) == true else { return .notCovered }
    return .commonNameOnly(commonName)
  }
}

/// A host name in lower case, without a dot at its end; none of its labels is empty.
///
/// As bytes: a plan may name ten thousand servers, and each is looked up.
private struct HostName: Hashable {
  let bytes: ArraySlice<UInt8>

  init?(_ text: String) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if byte == .dot, bytes.last ?? .dot == .dot { return nil }
      bytes.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte)
    }
    if bytes.last == .dot { bytes.removeLast() }
    guard !bytes.isEmpty else { return nil }
    self.bytes = bytes[...]
  }

  private init(whole bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  /// What stands behind the leftmost label; nil where that is the only one.
  var domain: HostName? {
    bytes.firstIndex(of: .dot).map { HostName(whole: bytes[($0 + 1)...]) }
  }

  /// Whether the leftmost label stands for any.
  var isWildcard: Bool { bytes.prefix { $0 != .dot }.elementsEqual("*".utf8) }
}

extension UInt8 {
  fileprivate static let dot = UInt8(ascii: ".")
}

/// What a name in a certificate covers.
private enum HostPattern {
  /// One host.
  case host(HostName)

  /// Every host one label below a domain.
  case below(HostName)

  /// A wildcard is the whole leftmost label and has two labels after it: `*.net` covers no one.
  init?(_ text: String) {
    guard let name = HostName(text) else { return nil }
    guard name.isWildcard else {
      self = .host(name)
      return
    }
    guard let domain = name.domain, domain.domain != nil else { return nil }
    self = .below(domain)
  }

  func covers(_ host: HostName) -> Bool {
    switch self {
    case .host(let own): own == host
    case .below(let domain): host.domain == domain
    }
  }
}
