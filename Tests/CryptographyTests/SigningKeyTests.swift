import Testing

@testable import Cryptography

@Suite("Keys that sign")
struct SigningKeyTests {
  @Test("What a key signs its public half verifies, and nothing else")
  func signs() throws {
    let key = try SigningKey(rsaBits: 2_048)
    let content = Array("a certificate".utf8)
    let signature = try key.signature(of: content)
    #expect(signature.count == 256)
    // RSAPublicKey: SEQUENCE of two INTEGERs, here with long lengths for the first.
    let der = try key.publicKey()
    #expect(der.prefix(4) == [0x30, 0x82, 0x01, 0x0A])
    let modulus = der[8..<(8 + 257)]
    let exponent = der[(8 + 257 + 2)...]
    #expect(Array(exponent) == [0x01, 0x00, 0x01])
    guard
      let other = try PublicKey(RSAPublicNumbers(modulus: modulus, exponent: exponent))
    else {
      Issue.record("no key")
      return
    }
    #expect(try other.verifies(signature, of: content, .rsa(.sha256)))
    #expect(try !other.verifies(signature, of: content + [0], .rsa(.sha256)))
    let private1 = try key.privateKey()
    #expect(private1.first == 0x30 && private1.count > 1_000)
  }

  @Test("Each key is another one")
  func random() throws {
    #expect(try SigningKey(rsaBits: 1_024).publicKey() != SigningKey(rsaBits: 1_024).publicKey())
  }
}
