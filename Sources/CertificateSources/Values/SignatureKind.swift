/// How a certificate was signed.
public struct SignatureKind: Sendable, Hashable {
  /// The kind of the key that signed.
  public enum Family: Sendable, Hashable {
    /// RSA with PKCS #1 v1.5 padding.
    case rsa
    /// RSA with PSS padding.
    case rsaPSS
    case ecdsa
    case dsa
    case edwards
    case unknown
  }

  /// The hash that was signed.
  public enum Hash: String, Sendable, Hashable {
    case md2 = "MD2"
    case md5 = "MD5"
    case sha1 = "SHA-1"
    case sha224 = "SHA-224"
    case sha256 = "SHA-256"
    case sha384 = "SHA-384"
    case sha512 = "SHA-512"

    /// Whether collisions can be made, so that nobody should trust it in a certificate.
    public var isBroken: Bool { self == .md2 || self == .md5 || self == .sha1 }
  }

  public let family: Family

  /// Nil where the algorithm has none of its own, or is unknown.
  public let hash: Hash?

  /// The object identifier, dotted.
  public let objectIdentifier: String

  init(_ family: Family, _ hash: Hash?, objectIdentifier: String) {
    self.family = family
    self.hash = hash
    self.objectIdentifier = objectIdentifier
  }

  /// Whether an RSA key made it, the only signatures that SEPM takes
  /// (`docs/SEPM.md`, "Certificate files").
  public var isRSA: Bool { family == .rsa || family == .rsaPSS }

  /// `RSA-SHA-256`, `RSA-PSS-SHA-256`, `ECDSA-SHA-384`, or the object identifier.
  public var name: String {
    let base: String
    switch family {
    case .rsa: base = "RSA"
    case .rsaPSS: base = "RSA-PSS"
    case .ecdsa: base = "ECDSA"
    case .dsa: base = "DSA"
    case .edwards: return objectIdentifier == "1.3.101.112" ? "Ed25519" : "Ed448"
    case .unknown: return objectIdentifier
    }
    return hash.map { "\(base)-\($0.rawValue)" } ?? base
  }
}
