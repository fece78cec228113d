/// What may be said of a private key: everything but the key.
public struct PrivateKeyFacts: Sendable, Hashable {
  /// How the key was written down.
  public enum Encoding: String, Sendable, Hashable {
    case pkcs1 = "PKCS#1"
    case pkcs8 = "PKCS#8"
    case sec1 = "SEC1"
  }

  public let kind: KeyKind
  public let encoding: Encoding

  /// Its public half, comparable with ``CertificateFacts/publicKeyBits``; nil where it cannot be worked out.
  public let publicKeyBits: [UInt8]?

  /// The name that the container gives it.
  public let alias: String?

  /// Whether it is the key of the certificate; nil where that cannot be told.
  public func matches(_ certificate: CertificateFacts) -> Bool? {
    publicKeyBits.map { $0 == certificate.publicKeyBits }
  }
}
