/// The algorithm of a key, with its size.
public enum KeyKind: Sendable, Hashable {
  /// RSA with the bits of its modulus.
  case rsa(bits: Int)

  /// A key on an elliptic curve: `P-256`, `P-384`, `P-521`, or the curve's object identifier.
  case ellipticCurve(name: String)

  /// Ed25519, DSA and all else, by name or object identifier.
  case other(name: String)

  /// Whether it is the only kind that SEPM takes (`docs/SEPM.md`, "Certificate files").
  public var isRSA: Bool {
    if case .rsa = self { true } else { false }
  }

  /// `RSA 2048`, `EC P-256`, `Ed25519`.
  public var name: String {
    switch self {
    case .rsa(let bits): "RSA \(bits)"
    case .ellipticCurve(let name): "EC \(name)"
    case .other(let name): name
    }
  }
}
