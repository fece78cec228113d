import Cryptography
import SwiftASN1

extension SignatureKind {
  /// The kind that an algorithm identifier names.
  init(_ algorithm: AlgorithmIdentifier) {
    let identifier = algorithm.objectIdentifier
    if identifier == "1.2.840.113549.1.1.10" {
      self.init(.rsaPSS, Self.hashOfPSS(algorithm.parameters), objectIdentifier: identifier)
    } else if let (family, hash) = Self.known[identifier] {
      self.init(family, hash, objectIdentifier: identifier)
    } else {
      self.init(.unknown, nil, objectIdentifier: identifier)
    }
  }

  private static let known: [String: (Family, Hash?)] = [
    "1.2.840.113549.1.1.2": (.rsa, .md2),
    "1.2.840.113549.1.1.4": (.rsa, .md5),
    "1.2.840.113549.1.1.5": (.rsa, .sha1),
    "1.3.14.3.2.29": (.rsa, .sha1),
    "1.2.840.113549.1.1.14": (.rsa, .sha224),
    "1.2.840.113549.1.1.11": (.rsa, .sha256),
    "1.2.840.113549.1.1.12": (.rsa, .sha384),
    "1.2.840.113549.1.1.13": (.rsa, .sha512),
    "1.2.840.10045.4.1": (.ecdsa, .sha1),
    "1.2.840.10045.4.3.1": (.ecdsa, .sha224),
    "1.2.840.10045.4.3.2": (.ecdsa, .sha256),
    "1.2.840.10045.4.3.3": (.ecdsa, .sha384),
    "1.2.840.10045.4.3.4": (.ecdsa, .sha512),
    "1.2.840.10040.4.3": (.dsa, .sha1),
    "2.16.840.1.101.3.4.3.2": (.dsa, .sha256),
    "1.3.101.112": (.edwards, nil),
    "1.3.101.113": (.edwards, nil),
  ]

  /// SHA-1 unless the parameters say otherwise (RFC 4055); nil for a hash that is not known here.
  private static func hashOfPSS(_ parameters: ASN1Node?) -> Hash? {
    guard let first = parameters?.children?.first, first.isTagged(0) else { return .sha1 }
    guard let node = first.children?.first, let algorithm = try? AlgorithmIdentifier(node, "a hash")
    else { return nil }
    return Hash(objectIdentifier: algorithm.objectIdentifier)
  }
}

extension SignatureKind.Hash {
  /// The function that computes it; nil where nobody computes it any more.
  var function: HashFunction? { HashFunction(rawValue: rawValue) }

  /// The hash of an object identifier.
  init?(objectIdentifier: String) {
    switch objectIdentifier {
    case "1.2.840.113549.2.5": self = .md5
    case "1.3.14.3.2.26": self = .sha1
    case "2.16.840.1.101.3.4.2.4": self = .sha224
    case "2.16.840.1.101.3.4.2.1": self = .sha256
    case "2.16.840.1.101.3.4.2.2": self = .sha384
    case "2.16.840.1.101.3.4.2.3": self = .sha512
    default: return nil
    }
  }
}

extension HashFunction {
  /// The hash of an object identifier.
  init?(objectIdentifier: String) {
    guard let hash = SignatureKind.Hash(objectIdentifier: objectIdentifier)?.function else {
      return nil
    }
    self = hash
  }
}
