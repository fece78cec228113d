import CertificateSources
import Testing

@Suite("Containers as the real tools write them")
struct ContainerTests {
  @Test(
    "PKCS #12 in every protection gives up the certificate and its key",
    arguments: [
      ("modern.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
      ("legacy.p12", "PBE-SHA1-RC2-40", "HMAC-SHA-1"),
      ("descert.p12", "PBE-SHA1-3DES", "HMAC-SHA-1"),
      ("aes128.p12", "AES-128-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
      ("aes192-mac512.p12", "AES-192-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-512"),
      ("mac384.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-384"),
      ("rc2-128.p12", "PBE-SHA1-RC2-128", "HMAC-SHA-1"),
      ("2des.p12", "PBE-SHA1-2DES", "HMAC-SHA-1"),
      ("iterations.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
      ("windows-3des.p12", "PBE-SHA1-3DES", "HMAC-SHA-1"),
      ("windows-aes.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
      ("chain-keytool.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
      ("server-only.p12", "AES-256-CBC, PBKDF2 with HMAC-SHA-256", "HMAC-SHA-256"),
    ])
  func pkcs12(name: String, encryption: String, integrity: String) throws {
    let report = examineSource(try Fixtures.bytes(name), password: Fixtures.password)
    #expect(report.errors.isEmpty)
    #expect(report.leaf == (try Fixtures.certificate("server.pem")))
    let leaf = try #require(report.leaf)
    #expect(report.keys.map(\.kind) == [.rsa(bits: 2_048)])
    #expect(report.keys.first?.matches(leaf) == true)
    #expect(report.containers[0].kind == .container(.pkcs12))
    #expect(report.containers[0].isOpen)
    #expect(report.containers[0].encryptions.first?.algorithm == encryption)
    #expect(report.containers[0].integrity?.algorithm == integrity)
  }

  @Test(
    "Without the password the protection is known all the same",
    arguments: ["modern.p12", "legacy.p12", "iterations.p12", "windows-3des.p12"])
  func locked(name: String) throws {
    let open = examineSource(try Fixtures.bytes(name), password: Fixtures.password)
    let locked = examineSource(try Fixtures.bytes(name))
    #expect(locked.findings.map(\.problem) == [.passwordMissing(.pkcs12)])
    #expect(locked.containers[0].encryptions == open.containers[0].encryptions)
    #expect(locked.containers[0].integrity == open.containers[0].integrity)
    #expect(!locked.containers[0].isOpen)
  }

  @Test("A file without a checksum is read, and the lack noted")
  func noChecksum() throws {
    let report = examineSource(try Fixtures.bytes("nomac.p12"), password: Fixtures.password)
    #expect(report.codes == ["no-integrity", "issuer-missing"])
    #expect(report.keys.count == 1)
    let wrong = examineSource(try Fixtures.bytes("nomac.p12"), password: Password([0x78]))
    #expect(wrong.errors == [.passwordWrong(.pkcs12, wasEmpty: false)])
  }

  @Test("Certificates in the clear are seen without the password")
  func plainCertificates() throws {
    let report = examineSource(try Fixtures.bytes("plain-certificates.p12"))
    #expect(report.leaf == (try Fixtures.certificate("server.pem")))
    #expect(report.errors == [.passwordMissing(.pkcs12)])
    let plain = examineSource(try Fixtures.bytes("plain.p12"))
    #expect(plain.errors.isEmpty)
    #expect(plain.keys.count == 1)
  }

  @Test("An empty password opens what has one, and is warned of", arguments: [nil, Password([])])
  func emptyPassword(password: Password?) throws {
    let report = examineSource(try Fixtures.bytes("empty-password.p12"), password: password)
    #expect(report.codes == ["password-empty", "issuer-missing"])
    #expect(report.keys.count == 1)
  }

  @Test("Passwords beyond ASCII open both kinds", arguments: ["unicode.p12", "unicode-legacy.p12"])
  func unicodePassword(name: String) throws {
    let password = Password(Array("Ünïcödé-密碼".utf8))
    let report = examineSource(try Fixtures.bytes(name), password: password)
    #expect(report.errors.isEmpty)
    #expect(report.keys.count == 1)
  }

  @Test(
    "Keystores of keytool give up certificate and key",
    arguments: [
      ("keytool.jks", KeyKind.rsa(bits: 2_048)), ("keytool3072.jks", .rsa(bits: 3_072)),
      ("keytool-ec.jks", .ellipticCurve(name: "P-256")), ("keytool.p12", .rsa(bits: 2_048)),
      ("keytool4096.p12", .rsa(bits: 4_096)), ("legacy-keytool.p12", .rsa(bits: 2_048)),
    ])
  func keytool(name: String, kind: KeyKind) throws {
    let report = examineSource(try Fixtures.bytes(name), password: Fixtures.password)
    #expect(report.findings.isEmpty)
    #expect(report.leaf?.subject == "CN=sepm-jdk.example.net,O=Example")
    #expect(report.leaf?.key == kind)
    #expect(report.keys.map(\.kind) == [kind])
    #expect(report.keys[0].alias == "sepm")
    #expect(report.chain?.end == .selfSigned)
  }

  @Test("A chain in a JKS keystore is read without the password")
  func lockedKeystore() throws {
    let report = examineSource(try Fixtures.bytes("chain.jks"))
    #expect(report.certificates.map(\.alias) == ["sepm paris", "sepm paris"])
    #expect(report.chain?.certificates.count == 2)
    #expect(report.errors == [.passwordMissing(.jks)])
    let open = examineSource(try Fixtures.bytes("chain.jks"), password: Fixtures.password)
    #expect(open.findings.isEmpty)
    #expect(open.keys.count == 1)
  }

  @Test(
    "Keys are read in each of their forms",
    arguments: [
      ("rsa2048.pkcs1.key", "rsa2048.pem", PrivateKeyFacts.Encoding.pkcs1),
      ("rsa2048.key", "rsa2048.pem", .pkcs8), ("rsa3072.key", "rsa3072.pem", .pkcs8),
      ("rsa4096.pkcs1.key", "rsa4096.pem", .pkcs1), ("rsa4096.key", "rsa4096.pem", .pkcs8),
      ("ec256.sec1.key", "ec256.pem", .sec1), ("ec256.key", "ec256.pem", .pkcs8),
      ("ec256.nopublic.key", "ec256.pem", .sec1), ("ec384.sec1.key", "ec384.pem", .sec1),
      ("ec384.key", "ec384.pem", .pkcs8), ("ec521.sec1.key", "ec521.pem", .sec1),
      ("ec521.key", "ec521.pem", .pkcs8), ("ed25519.key", "ed25519.pem", .pkcs8),
      ("rsa2048.pkcs1.der", "rsa2048.der", .pkcs1), ("rsa2048.pkcs8.der", "rsa2048.der", .pkcs8),
      ("ec256.sec1.der", "ec256.der", .sec1), ("ec384.pkcs8.der", "ec384.der", .pkcs8),
      ("ec521.pkcs8.der", "ec521.der", .pkcs8), ("ed25519.pkcs8.der", "ed25519.der", .pkcs8),
    ])
  func pairs(key: String, certificate: String, encoding: PrivateKeyFacts.Encoding) throws {
    let report = examineSource(
      certificate: try Fixtures.bytes(certificate), key: try Fixtures.bytes(key))
    #expect(report.findings.isEmpty)
    let leaf = try #require(report.leaf)
    #expect(report.keys.map(\.encoding) == [encoding])
    #expect(report.keys.first?.matches(leaf) == true)
    #expect(report.keys.first?.kind == leaf.key)
  }

  @Test("One PEM file may hold all, with text between its blocks, a mark before it and CR LF")
  func onePEMFile() throws {
    let text = try Fixtures.text("bag-attributes.pem")
    #expect(text.contains("Bag Attributes"))
    let variants = [
      text, "\u{FEFF}" + text, text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"),
    ]
    for variant in variants {
      let report = examineSource(Array(variant.utf8), declared: .pem)
      #expect(report.findings.isEmpty)
      #expect(report.certificates.count == 2)
      #expect(report.keys.count == 1)
    }
  }
}
