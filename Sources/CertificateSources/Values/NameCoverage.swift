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
  /// Case does not matter, nor a dot at the end. A wildcard stands for exactly one label, the leftmost, and
  /// never for an address. Names outside ASCII are expected as their `xn--` form.
  public func coverage(of address: String) -> NameCoverage {
    if let bytes = IPAddress.bytes(of: address) {
      if let name = alternativeNames.first(where: { $0 == .ip(bytes) }) {
        return .covered(by: name)
      }
      return commonName.flatMap(IPAddress.bytes) == bytes
        ? .commonNameOnly(commonName ?? "") : .notCovered
    }
    let host = HostName(address)
    for name in alternativeNames {
      if case .dns(let pattern) = name, host.isCovered(by: pattern) { return .covered(by: name) }
    }
    if let commonName, host.isCovered(by: commonName) { return .commonNameOnly(commonName) }
    return .notCovered
  }
}

/// A host name in labels.
private struct HostName {
  let labels: [Substring]

  init(_ text: String) {
    labels = Self.labels(text)
  }

  func isCovered(by pattern: String) -> Bool {
    let wanted = Self.labels(pattern)
    guard wanted.count == labels.count, !labels.isEmpty, !labels.contains("") else { return false }
    // A wildcard is the whole leftmost label and has two labels after it: `*.net` covers no one.
    guard wanted[0] == "*" else { return wanted == labels }
    return wanted.count >= 3 && wanted.dropFirst() == labels.dropFirst()
  }

  private static func labels(_ text: String) -> [Substring] {
    let trimmed = text.hasSuffix(".") ? text.dropLast() : text[...]
    return trimmed.lowercased().split(separator: ".", omittingEmptySubsequences: false)
  }
}
