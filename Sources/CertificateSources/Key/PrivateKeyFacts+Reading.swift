import Cryptography
import SwiftASN1

extension PrivateKeyFacts {
  /// Reads a private key in any of the three forms; told by what is in it, since labels are often wrong.
  init(reading bytes: ArraySlice<UInt8>, alias: String? = nil) throws(MalformedASN1) {
    guard let content = DERContent(bytes) else { throw MalformedASN1("it is not a private key") }
    switch content {
    case .pkcs1Key: try self.init(pkcs1: bytes, .pkcs1, alias)
    case .sec1Key: try self.init(sec1: bytes, .sec1, curve: nil, alias)
    case .pkcs8Key: try self.init(pkcs8: bytes, alias)
    default: throw MalformedASN1("it is not a private key")
    }
  }

  private init(pkcs8 bytes: ArraySlice<UInt8>, _ alias: String?) throws(MalformedASN1) {
    let parts = try parseASN1(bytes).node.sequence("the key")
    guard parts.count >= 3 else { throw MalformedASN1("it is not complete") }
    let algorithm = try AlgorithmIdentifier(parts[1], "its algorithm")
    let inner = try parts[2].octets("the key")
    switch algorithm.objectIdentifier {
    case "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10":
      try self.init(pkcs1: inner, .pkcs8, alias)
    case "1.2.840.10045.2.1":
      try self.init(sec1: inner, .pkcs8, curve: KeyKind.ellipticCurve(algorithm.parameters), alias)
    case "1.3.101.112":
      let seed = try parseASN1(inner).node.octets("the key")
      self.init(
        kind: .other(name: "Ed25519"), encoding: .pkcs8,
        publicKeyBits: try? Ed25519.publicKey(of: seed), alias: alias)
    default:
      self.init(
        kind: KeyKind(algorithm, publicKey: []), encoding: .pkcs8, publicKeyBits: nil, alias: alias)
    }
  }

  private init(pkcs1 bytes: ArraySlice<UInt8>, _ encoding: Encoding, _ alias: String?)
    throws(MalformedASN1)
  {
    let parts = try parseASN1(bytes).node.sequence("the key")
    guard parts.count >= 9 else {
      throw MalformedASN1("it does not have all numbers of an RSA key")
    }
    let modulus = try parts[1].integerBytes("the modulus")
    let exponent = try parts[2].integerBytes("the exponent")
    let bits = KeyKind.bitCount(modulus)
    if KeyKind.usualRSASizes.contains(bits) {
      let numbers = try RSAPrivateNumbers(
        parts.dropFirst().map { part throws(MalformedASN1) in try part.naturalNumber("a number") })
      guard try parts[0].count("the version") == 0, let numbers,
        (try? numbers.belongTogether()) == true
      else { throw MalformedASN1("its numbers do not belong together") }
    }
    self.init(
      kind: .rsa(bits: bits), encoding: encoding,
      publicKeyBits: DERWriting.rsaPublicKey(modulus: modulus, exponent: exponent), alias: alias)
  }

  private init(
    sec1 bytes: ArraySlice<UInt8>, _ encoding: Encoding, curve: KeyKind?, _ alias: String?
  ) throws(MalformedASN1) {
    let parts = try parseASN1(bytes).node.sequence("the key")
    guard parts.count >= 2 else { throw MalformedASN1("it is not complete") }
    let scalar = try parts[1].octets("the key")
    let named = parts.dropFirst(2).first { $0.isTagged(0) }
    let kind = curve ?? KeyKind.ellipticCurve(named?.children?.first)
    let written = parts.dropFirst(2).first { $0.isTagged(1) }?.children?.first
      .flatMap { try? $0.bits("the public key") }.map(Array.init)
    self.init(
      kind: kind, encoding: encoding, publicKeyBits: Self.point(of: scalar, on: kind) ?? written,
      alias: alias)
  }

  /// The public point that belongs to a private number.
  private static func point(of scalar: ArraySlice<UInt8>, on kind: KeyKind) -> [UInt8]? {
    guard case .ellipticCurve(let name) = kind, let curve = EllipticCurve(rawValue: name) else {
      return nil
    }
    return try? curve.publicPoint(of: scalar)
  }
}
