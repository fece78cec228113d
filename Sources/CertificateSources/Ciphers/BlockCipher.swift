import Crypto
import CryptoExtras

/// The block ciphers of password based encryption, each in CBC mode with padding.
enum BlockCipher: Hashable {
  case aes(bits: Int)
  case tripleDES(keys: Int)
  case rc2(bits: Int)

  /// In bytes.
  var keySize: Int {
    switch self {
    case .aes(let bits), .rc2(let bits): bits / 8
    case .tripleDES(let keys): keys * 8
    }
  }

  /// In bytes.
  var blockSize: Int {
    if case .aes = self { 16 } else { 8 }
  }

  /// Whether nobody should use it any more.
  var isWeak: Bool {
    if case .aes = self { false } else { true }
  }

  /// Decrypts and takes the padding off; nil where the padding is none, as after a wrong password.
  func decrypt(_ ciphertext: ArraySlice<UInt8>, key: [UInt8], iv: [UInt8]) -> [UInt8]? {
    guard !ciphertext.isEmpty, ciphertext.count % blockSize == 0, iv.count == blockSize else {
      return nil
    }
    switch self {
    case .aes:
      guard let start = try? AES._CBC.IV(ivBytes: iv) else { return nil }
      return (try? AES._CBC.decrypt(ciphertext, using: SymmetricKey(data: key), iv: start)).map {
        Array($0)
      }
    case .tripleDES:
      guard let cipher = TripleDES(key: key) else { return nil }
      return chained(ciphertext, iv, cipher.decrypt)
    case .rc2:
      guard let cipher = RC2(key: key) else { return nil }
      return chained(ciphertext, iv, cipher.decrypt)
    }
  }

  private func chained(
    _ ciphertext: ArraySlice<UInt8>, _ iv: [UInt8], _ decrypt: (UInt64) -> UInt64
  ) -> [UInt8]? {
    var plain: [UInt8] = []
    plain.reserveCapacity(ciphertext.count)
    var previous = iv.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var block: UInt64 = 0
    for (offset, byte) in ciphertext.enumerated() {
      block = block << 8 | UInt64(byte)
      guard offset % 8 == 7 else { continue }
      withUnsafeBytes(of: (decrypt(block) ^ previous).bigEndian) { plain += $0 }
      previous = block
    }
    guard let count = plain.last.map(Int.init), (1...8).contains(count),
      plain.suffix(count).allSatisfy({ $0 == UInt8(count) })
    else { return nil }
    plain.removeLast(count)
    return plain
  }
}
