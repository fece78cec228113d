import CertificateSources
import Testing

@Suite("Entries of keystores")
struct KeystoreTests {
  /// With the password and without, which in a JKS keystore hides the key alone.
  private func reports(_ name: String) throws -> [SourceReport] {
    let bytes = try Fixtures.bytes(name)
    let open = examineSource(bytes, password: Fixtures.password)
    return name.hasSuffix(".jks") ? [open, examineSource(bytes)] : [open]
  }

  private func problems(_ report: SourceReport) -> [SourceProblem] {
    report.findings.map(\.problem).filter { $0 != .passwordMissing(.jks) }
  }

  @Test("An issuer in an entry of its own is not in the chain that a server sends")
  func issuerAside() throws {
    for report in try reports("issuer-aside.jks") {
      #expect(
        problems(report) == [
          .issuerOutsideChain(
            name: "sepm-par-01.example.net", issuer: "Example Issuing 1", key: "1")
        ])
      #expect(report.chain?.certificates == [try Fixtures.certificate("server.pem")])
      #expect(report.chain?.isComplete == false)
      #expect(problems(report)[0].help.contains("-alias 1 "))
    }
  }

  @Test("A trusted entry beside the key's is neither its certificate nor a stranger in its chain")
  func strangerBeside() throws {
    for report in try reports("stranger-beside.jks") {
      #expect(problems(report) == [])
      #expect(report.leaf == (try Fixtures.certificate("server.pem")))
      #expect(report.chain?.foreign == [])
      #expect(report.chain?.certificates.count == 2)
      #expect(report.certificates.count { $0.entry == .trusted } == 1)
      #expect(report.certificates.count { $0.entry == .key(0) } == 2)
    }
  }

  @Test(
    "An authority's answer under another alias than the key's is one error",
    arguments: ["reply-aside.jks", "reply-aside.p12"])
  func replyAside(name: String) throws {
    for report in try reports(name) {
      #expect(
        problems(report) == [
          .replyUnderOtherAlias(name: "sepm-par-01.example.net", key: "tomcat", reply: "server")
        ])
      // What else is looked at is the certificate that was meant.
      #expect(report.leaf?.isSelfIssued == false)
      #expect(report.chain?.end == .selfSigned)
      let now = try #require(report.leaf?.notBefore) + 3_600
      #expect(suitabilityProblems(of: try #require(report.chain), at: now) == [])
      #expect(problems(report)[0].help.contains("-importcert -alias tomcat -file"))
    }
  }

  @Test(
    "A keystore as keytool's manual says is without a note",
    arguments: ["reply-inside.jks", "reply-inside.p12"])
  func replyInside(name: String) throws {
    for report in try reports(name) {
      #expect(problems(report) == [])
      #expect(report.chain?.certificates.count == 3)
      #expect(report.chain?.foreign == [])
    }
  }

  @Test("A keystore without a key is helped in keytool's words", arguments: ["jks", "p12"])
  func noKey(ending: String) throws {
    let form = ending == "jks" ? ContainerForm.jks : .pkcs12
    let bytes = try Fixtures.bytes("trusted.\(ending)")
    let report = examineSource(bytes, password: Fixtures.password)
    #expect(report.findings.map(\.problem) == [.keyEntryMissing(form)])
    #expect(report.findings[0].problem.help.contains("keytool -importcert"))
    #expect(report.chain == nil)
    // As the authority of an API it is good.
    let authority = examineSource(bytes, password: Fixtures.password, needsKey: false)
    #expect(authority.findings == [])
    #expect(authority.leaf != nil)
  }

  @Test("An alias that a shell would take apart is quoted in the way out")
  func quoting() {
    let problem = SourceProblem.replyUnderOtherAlias(name: "a", key: "sepm paris's", reply: "b")
    #expect(problem.help.contains("-alias 'sepm paris'\\''s' -file"))
  }
}
