import CertificateSources
import Testing

@Suite("Facts of a certificate")
struct CertificateFactsTests {
  @Test("They are what openssl says")
  func likeOpenSSL() throws {
    let facts = try Fixtures.certificate("server.pem")
    let said = try Fixtures.text("server.facts").split(separator: "\n").map(String.init)
    func value(_ name: String) throws -> String {
      let line = try #require(said.first { $0.lowercased().hasPrefix(name) })
      return String(line[line.index(after: try #require(line.firstIndex(of: "=")))...])
    }
    #expect(
      facts.fingerprintText
        == "sha256:" + (try value("sha256 fingerprint")).replacing(":", with: "").lowercased())
    #expect(facts.serial == (try value("serial")).lowercased())
    #expect(facts.subject == (try value("subject")))
    #expect(facts.issuer == (try value("issuer")))
    let identifiers = said.filter { $0.contains(":") && $0.hasPrefix("    ") }
      .map { $0.replacing(" ", with: "").replacing(":", with: "").lowercased() }
    let own = try #require(facts.subjectKeyIdentifier)
    let issuers = try #require(facts.authorityKeyIdentifier)
    for identifier in [own, issuers] {
      let digits = identifier.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(identifiers.contains(digits))
    }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    for (name, seconds) in [("notbefore", facts.notBefore), ("notafter", facts.notAfter)] {
      // "Jan 31 21:53:00 2029 GMT" there, "2029-01-31T21:53:00Z" here.
      let parts = try value(name).split(separator: " ").map(String.init)
      let month = try #require(months.firstIndex(of: parts[0])) + 1
      func two(_ text: String) -> String { text.count < 2 ? "0" + text : text }
      let expected = "\(parts[3])-\(two(String(month)))-\(two(parts[1]))T\(parts[2])Z"
      #expect(seconds.map(UTCText.instant) == expected)
    }
  }

  @Test("Names, constraints and usages are there")
  func extensions() throws {
    let facts = try Fixtures.certificate("server.pem")
    #expect(
      facts.alternativeNames.map(\.text) == [
        "DNS:sepm-par-01.example.net", "DNS:*.lab.example.net", "IP:10.0.0.1", "IP:2001:db8::1",
        "email:ops@example.net", "URI:https://example.net/",
      ])
    #expect(facts.basicConstraints?.isAuthority == false)
    #expect(facts.keyUsages == ["digitalSignature", "keyEncipherment"])
    #expect(facts.extendedKeyUsages?.map(\.text) == ["serverAuth", "clientAuth"])
    #expect(facts.commonName == "sepm-par-01.example.net")
    #expect(facts.oddities.isEmpty)
    let issuer = try Fixtures.certificate("intermediate.pem")
    #expect(issuer.basicConstraints?.isAuthority == true)
    #expect(issuer.basicConstraints?.pathLength == 0)
  }

  @Test(
    "An address is covered as RFC 9525 says",
    arguments: [
      ("sepm-par-01.example.net", true), ("SEPM-PAR-01.Example.NET.", true),
      ("sepm-par-02.example.net", false), ("a.lab.example.net", true),
      ("a.b.lab.example.net", false), ("lab.example.net", false), (".lab.example.net", false),
      ("10.0.0.1", true), ("10.0.0.2", false), ("10.0.0.1.lab.example.net", false),
      ("2001:db8::1", true), ("2001:0DB8:0:0::1", true), ("[2001:db8::1]", false),
      ("2001:db8::2", false),
      ("::ffff:10.0.0.1", false), ("", false), (".", false), ("*.lab.example.net", true),
    ])
  func coverage(address: String, isCovered: Bool) throws {
    let coverage = try Fixtures.certificate("server.pem").coverage(of: address)
    if case .covered = coverage {
      #expect(isCovered)
    } else {
      #expect(!isCovered)
    }
  }

  @Test("A table of a certificate's names is asked as often as there are servers")
  func nameTable() throws {
    let table = NameTable(try Fixtures.certificate("server.pem"))
    #expect(table.coverage(of: "a.lab.example.net") == .covered(by: .dns("*.lab.example.net")))
    #expect(
      table.coverage(of: "SEPM-PAR-01.example.net.")
        == .covered(by: .dns("sepm-par-01.example.net")))
    #expect(table.coverage(of: "a..lab.example.net") == .notCovered)
  }

  @Test("A name of another class than GeneralName's is none")
  func oddName() throws {
    let facts = try Fixtures.certificate("oddname.pem")
    #expect(facts.alternativeNames.count == 1)
    #expect(facts.coverage(of: "a.b") == .notCovered)
  }

  @Test("A critical extension that nobody knows is an error, those of every day are none")
  func criticalExtension() throws {
    let facts = try Fixtures.certificate("critical.pem")
    #expect(facts.version == 3)
    #expect(facts.unknownCriticalExtensions == ["1.2.3.4"])
    let now = try #require(facts.notBefore) + 3_600
    #expect(
      suitabilityProblems(of: facts, at: now)
        == [.unknownCriticalExtension(name: "sepm-par-01.example.net", identifier: "1.2.3.4")])
    for name in ["server.pem", "intermediate.pem", "root.pem"] {
      #expect(try Fixtures.certificate(name).unknownCriticalExtensions == [])
    }
  }

  @Test("A common name alone is told apart")
  func commonName() throws {
    let facts = try Fixtures.certificate("other.pem")
    #expect(facts.coverage(of: "Other.example.net") == .commonNameOnly("other.example.net"))
    #expect(facts.coverage(of: "more.example.net") == .notCovered)
  }

  @Test("What SEPM refuses is said")
  func suitability() throws {
    let now = try #require(try Fixtures.certificate("server.pem").notBefore) + 3_600
    func codes(_ name: String, at time: Int64? = nil) throws -> [String] {
      suitabilityProblems(of: try Fixtures.certificate(name), at: time ?? now).map(\.identifier)
    }
    #expect(try codes("server.pem").isEmpty)
    #expect(try codes("server.pem", at: now + 801 * 86_400) == ["expired"])
    #expect(try codes("server.pem", at: now - 86_400) == ["not-yet-valid"])
    #expect(try codes("ec256.pem") == ["key-not-rsa", "signature-not-rsa"])
    #expect(try codes("sha1.pem") == ["signature-broken", "no-alternative-names"])
    #expect(try codes("client.pem") == ["not-for-servers", "no-alternative-names"])
  }
}
