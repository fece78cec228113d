import Crypto
import CryptoExtras
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
      case (.rsa, .rsa(let bits)), (.rsaPSS, .rsa(let bits)):
        Self.checkRSA(signed, certificate.signature, issuer.publicKeyInfo, bits: bits)
      case (.ecdsa, .ellipticCurve(let name)):
        Self.checkECDSA(signed, certificate.signature, issuer.publicKeyBits, curve: name)
      case (.edwards, .other("Ed25519")):
        (try? Curve25519.Signing.PublicKey(rawRepresentation: issuer.publicKeyBits))
          .map { $0.isValidSignature(signed.signature, for: signed.content) }
      case (.rsa, _), (.rsaPSS, _), (.ecdsa, _): false
      default: nil
      }
    self = outcome.map { $0 ? .valid : .invalid } ?? .notPossible
  }

  private static func checkRSA(
    _ signed: SignedContent, _ kind: SignatureKind, _ info: [UInt8], bits: Int
  ) -> Bool? {
    // BoringSSL refuses shorter keys; longer ones are in use nowhere, and slow.
    guard (1_024...8_192).contains(bits), let hash = kind.hash,
      let key = try? _RSA.Signing.PublicKey(unsafeDERRepresentation: info)
    else { return nil }
    // BoringSSL checks salts as long as the hash only.
    if kind.family == .rsaPSS, signed.saltLength != hash.size { return nil }
    let signature = _RSA.Signing.RSASignature(rawRepresentation: signed.signature)
    let padding: _RSA.Signing.Padding = kind.family == .rsaPSS ? .PSS : .insecurePKCS1v1_5
    switch hash {
    case .sha1:
      return key.isValidSignature(
        signature, for: Insecure.SHA1.hash(data: signed.content), padding: padding)
    case .sha256:
      return key.isValidSignature(
        signature, for: SHA256.hash(data: signed.content), padding: padding)
    case .sha384:
      return key.isValidSignature(
        signature, for: SHA384.hash(data: signed.content), padding: padding)
    case .sha512:
      return key.isValidSignature(
        signature, for: SHA512.hash(data: signed.content), padding: padding)
    case .md2, .md5, .sha224: return nil
    }
  }

  private static func checkECDSA(
    _ signed: SignedContent, _ kind: SignatureKind, _ point: [UInt8], curve: String
  ) -> Bool? {
    switch kind.hash {
    case .sha1: checkECDSA(signed, Insecure.SHA1.hash(data: signed.content), point, curve)
    case .sha256: checkECDSA(signed, SHA256.hash(data: signed.content), point, curve)
    case .sha384: checkECDSA(signed, SHA384.hash(data: signed.content), point, curve)
    case .sha512: checkECDSA(signed, SHA512.hash(data: signed.content), point, curve)
    default: nil
    }
  }

  private static func checkECDSA(
    _ signed: SignedContent, _ digest: some Digest, _ point: [UInt8], _ curve: String
  ) -> Bool? {
    switch curve {
    case "P-256":
      guard let key = try? P256.Signing.PublicKey(x963Representation: point) else { return nil }
      return (try? P256.Signing.ECDSASignature(derRepresentation: signed.signature))
        .map { key.isValidSignature($0, for: digest) } ?? false
    case "P-384":
      guard let key = try? P384.Signing.PublicKey(x963Representation: point) else { return nil }
      return (try? P384.Signing.ECDSASignature(derRepresentation: signed.signature))
        .map { key.isValidSignature($0, for: digest) } ?? false
    case "P-521":
      guard let key = try? P521.Signing.PublicKey(x963Representation: point) else { return nil }
      return (try? P521.Signing.ECDSASignature(derRepresentation: signed.signature))
        .map { key.isValidSignature($0, for: digest) } ?? false
    default: return nil
    }
  }
}
