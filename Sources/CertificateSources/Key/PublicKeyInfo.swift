import SwiftASN1

/// A subject public key info, taken apart.
struct PublicKeyInfo {
  let kind: KeyKind
  let der: [UInt8]
  let bits: [UInt8]

  init(_ node: ASN1Node) throws(MalformedASN1) {
    let parts = try node.sequence("the public key")
    guard parts.count == 2 else { throw MalformedASN1("the public key is damaged") }
    let algorithm = try AlgorithmIdentifier(parts[0], "the algorithm of the public key")
    let bits = try parts[1].bits("the public key")
    kind = KeyKind(algorithm, publicKey: bits)
    der = Array(node.encodedBytes)
    self.bits = Array(bits)
  }
}

extension KeyKind {
  /// The kind of a key, from its algorithm and, for RSA, the public key itself.
  init(_ algorithm: AlgorithmIdentifier, publicKey: ArraySlice<UInt8>) {
    switch algorithm.objectIdentifier {
    case "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10":
      if let parts = try? parseASN1(publicKey).node.sequence("the key"),
        let modulus = try? parts.first?.integerBytes("the modulus")
      {
        self = .rsa(bits: Self.bitCount(modulus))
      } else {
        self = .other(name: "RSA (damaged)")
      }
    case "1.2.840.10045.2.1": self = Self.ellipticCurve(algorithm.parameters)
    case let identifier: self = .other(name: Self.names[identifier] ?? identifier)
    }
  }

  /// The curve that the parameters of an algorithm name.
  static func ellipticCurve(_ parameters: ASN1Node?) -> KeyKind {
    guard let identifier = try? parameters?.objectIdentifier("the curve") else {
      return .ellipticCurve(name: "of its own parameters")
    }
    return .ellipticCurve(name: curves[identifier] ?? identifier)
  }

  /// The bits of RSA keys that are computed with: shorter ones are broken, longer ones in use nowhere, and slow.
  static let usualRSASizes = 1_024...8_192

  /// The bits of a number that is not negative.
  static func bitCount(_ integer: ArraySlice<UInt8>) -> Int {
    let digits = integer.drop { $0 == 0 }
    return digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
  }

  private static let curves = [
    "1.2.840.10045.3.1.7": "P-256", "1.3.132.0.34": "P-384", "1.3.132.0.35": "P-521",
    "1.3.132.0.10": "secp256k1", "1.2.840.10045.3.1.1": "P-192", "1.3.132.0.33": "P-224",
    "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1", "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
    "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
  ]

  private static let names = [
    "1.3.101.112": "Ed25519", "1.3.101.113": "Ed448", "1.3.101.110": "X25519",
    "1.2.840.10040.4.1": "DSA", "1.2.840.113549.1.3.1": "DH",
  ]
}
