import NIOSSL
package import PlanModel

/// What the certificate of the API is held against. There is no way to accept any.
package enum ServerTrust: Sendable, Hashable {
  /// The leaf is one of these, whoever issued it and whether or not it has expired: usually one, and the old and
  /// the new one while a server is changed (`docs/SEPM.md`, "Proofs from outside").
  case fingerprints(Set<Fingerprint>)

  /// The chain ends in one of these, and the leaf names the host.
  case authorities(AuthorityList)

  /// The chain ends in an authority of the system, and the leaf names the host.
  case system

  /// Authorities from a file.
  package struct AuthorityList: Sendable, Hashable {
    let certificates: [NIOSSLCertificate]

    /// Reads the certificates of a PEM file; nil where it has none.
    package init?(pem: [UInt8]) {
      guard let certificates = try? NIOSSLCertificate.fromPEMBytes(pem), !certificates.isEmpty
      else { return nil }
      self.certificates = certificates
    }
  }
}
