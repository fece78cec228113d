internal import Cryptography

/// SHA-256 over a run's header and then over each event and the hash before it.
struct HashChain: Equatable {
  /// The 32 bytes of the last link.
  private(set) var hash: [UInt8]

  /// The chain of a run without events.
  init(header: [UInt8]) {
    hash = Self.digest(header)
  }

  /// A chain that goes on from a stored link.
  init(hash: [UInt8]) {
    self.hash = hash
  }

  /// Adds an event.
  mutating func append(_ bytes: [UInt8]) {
    var state = HashState(.sha256)
    state.update(hash)
    state.update(bytes)
    hash = state.finish()
  }

  static func digest(_ bytes: [UInt8]) -> [UInt8] { HashFunction.sha256.hash(of: bytes) }

  /// 16 random bytes.
  static func nonce() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// In lower case.
  static func hexadecimal(_ bytes: [UInt8]) -> String { Hexadecimal.text(of: bytes) }
}
