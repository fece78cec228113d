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
  /// Whether the certificate covers a host name or an IP address (`2001:db8::1` with or without brackets).
  ///
  /// Case does not matter, nor a dot at the end. A wildcard stands for exactly one label, the leftmost, and
  /// never for an address. Names outside ASCII are expected as their `xn--` form.
  public func coverage(of address: String) -> NameCoverage {
    .notCovered
  }
}
