import Cryptography
import SwiftASN1

/// Whether a key made the signature of a certificate.
enum SignatureCheck: Hashable {
  case valid, invalid
  /// The algorithm is not one that can be computed here.
  case notPossible

  init(of certificate: CertificateFacts, by issuer: CertificateFacts) {
    guard let signed = SignedContent(certificate) else {
      self = .invalid
      return
    }
    let outcome: Bool? =
      switch (certificate.signature.family, issuer.key) {
      case (.rsa, .rsa), (.rsaPSS, .rsa), (.ecdsa, .ellipticCurve), (.edwards, .other("Ed25519")):
        try? Self.check(signed, certificate.signature, issuer)
      case (.rsa, _), (.rsaPSS, _), (.ecdsa, _): false
      default: nil
      }
    self = outcome.map { $0 ? .valid : .invalid } ?? .notPossible
  }

  /// Whether the issuer's key made the signature; nil where there is no such key or scheme.
  private static func check(
    _ signed: SignedContent, _ kind: SignatureKind, _ issuer: CertificateFacts
  ) throws -> Bool? {
    guard let scheme = scheme(of: kind, signed), let key = try publicKey(of: issuer) else {
      return nil
    }
    return try key.verifies(signed.signature, of: signed.content, scheme)
  }

  private static func scheme(of kind: SignatureKind, _ signed: SignedContent) -> SignatureScheme? {
    if kind.family == .edwards { return .ed25519 }
    // Hashes that nobody signs certificates with are not tried.
    guard let function = kind.hash?.function, function != .sha224 else { return nil }
    switch kind.family {
    case .rsa: return .rsa(function)
    // TLS has no other length of salt (RFC 8446 §4.2.3).
    case .rsaPSS where signed.saltLength == function.size:
      return .rsaPSS(function, saltLength: signed.saltLength)
    case .ecdsa: return .ecdsa(function)
    default: return nil
    }
  }

  private static func publicKey(of issuer: CertificateFacts) throws -> PublicKey? {
    switch issuer.key {
    case .rsa(let bits):
      guard KeyKind.usualRSASizes.contains(bits) else { return nil }
      let parts = try parseASN1(issuer.publicKeyBits[...]).node.sequence("the key")
      guard parts.count == 2 else { return nil }
      return try PublicKey(
        RSAPublicNumbers(
          modulus: parts[0].naturalNumber("the modulus"),
          exponent: parts[1].naturalNumber("the exponent")))
    case .ellipticCurve(let name):
      guard let curve = EllipticCurve(rawValue: name) else { return nil }
      return try PublicKey(point: issuer.publicKeyBits, on: curve)
    case .other: return try PublicKey(ed25519: issuer.publicKeyBits)
    }
  }
}
