import CertificateSources
import Testing

@Suite("What is wrong with a source has its own words")
struct BrokenSourceTests {
  @Test(
    "Each mistake with one file gets one message",
    arguments: [
      ("modern.p12", "The password does not open the PKCS#12 file."),
      ("nomac.p12", "The password does not open the PKCS#12 file."),
      ("legacy.p12", "The password does not open the PKCS#12 file."),
      ("keytool.jks", "The password does not open the JKS file."),
      (
        "keystore.jceks",
        "The file is not a certificate container: it is a keystore of the JCEKS kind, not JKS."
      ),
      (
        "chain.p7b",
        "The file is not a certificate container: it is PKCS#7, a bundle of certificates without a key (.p7b)."
      ),
      (
        "chain.der.p7b",
        "The file is not a certificate container: it is PKCS#7, a bundle of certificates without a key (.p7b)."
      ),
      (
        "server.csr",
        "The file is not a certificate container: it is a certificate signing request, not yet a certificate."
      ),
      (
        "server.csr.der",
        "The file is not a certificate container: it is a certificate signing request, not yet a certificate."
      ),
      (
        "server.pub.pem",
        "The file is not a certificate container: it is a public key without a certificate."
      ),
      (
        "server.pub.der",
        "The file is not a certificate container: it is a public key without a certificate."
      ),
      ("server.pem", "The file holds a certificate, but no private key."),
      ("server.key", "The file holds no certificate."),
      (
        "server.encrypted.key",
        "The private key is encrypted (AES-256-CBC, PBKDF2 with HMAC-SHA-256)."
      ),
      ("server.encrypted-3des.key", "The private key is encrypted (PBE-SHA1-3DES)."),
      ("server.encrypted-scrypt.key", "The private key is encrypted (scrypt)."),
      ("server.encrypted-legacy.key", "The private key is encrypted (AES-128-CBC)."),
      (
        "server.encrypted.der",
        "The private key is encrypted (AES-256-CBC, PBKDF2 with HMAC-SHA-256)."
      ),
    ])
  func oneMessage(name: String, message: String) throws {
    let report = examineSource(
      try Fixtures.bytes(name), password: Password(Array("not it".utf8)))
    #expect(report.errors.map(\.summary) == [message])
    #expect(report.findings.allSatisfy { !$0.problem.help.isEmpty })
  }

  @Test(
    "A keystore that says more than one key is ambiguous",
    arguments: ["several.jks", "several.p12"])
  func severalKeys(name: String) throws {
    let report = examineSource(try Fixtures.bytes(name), password: Fixtures.password)
    guard case .severalKeys(let aliases) = report.errors.first else {
      Issue.record("\(report.codes)")
      return
    }
    #expect(aliases.sorted().last?.hasPrefix("sepm") == true)
    #expect(aliases.count == 2)
  }

  @Test("A key under another password than its keystore's is named")
  func otherKeyPassword() throws {
    let bytes = try Fixtures.bytes("other-key-password.jks")
    let store = examineSource(bytes, password: Fixtures.password)
    #expect(store.errors == [.keyPasswordDiffers(alias: "sepm")])
    let key = examineSource(bytes, password: Password(Array("another-Fixture-2".utf8)))
    #expect(key.errors == [.storePasswordDiffers(alias: "sepm")])
  }

  @Test(
    "A file that is something else than it is said to be gets one message",
    arguments: [
      ("really-pkcs12.jks", ContainerForm.jks, ContainerForm.pkcs12),
      ("really-jks.p12", .pkcs12, .jks), ("server.der", .pem, .der), ("server.pem", .der, .pem),
      ("modern.p12", .pem, .pkcs12), ("chain.pem", .pkcs12, .pem),
    ])
  func otherForm(name: String, declared: ContainerForm, actual: ContainerForm) throws {
    let report = examineSource(try Fixtures.bytes(name), declared: declared)
    #expect(report.errors == [.otherForm(declared: declared, actual: actual)])
  }

  @Test(
    "What people take for a certificate is recognised",
    arguments: [
      ("", ContainerKind.empty), ("\n\n", .empty),
      ("<!DOCTYPE html><html>", .foreign(.html)), ("<?xml version=\"1.0\"?>", .foreign(.xml)),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00\n", .foreign(.gitLFSPointer)),
      ("\u{0}GITCRYPT\u{0}abc", .foreign(.gitCrypt)),
      ("age-encryption.org/v1\n-> X25519", .foreign(.age)),
      (
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n",
        .foreign(.age)
      ),
      ("{\"data\": \"ENC[AES256_GCM,data:x]\"}", .foreign(.sops)),
      ("$ANSIBLE_VAULT;1.1;AES256\n3132", .foreign(.ansibleVault)),
      ("-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n", .foreign(.pgp)),
      (
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
        .foreign(.sshPrivateKey)
      ),
      ("ssh-rsa AAAAB3 user@host", .foreign(.sshPublicKey)),
      ("PuTTY-User-Key-File-3: ssh-rsa", .foreign(.puttyKey)), ("PK\u{3}\u{4}", .foreign(.zip)),
      ("apiVersion: waltz/v1\nkind: RotationPlan\n", .foreign(.yaml)),
      ("{\"a\": 1}", .foreign(.json)), ("dear colleague, here it is", .foreign(.text)),
      (
        "MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0B\nAQUFADBaMQswCQYDVQQGEwJJRTES",
        .foreign(.bareBase64)
      ),
    ])
  func recognition(content: String, kind: ContainerKind) {
    let bytes = Array(content.utf8)
    #expect(ContainerKind(of: bytes) == kind)
    let report = examineSource(bytes)
    #expect(report.codes == [kind == .empty ? "empty" : "not-a-container"])
    #expect(report.findings.allSatisfy { !$0.problem.help.isEmpty && !$0.problem.summary.isEmpty })
  }

  @Test("Text in UTF-16 is recognised")
  func utf16() throws {
    let units = Array(try Fixtures.text("server.pem").utf16)
    let bytes: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(ContainerKind(of: bytes) == .foreign(.utf16))
  }

  @Test("Damaged base64 is found in its line")
  func base64() throws {
    var lines = try Fixtures.text("server.pem").split(
      separator: "\n", omittingEmptySubsequences: false)
    lines[4] = "MIID*not/base64"
    let report = examineSource(Array(lines.joined(separator: "\n").utf8))
    #expect(report.errors == [.damagedBase64(label: "CERTIFICATE", line: 5)])
  }

  @Test("A pair is checked as one")
  func pairs() throws {
    let server = try Fixtures.bytes("server.pem")
    let serverKey = try Fixtures.bytes("server.key")
    let otherKey = try Fixtures.bytes("other.key")
    let mismatch = examineSource(certificate: server, key: otherKey)
    #expect(
      mismatch.errors
        == [.keyMismatch(key: .rsa(bits: 2_048), certificate: "sepm-par-01.example.net")])
    #expect(examineSource(certificate: serverKey, key: server).errors == [.filesSwapped])
    #expect(examineSource(certificate: server, key: server).errors == [.keyMissing])
    #expect(examineSource(certificate: serverKey, key: serverKey).errors == [.certificateMissing])
    let encrypted = examineSource(
      certificate: server, key: try Fixtures.bytes("server.encrypted.key"),
      password: Fixtures.password)
    #expect(encrypted.errors.map(\.identifier) == ["key-encrypted"])
    #expect(encrypted.keys.first?.matches(try Fixtures.certificate("server.pem")) == true)
    let damaged = examineSource(certificate: server, key: Array("gone".utf8))
    #expect(damaged.findings.filter { $0.part == .key }.map(\.problem) == [.notAContainer(.text)])
  }

  @Test("A file that asks for endless hashing is refused before any of it")
  func iterationBomb() throws {
    var bytes = try Fixtures.bytes("iterations.p12")
    // 100,000 as DER has it, in three bytes; the largest number that fits there is 8,388,607.
    let place = try #require(
      bytes.indices.dropLast(5).last { Array(bytes[$0..<$0 + 5]) == [2, 3, 1, 0x86, 0xA0] })
    bytes.replaceSubrange(place + 2..<place + 5, with: [0x7F, 0xFF, 0xFF])
    var limits = SourceLimits()
    limits.iterations = 1_000_000
    let report = examineSource(bytes, password: Fixtures.password, limits: limits)
    #expect(report.errors == [.tooManyIterations(8_388_607, limit: 1_000_000)])
  }

  @Test("Structures that only cost time are refused, each for what it is")
  func structures() {
    let many = Array(repeatElement([UInt8(0x05), 0], count: 200_000).joined())
    let size = withUnsafeBytes(of: UInt32(many.count).bigEndian) { Array($0) }
    let wide = [0x30, 0x84] + size + many
    #expect(
      examineSource(wide, declared: .der).errors
        == [.damaged(.der, detail: "it is neither a certificate nor a key")])
    let deep = Array(repeatElement([UInt8(0x30), 0x80], count: 200_000).joined())
    #expect(examineSource(deep).errors.count == 1)
  }

  @Test("What is too large is not read")
  func size() {
    let report = examineSource([UInt8](repeating: 0x30, count: SourceLimits.standard.size + 1))
    #expect(report.errors == [.tooLarge(limit: 1 << 20)])
  }

  @Test("A cipher that is out of reach is named once")
  func unsupported() throws {
    let report = examineSource(try Fixtures.bytes("rc4.p12"), password: Fixtures.password)
    #expect(
      report.errors == [.unsupportedAlgorithm("PBE-SHA1-RC4-128", protects: "certificates")])
    #expect(!report.containers[0].isOpen)
  }

  @Test("A password shows itself nowhere")
  func password() {
    let password = Password(Array("hunter2".utf8))
    var dumped = ""
    dump(password, to: &dumped)
    for text in ["\(password)", String(reflecting: password), dumped] {
      #expect(!text.contains("hunter2") && !text.contains("104"))
    }
  }
}
