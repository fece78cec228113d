/// The certificates of a source in the order of trust.
public struct CertificateChain: Sendable, Hashable {
  /// Leaf first, each followed by its issuer. Never empty.
  public let certificates: [CertificateFacts]

  /// Certificates of the source that are no part of it.
  public let foreign: [CertificateFacts]

  /// How the chain ends.
  public let end: End

  /// How a chain ends.
  public enum End: Sendable, Hashable {
    /// With a certificate that signed itself, SEPM's own default included: nothing is missing.
    case selfSigned

    /// With an authority whose issuer is not in the source. Whether that issuer is a root, which is rightly
    /// left out, or a further intermediate cannot be told offline. Also with the leaf, where its issuer is a
    /// root among the trusted entries of the keystore.
    case openAuthority(issuer: String)

    /// With the leaf, whose issuer is not in the source: an intermediate is most likely missing.
    case openLeaf(issuer: String)
  }

  /// The certificate of the server.
  public var leaf: CertificateFacts { certificates[0] }

  /// Whether the chain holds all that can be asked of it offline.
  public var isComplete: Bool {
    if case .openLeaf = end { false } else { true }
  }
}
