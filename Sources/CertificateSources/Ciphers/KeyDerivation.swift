import Crypto
import CryptoExtras
import FoundationEssentials

/// The hashes that passwords go through.
enum DerivationHash: String, Hashable {
  case sha1 = "SHA-1"
  case sha224 = "SHA-224"
  case sha256 = "SHA-256"
  case sha384 = "SHA-384"
  case sha512 = "SHA-512"

  /// In bytes.
  var size: Int { SignatureKind.Hash(rawValue: rawValue)?.size ?? 0 }

  /// The hash of an object identifier.
  init?(objectIdentifier: String) {
    guard let hash = SignatureKind.Hash(objectIdentifier: objectIdentifier) else { return nil }
    self.init(rawValue: hash.rawValue)
  }
}

/// A password in the two forms that are hashed.
struct PasswordForms {
  /// For PBKDF2.
  let utf8: [UInt8]

  /// For the derivation of PKCS #12: UTF-16 with two zero bytes at the end.
  let utf16: [UInt8]

  /// Bytes that are no UTF-8 are taken as Latin-1, as OpenSSL does.
  init(_ password: Password) {
    utf8 = password.bytes
    utf16 = password.utf16 + [0, 0]
  }

  private init(utf8: [UInt8], utf16: [UInt8]) {
    self.utf8 = utf8
    self.utf16 = utf16
  }

  /// No password at all, which some programs write where others write an empty one.
  static let none = PasswordForms(utf8: [], utf16: [])
}

extension Password {
  /// The password in UTF-16, the high byte first.
  var utf16: [UInt8] {
    let text = String(validating: bytes, as: UTF8.self)
    let units = text.map { Array($0.utf16) } ?? bytes.map(UInt16.init)
    return units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
  }
}

/// From a password to bytes.
enum KeyDerivation {
  /// What the bytes are for (RFC 7292, B.3).
  enum Purpose: UInt8 {
    case key = 1
    case iv = 2
    case mac = 3
  }

  /// The derivation of PKCS #12 (RFC 7292, appendix B).
  static func pkcs12(
    _ hash: DerivationHash, _ password: PasswordForms, salt: [UInt8], iterations: Int,
    _ purpose: Purpose, count: Int
  ) -> [UInt8]? {
    switch hash {
    case .sha1: pkcs12(Insecure.SHA1.self, password, salt, iterations, purpose, count)
    case .sha256: pkcs12(SHA256.self, password, salt, iterations, purpose, count)
    case .sha384: pkcs12(SHA384.self, password, salt, iterations, purpose, count)
    case .sha512: pkcs12(SHA512.self, password, salt, iterations, purpose, count)
    case .sha224: nil
    }
  }

  private static func pkcs12<H: HashFunction>(
    _: H.Type, _ password: PasswordForms, _ salt: [UInt8], _ iterations: Int, _ purpose: Purpose,
    _ count: Int
  ) -> [UInt8] {
    let block = H.blockByteCount
    func filled(_ bytes: [UInt8]) -> [UInt8] {
      let size = (bytes.count + block - 1) / block * block
      return (0..<size).map { bytes[$0 % bytes.count] }
    }
    let start = [UInt8](repeating: purpose.rawValue, count: block)
    var input = filled(salt) + filled(password.utf16)
    var result: [UInt8] = []
    while true {
      var digest = H.hash(data: start + input)
      for _ in 1..<max(iterations, 1) {
        var next = H()
        digest.withUnsafeBytes { next.update(bufferPointer: $0) }
        digest = next.finalize()
      }
      result += digest
      guard result.count < count else { return Array(result.prefix(count)) }
      let addend = filled(Array(digest)).prefix(block)
      for first in stride(from: 0, to: input.count, by: block) {
        var carry = 1
        for place in stride(from: block - 1, through: 0, by: -1) {
          carry += Int(input[first + place]) + Int(addend[place])
          input[first + place] = UInt8(truncatingIfNeeded: carry)
          carry >>= 8
        }
      }
    }
  }

  /// PBKDF2 (RFC 8018).
  static func pbkdf2(
    _ hash: DerivationHash, _ password: PasswordForms, salt: [UInt8], iterations: Int, count: Int
  ) -> [UInt8]? {
    let function: KDF.Insecure.PBKDF2.HashFunction =
      switch hash {
      case .sha1: .insecureSHA1
      case .sha224: .insecureSHA224
      case .sha256: .sha256
      case .sha384: .sha384
      case .sha512: .sha512
      }
    let key = try? KDF.Insecure.PBKDF2.deriveKey(
      from: password.utf8, salt: salt, using: function, outputByteCount: count,
      unsafeUncheckedRounds: iterations)
    return key?.withUnsafeBytes { Array($0) }
  }
}
