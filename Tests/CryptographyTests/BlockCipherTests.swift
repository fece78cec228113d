import Cryptography
import Testing

@Suite("Block ciphers are those of the standards")
struct BlockCipherTests {
  /// A cipher with a key and what it makes of one block.
  struct Vector: Sendable {
    let cipher: BlockCipher
    let key: String
    let plain: String
    let encrypted: String
  }

  private static let vectors = [
    // FIPS 197, appendix C.
    Vector(
      cipher: .aes128, key: "000102030405060708090a0b0c0d0e0f",
      plain: "00112233445566778899aabbccddeeff", encrypted: "69c4e0d86a7b0430d8cdb78070b4c55a"),
    Vector(
      cipher: .aes192, key: "000102030405060708090a0b0c0d0e0f1011121314151617",
      plain: "00112233445566778899aabbccddeeff", encrypted: "dda97ca4864cdfe06eaf70a0ec0d7191"),
    Vector(
      cipher: .aes256, key: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
      plain: "00112233445566778899aabbccddeeff", encrypted: "8ea2b7ca516745bfeafc49904b496089"),
    // NIST SP 800-67.
    Vector(
      cipher: .tripleDES, key: "0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123",
      plain: "5468652071756663", encrypted: "A826FD8CE53B855F"),
    // RFC 2268.
    Vector(
      cipher: .rc2With128Bits, key: "88bca90e90875a7f0f79c384627bafb2",
      plain: "0000000000000000", encrypted: "2269552ab0f85ca6"),
    // Another implementation's.
    Vector(
      cipher: .rc2With40Bits, key: "0102030405", plain: "ff370885373fa691",
      encrypted: "0123456789abcdef"),
  ]

  @Test("One block", arguments: vectors)
  func oneBlock(vector: Vector) throws {
    #expect(vector.cipher.isAvailable)
    // With this initial vector the plain text is a block that ends in padding.
    let size = vector.cipher.blockSize
    let text = (1..<size).map { UInt8($0) } + [1]
    let iv = zip(bytes(vector.plain), text).map { $0 ^ $1 }
    let key = SecretBytes(bytes(vector.key))
    let encrypted = bytes(vector.encrypted)
    #expect(try vector.cipher.decrypt(encrypted[...], key: key, iv: iv) == text.dropLast())
    // The block before takes the place of the initial vector.
    let two = try vector.cipher.decrypt((iv + encrypted)[...], key: key, iv: iv)
    #expect(two?.count == 2 * size - 1)
    #expect(two?.suffix(size - 1) == text.prefix(size - 1))
    // Without padding at the end it is not the right password.
    var other = iv
    other[size - 1] ^= 0xFF
    #expect(try vector.cipher.decrypt(encrypted[...], key: key, iv: other) == nil)
  }

  @Test("Two keys are three of which the last is the first")
  func twoKeys() throws {
    let key = bytes("0123456789ABCDEF23456789ABCDEF01")
    for last in UInt8.min...UInt8.max {
      let block = [1, 2, 3, 4, 5, 6, 7, last]
      let iv = [UInt8](repeating: 0, count: 8)
      let two = try BlockCipher.twoKeyTripleDES.decrypt(
        block[...], key: SecretBytes(key), iv: iv)
      let three = try BlockCipher.tripleDES.decrypt(
        block[...], key: SecretBytes(key + key[..<8]), iv: iv)
      #expect(two == three)
    }
  }

  @Test("Lengths that a cipher does not have give nothing", arguments: BlockCipher.allCases)
  func lengths(cipher: BlockCipher) throws {
    let (size, block) = (cipher.keySize, cipher.blockSize)
    for (text, key, iv) in [
      (0, size, block), (block - 1, size, block), (block, size - 1, block),
      (block, size + 1, block),
      (block, size, block - 1), (block, size, 0), (block, 0, block),
    ] {
      let plain = try cipher.decrypt(
        [UInt8](repeating: 0, count: text)[...],
        key: SecretBytes([UInt8](repeating: 0, count: key)),
        iv: [UInt8](repeating: 0, count: iv))
      #expect(plain == nil)
    }
  }

  @Test("Weak are those that only old files have")
  func weakness() {
    #expect(
      BlockCipher.allCases.filter { !$0.isWeak } == [.aes128, .aes192, .aes256])
  }
}
