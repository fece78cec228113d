import CCrypto

/// The hash functions that files and keys are read with. The raw value is the name for people.
package enum HashFunction: String, Sendable, Hashable, CaseIterable {
  case sha1 = "SHA-1"
  case sha224 = "SHA-224"
  case sha256 = "SHA-256"
  case sha384 = "SHA-384"
  case sha512 = "SHA-512"

  /// The length of a hash in bytes.
  package var size: Int {
    switch self {
    case .sha1: 20
    case .sha224: 28
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The hash of the bytes.
  package func hash(of bytes: [UInt8]) -> [UInt8] { hash(of: bytes[...]) }

  /// The hash of the bytes.
  package func hash(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    var state = HashState(self)
    state.update(bytes)
    return state.finish()
  }

  /// The SHA-256 of the bytes as records and plans write it: `sha256:` and 64 lower case hexadecimal digits.
  package static func digest(of bytes: [UInt8]) -> String {
    "sha256:" + Hexadecimal.text(of: sha256.hash(of: bytes))
  }

  /// Libcrypto's own description of the function.
  fileprivate var algorithm: OpaquePointer {
    switch self {
    case .sha1: Fetched.sha1.algorithm
    case .sha224: Fetched.sha224.algorithm
    case .sha256: Fetched.sha256.algorithm
    case .sha384: Fetched.sha384.algorithm
    case .sha512: Fetched.sha512.algorithm
    }
  }
}

/// A function that was looked up in libcrypto, which takes longer than a short hash: once in a process.
private struct Fetched: @unchecked Sendable {
  // Never changed and never freed.
  let algorithm: OpaquePointer

  static let sha1 = Fetched(.sha1)
  static let sha224 = Fetched(.sha224)
  static let sha256 = Fetched(.sha256)
  static let sha384 = Fetched(.sha384)
  static let sha512 = Fetched(.sha512)

  private init(_ function: HashFunction) {
    // They are in libcrypto itself: it cannot be without them.
    guard let library = try? LibraryContext.standard.get(),
      let algorithm = EVP_MD_fetch(library.pointer, function.rawValue, nil)
    else { preconditionFailure("libcrypto has no \(function.rawValue)") }
    self.algorithm = algorithm
  }
}

/// A hash that is being computed, over bytes that come piece by piece.
package struct HashState: ~Copyable {
  private let context: OpaquePointer
  private let function: HashFunction

  /// The state before the first byte.
  package init(_ function: HashFunction) {
    guard let context = EVP_MD_CTX_new(),
      EVP_DigestInit_ex2(context, function.algorithm, nil) == 1
    else { preconditionFailure("no memory for a hash") }
    self.context = context
    self.function = function
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the next bytes.
  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { take($0) }
  }

  /// Takes the next bytes.
  package mutating func update(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBytes { take($0) }
  }

  /// Takes the next bytes.
  package mutating func update(_ bytes: SecretBytes) {
    bytes.withUnsafeBytes { take($0) }
  }

  private func take(_ bytes: UnsafeRawBufferPointer) {
    // Hashing in memory has no way to fail.
    let code = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(code == 1, "libcrypto computes no \(function.rawValue)")
  }

  /// The hash of all bytes.
  package consuming func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: function.size) { buffer, count in
      let code = EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(code == 1, "libcrypto computes no \(function.rawValue)")
      count = buffer.count
    }
  }
}
