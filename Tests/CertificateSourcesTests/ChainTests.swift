import CertificateSources
import Testing

@Suite("Chains")
struct ChainTests {
  private func report(_ name: String) throws -> SourceReport {
    examineSource(try Fixtures.bytes(name), needsKey: false)
  }

  @Test("A chain without its root is complete")
  func withoutRoot() throws {
    let report = try report("chain.pem")
    #expect(report.findings.isEmpty)
    #expect(report.chain?.end == .openAuthority(issuer: "CN=Example Root,O=Example\\, Inc.,C=FR"))
    #expect(report.chain?.isComplete == true)
    #expect(try self.report("chain-with-root.pem").chain?.end == .selfSigned)
  }

  @Test("A missing intermediate, a wrong order, a stranger and a twin are each said")
  func mistakes() throws {
    #expect(
      try report("server.pem").findings.map(\.problem)
        == [
          .issuerMissing(
            name: "sepm-par-01.example.net", issuer: "CN=Example Issuing 1,O=Example\\, Inc.,C=FR")
        ])
    let wrong = try report("chain-wrong-order.pem")
    #expect(
      wrong.findings.map(\.problem)
        == [.chainOutOfOrder(names: ["sepm-par-01.example.net", "Example Issuing 1"])])
    #expect(wrong.leaf == (try Fixtures.certificate("server.pem")))
    #expect(
      try report("chain-foreign.pem").findings.map(\.problem)
        == [.foreignCertificate(name: "other.example.net")])
    #expect(
      try report("chain-twice.pem").findings.map(\.problem)
        == [.duplicateCertificate(name: "sepm-par-01.example.net")])
  }

  @Test(
    "A self-signed certificate is a chain of one, whatever signed it",
    arguments: [
      "rsa2048.pem", "rsa4096.pem", "ec256.pem", "ec384.pem", "ec521.pem", "ed25519.pem", "pss.pem",
      "pss-salt.pem", "sha1.pem", "md5.pem",
    ])
  func selfSigned(name: String) throws {
    let report = try report(name)
    #expect(report.findings.isEmpty)
    #expect(report.chain?.end == .selfSigned)
  }

  @Test("A signature that the issuer did not make is found")
  func forged() throws {
    // The last bytes of a certificate are its signature.
    for name in ["rsa2048.der", "ec256.der", "ec384.der", "ec521.der", "ed25519.der"] {
      var bytes = try Fixtures.bytes(name)
      bytes[bytes.count - 1] ^= 1
      let report = examineSource(bytes, needsKey: false)
      #expect(report.errors.map(\.identifier) == ["signature-invalid"], "\(name)")
    }
    var server = try Fixtures.certificate("server.pem").der
    server[server.count - 1] ^= 1
    let facts = try readCertificate(server)
    #expect(facts.subject == (try Fixtures.certificate("server.pem")).subject)
  }
}
