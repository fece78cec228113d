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

  @Test("An authority beside a gap in the chain is no stranger")
  func gap() throws {
    #expect(try report("gap.pem").codes == ["issuer-missing"])
  }

  @Test(
    "An issuer that may not issue is found",
    arguments: [
      ("below-noconstraints.pem", IssuerRefusal.noConstraints), ("below-nosign.pem", .keyUsage),
      ("below-deep.pem", .pathLength(limit: 0, actual: 1)),
    ])
  func refusals(name: String, why: IssuerRefusal) throws {
    let report = try report(name)
    #expect(report.codes == ["issuer-is-no-authority"])
    guard case .issuerIsNoAuthority(_, _, let found)? = report.errors.first else { return }
    #expect(found == why)
  }

  @Test("Authorities are held to the time and to the length of their keys")
  func authorities() throws {
    func codes(_ name: String, after days: Int64) throws -> [String] {
      let report = try report(name)
      #expect(report.findings.isEmpty)
      let chain = try #require(report.chain)
      let start = try #require(chain.leaf.notBefore)
      return suitabilityProblems(of: chain, at: start + 3_600 + days * 86_400).map(\.identifier)
    }
    #expect(try codes("below-brief.pem", after: 0) == [])
    #expect(try codes("below-brief.pem", after: 30) == ["issuer-expired"])
    #expect(try codes("below-brief.pem", after: -30) == ["not-yet-valid", "issuer-not-yet-valid"])
    #expect(try codes("below-short-authority.pem", after: 0) == ["key-too-short"])
  }

  @Test("Of an issuer that was renewed the one that lasts longer is taken")
  func renewed() throws {
    let chain = try #require(try report("renewed.pem").chain)
    #expect(chain.certificates.last == (try Fixtures.certificate("intermediate.pem")))
    #expect(chain.foreign == [try Fixtures.certificate("brief-intermediate.pem")])
  }

  @Test(
    "Many authorities of one name: the identifier of the key tells which it is, or nobody knows")
  func twins() throws {
    let named = try report("twins-named.pem")
    #expect(named.errors == [])
    #expect(named.chain?.certificates.last == (try Fixtures.certificate("twin.pem")))
    let nameless = try report("twins-nameless.pem")
    #expect(
      nameless.findings.map(\.problem) == [
        .tooManyIssuers(name: "sepm-par-01.example.net", issuer: "Twin", tried: 8)
      ])
  }
}
