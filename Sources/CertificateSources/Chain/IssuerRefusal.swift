/// Why whoever verifies a chain takes a certificate in it for no issuer (RFC 5280 §6.1.4, k to n).
public enum IssuerRefusal: Sendable, Hashable {
  /// It says that it is no authority.
  case notAnAuthority

  /// It does not say that it is one, which since version 3 it must.
  case noConstraints

  /// It lists what its key may do, and signing certificates is not in the list.
  case keyUsage

  /// There are more authorities between it and the server's certificate than it allows.
  case pathLength(limit: Int, actual: Int)
}

extension CertificateFacts {
  /// Whether it is meant to issue certificates; a root of version 1 cannot say so.
  var isAuthority: Bool {
    basicConstraints?.isAuthority ?? (version < 3 && isSelfIssued)
  }

  /// Why it may not be the issuer above these certificates, the server's first; nil where it may.
  func refusal(toIssue path: some Collection<CertificateFacts>) -> IssuerRefusal? {
    guard isAuthority else { return basicConstraints == nil ? .noConstraints : .notAnAuthority }
    if let keyUsages, !keyUsages.contains("keyCertSign") { return .keyUsage }
    // An authority that renewed its own key is not counted.
    let between = path.dropFirst().count { !$0.isSelfIssued }
    if let limit = basicConstraints?.pathLength, between > limit {
      return .pathLength(limit: limit, actual: between)
    }
    return nil
  }
}
