import Cryptography
import Testing

@Suite("What is made of passwords and keys")
struct KeyDerivationTests {
  @Test(
    "PBKDF2 (RFC 6070, RFC 7914 and an empty password)",
    arguments: [
      (HashFunction.sha1, "password", "salt", 4_096, "4b007901b765489abead49d926f721d065a429c1"),
      (
        .sha256, "passwd", "salt", 1,
        """
        55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
        49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783
        """
      ),
      (.sha512, "", "", 3, "ba78a2c18fe1f3cfffaba0f93ccf85fc"),
    ])
  func pbkdf2(
    function: HashFunction, password: String, salt: String, iterations: Int, expected: String
  ) throws {
    let key = try KeyDerivation.pbkdf2(
      function, SecretBytes(password.utf8), salt: Array(salt.utf8), iterations: iterations,
      count: bytes(expected).count)
    #expect(Array(key) == bytes(expected))
  }

  @Test(
    "The derivation of PKCS #12, against what others computed",
    arguments: [
      (
        HashFunction.sha1, "smeg", "0A58CF64530D823F", 1, KeyDerivation.Purpose.key,
        "8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3"
      ),
      (.sha1, "smeg", "0A58CF64530D823F", 1, .iv, "79993dfe048d3b76"),
      (
        .sha1, "queeg", "05DEC959ACFF72F7", 1_000, .key,
        "ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4"
      ),
      (.sha1, "smeg", "3D83C0E4546AC140", 1, .mac, "8d967d88f6caa9d714800ab3d48051d63f73a312"),
      (
        .sha512, "queeg", "05DEC959ACFF72F7", 1_000, .mac,
        """
        b2587204c6cbda975c143740c4d3309850ac282bf83fb0e44f0fb90f2f76ae37
        ed6f81cfe5b0709a7920bc5dee028715c7e18dd0da540d7baf112a4a7f08878b
        """
      ),
    ])
  func pkcs12(
    function: HashFunction, password: String, salt: String, iterations: Int,
    purpose: KeyDerivation.Purpose, expected: String
  ) throws {
    let units = (password.utf16 + [0]).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let derived = try KeyDerivation.pkcs12(
      function, SecretBytes(units), salt: bytes(salt), iterations: iterations, purpose,
      count: bytes(expected).count)
    #expect(Array(derived) == bytes(expected))
  }

  @Test("No password at all is another than an empty one")
  func noPassword() throws {
    func key(_ password: [UInt8]) throws -> [UInt8] {
      Array(
        try KeyDerivation.pkcs12(
          .sha256, SecretBytes(password), salt: [1, 2], iterations: 2, .mac, count: 32))
    }
    #expect(try key([]) != key([0, 0]))
  }

  @Test("HMAC (RFC 4231)")
  func hmac() throws {
    let key = SecretBytes("Jefe".utf8)
    let content = Array("what do ya want for nothing?".utf8)
    var code = bytes("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    func isValid() throws -> Bool {
      try MessageAuthentication.isValid(code, for: content[...], key: key, .sha256)
    }
    #expect(try isValid())
    code[31] ^= 1
    #expect(try !isValid())
    code.removeLast()
    #expect(try !isValid())
    let empty = try MessageAuthentication.isValid(
      bytes("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
      for: [], key: SecretBytes([]), .sha256)
    #expect(empty)
  }

  @Test("Secret bytes show themselves to nobody")
  func secretBytes() {
    let secret = SecretBytes("secret".utf8)
    #expect(Array(secret) == Array("secret".utf8))
    #expect("\(secret)" == "<secret>" && String(reflecting: secret) == "<secret>")
    var text = ""
    dump(secret, to: &text)
    #expect(!text.contains("115"))
    var plain: [UInt8] = [1, 2, 3]
    wipe(&plain)
    #expect(plain.isEmpty)
  }
}
