import Cryptography
import SwiftASN1

/// How something is encrypted with a password: PBES2 (RFC 8018) or the older schemes of PKCS #12.
struct PasswordScheme {
  private enum Derivation {
    case pbkdf2(HashFunction, iv: [UInt8])
    case pkcs12
  }

  private let derivation: Derivation
  private let cipher: BlockCipher
  private let salt: [UInt8]

  /// What it protects: `key`.
  private let subject: String

  /// How often the password is hashed.
  let iterations: Int

  /// `AES-256-CBC, PBKDF2 with HMAC-SHA-256`.
  let name: String

  /// How many hashes it takes to get at the key, the initial vector included; the largest number where that
  /// is more than can be counted.
  var cost: Int {
    let blocks =
      switch derivation {
      case .pbkdf2(let hash, _): (cipher.keySize + hash.size - 1) / hash.size
      case .pkcs12: (cipher.keySize + 19) / 20 + 1
      }
    let (product, overflow) = iterations.multipliedReportingOverflow(by: blocks)
    return overflow ? .max : product
  }

  /// Whether nobody should protect a key like this any more.
  var isWeak: Bool { cipher.isWeak }

  /// Reads the scheme.
  ///
  /// - Throws: ``SourceProblem/unsupportedAlgorithm(_:protects:)``,
  ///   ``SourceProblem/unavailableAlgorithm(_:protects:)``, or ``MalformedASN1``.
  init(_ algorithm: AlgorithmIdentifier, protects subject: String) throws {
    if algorithm.objectIdentifier == "1.2.840.113549.1.5.13" {
      try self.init(pbes2: algorithm.parameters, subject)
    } else {
      try self.init(older: algorithm, subject)
    }
    guard cipher.isAvailable else {
      throw SourceProblem.unavailableAlgorithm(name, protects: subject)
    }
  }

  private init(older algorithm: AlgorithmIdentifier, _ subject: String) throws {
    let known = Self.older[algorithm.objectIdentifier]
    guard let known, let cipher = known.cipher else {
      throw SourceProblem.unsupportedAlgorithm(
        known?.name ?? algorithm.objectIdentifier, protects: subject)
    }
    let parts = try algorithm.parameters?.sequence("the parameters") ?? []
    guard parts.count == 2 else {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
    salt = try Array(parts[0].octets("the salt"))
    iterations = try parts[1].count("the number of iterations")
    self.cipher = cipher
    self.subject = subject
    name = known.name
    derivation = .pkcs12
  }

  private init(pbes2 parameters: ASN1Node?, _ subject: String) throws {
    let parts = try parameters?.sequence("the parameters") ?? []
    guard parts.count == 2 else {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
    let function = try AlgorithmIdentifier(parts[0], "the derivation")
    guard function.objectIdentifier == "1.2.840.113549.1.5.12" else {
      let isScrypt = function.objectIdentifier == "1.3.6.1.4.1.11591.4.11"
      throw SourceProblem.unsupportedAlgorithm(
        isScrypt ? "scrypt" : function.objectIdentifier, protects: subject)
    }
    let inner = try function.parameters?.sequence("the derivation") ?? []
    guard inner.count >= 2 else {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
    salt = try Array(inner[0].octets("the salt"))
    iterations = try inner[1].count("the number of iterations")
    var hash = HashFunction.sha1
    if let last = inner.last, last.identifier == .sequence {
      let algorithm = try AlgorithmIdentifier(last, "the derivation")
      guard let found = Self.hashes[algorithm.objectIdentifier] else {
        throw SourceProblem.unsupportedAlgorithm(
          "PBKDF2 with \(algorithm.objectIdentifier)", protects: subject)
      }
      hash = found
    }
    let encryption = try AlgorithmIdentifier(parts[1], "the encryption")
    guard let (cipher, cipherName) = Self.ciphers[encryption.objectIdentifier] else {
      throw SourceProblem.unsupportedAlgorithm(encryption.objectIdentifier, protects: subject)
    }
    guard let iv = try encryption.parameters?.octets("the initial vector") else {
      throw MalformedASN1("the parameters of its encryption are damaged")
    }
    self.cipher = cipher
    self.subject = subject
    derivation = .pbkdf2(hash, iv: Array(iv))
    name = "\(cipherName), PBKDF2 with HMAC-\(hash.rawValue)"
  }

  /// Decrypts; nil where that gives no sense, as with a wrong password.
  ///
  /// - Throws: ``SourceProblem/unavailableAlgorithm(_:protects:)``
  func decrypt(_ ciphertext: ArraySlice<UInt8>, _ password: PasswordForms)
    throws(SourceProblem) -> [UInt8]?
  {
    // Nothing is hashed less than once, and no library takes more than this.
    guard (1...Int(Int32.max)).contains(iterations), !salt.isEmpty || isPBKDF2 else { return nil }
    do throws(CryptographyError) {
      switch derivation {
      case .pbkdf2(let hash, let iv):
        let key = try KeyDerivation.pbkdf2(
          hash, password.utf8, salt: salt, iterations: iterations, count: cipher.keySize)
        return try cipher.decrypt(ciphertext, key: key, iv: iv)
      case .pkcs12:
        let key = try KeyDerivation.pkcs12(
          .sha1, password.utf16, salt: salt, iterations: iterations, .key, count: cipher.keySize)
        let iv = try KeyDerivation.pkcs12(
          .sha1, password.utf16, salt: salt, iterations: iterations, .iv, count: cipher.blockSize)
        return try cipher.decrypt(ciphertext, key: key, iv: iv)
      }
    } catch {
      throw .unavailableAlgorithm(name, protects: subject)
    }
  }

  private var isPBKDF2: Bool {
    if case .pbkdf2 = derivation { true } else { false }
  }

  private static let hashes: [String: HashFunction] = [
    "1.2.840.113549.2.7": .sha1, "1.2.840.113549.2.8": .sha224, "1.2.840.113549.2.9": .sha256,
    "1.2.840.113549.2.10": .sha384, "1.2.840.113549.2.11": .sha512,
  ]

  private static let ciphers: [String: (BlockCipher, name: String)] = [
    "2.16.840.1.101.3.4.1.2": (.aes128, "AES-128-CBC"),
    "2.16.840.1.101.3.4.1.22": (.aes192, "AES-192-CBC"),
    "2.16.840.1.101.3.4.1.42": (.aes256, "AES-256-CBC"),
    "1.2.840.113549.3.7": (.tripleDES, "3DES-CBC"),
  ]

  /// Those without a cipher are known by name only.
  private static let older: [String: (name: String, cipher: BlockCipher?)] = [
    "1.2.840.113549.1.12.1.1": ("PBE-SHA1-RC4-128", nil),
    "1.2.840.113549.1.12.1.2": ("PBE-SHA1-RC4-40", nil),
    "1.2.840.113549.1.12.1.3": ("PBE-SHA1-3DES", .tripleDES),
    "1.2.840.113549.1.12.1.4": ("PBE-SHA1-2DES", .twoKeyTripleDES),
    "1.2.840.113549.1.12.1.5": ("PBE-SHA1-RC2-128", .rc2With128Bits),
    "1.2.840.113549.1.12.1.6": ("PBE-SHA1-RC2-40", .rc2With40Bits),
    "1.2.840.113549.1.5.3": ("PBE-MD5-DES", nil),
    "1.2.840.113549.1.5.6": ("PBE-MD5-RC2-64", nil),
    "1.2.840.113549.1.5.10": ("PBE-SHA1-DES", nil),
    "1.2.840.113549.1.5.11": ("PBE-SHA1-RC2-64", nil),
  ]
}
