import CanonicalJSON
import DiagnosticCatalogue
import Foundation
import PlanText
import Testing

@Suite("A certificate's mistakes are said once, in a plan and of a file alike")
struct CertificateConsequenceTests {
  /// A finding as both commands print it.
  private struct Finding {
    let code: String
    let severity: String
    let help: String
    let text: String

    init(_ value: JSONValue, code: String, text: String) throws {
      self.code = try #require(value[code]?.string)
      self.text = try #require(value[text]?.string)
      severity = try #require(value["severity"]?.string)
      help = try #require(value["help"]?.string)
    }
  }

  private func validate(_ container: String) async throws -> [Finding] {
    let page = try #require(Catalogue.all.page("C006"))
    let sound = "pem: { certificate: certs/paris.pem, key: certs/paris.key }"
    try #require(page.good.contains(sound))
    let desk = try await CertificateFolder.desk()
    let plan = try desk.write(
      page.good.replacing(sound, with: container), as: UUID().uuidString + ".yaml")
    let outcome = try await desk.waltz("plan", "validate", plan, "--format", "json")
    let found = try #require(try outcome.json()["diagnostics"]?.array)
    #expect((outcome.status == 1) == found.contains { $0["severity"]?.string == "error" })
    return try found.map { try Finding($0, code: "code", text: "detail") }
  }

  private func pair(_ certificate: String, _ key: String) -> String {
    "pem: { certificate: certs/\(certificate), key: certs/\(key) }"
  }

  private func inspect(_ certificate: String, _ key: String) async throws -> [Finding] {
    let desk = try await CertificateFolder.desk()
    let outcome = try await desk.waltz(
      "certificate", "inspect", "certs/\(certificate)", "--key", "certs/\(key)", "--format", "json")
    let json = try outcome.json()
    let found = try #require(json["problems"]?.array)
    let isBad = found.contains { $0["severity"]?.string == "error" }
    #expect(outcome.status == (isBad ? 1 : 0))
    #expect(json["good"] == .bool(!isBad))
    return try found.map { try Finding($0, code: "page", text: "summary") }
  }

  @Test(
    "What keeps a file out of a plan keeps it from being good, under the same code",
    arguments: [
      ("short", "C020"), ("sha1", "C021"), ("md5", "C021"), ("expired", "C022"),
      ("future", "C023"), ("for-clients", "C026"), ("curve", "C019"),
    ])
  func severities(name: String, code: String) async throws {
    let planned = try await validate(pair("\(name).pem", "\(name).key"))
    let inspected = try await inspect("\(name).pem", "\(name).key")
    for findings in [planned, inspected] {
      #expect(Set(findings.map(\.code)) == [code], "\(findings)")
      #expect(Set(findings.map(\.severity)) == ["error"])
    }
  }

  @Test("An issuer that has expired, or is not valid yet, is an error in both")
  func issuer() async throws {
    for name in ["old-issuer", "young-issuer"] {
      for findings in [
        try await validate(pair("\(name).pem", "\(name).key")),
        try await inspect("\(name).pem", "\(name).key"),
      ] {
        #expect(findings.map(\.code) == ["C038"], "\(name)")
        #expect(findings.map(\.severity) == ["error"], "\(name)")
      }
    }
  }

  @Test("The text names the code that can be explained")
  func text() async throws {
    let desk = try await CertificateFolder.desk()
    let outcome = try await desk.waltz(
      "certificate", "inspect", "certs/short.pem", "--key", "certs/short.key")
    #expect(outcome.output.contains("\n  error[C020]: certs/short.pem: The key of"))
    #expect(outcome.status == 1)
  }

  @Test("An authority without its key is one mistake, and an error")
  func authority() async throws {
    for findings in [
      try await validate(pair("authority-alone.pem", "paris.key")),
      try await inspect("authority-alone.pem", "paris.key"),
    ] {
      #expect(findings.map(\.code) == ["C027"], "\(findings)")
      #expect(findings.map(\.severity) == ["error"])
      #expect(findings.first?.help.contains("certificate of the server") == true)
    }
    // With its own key it is what the plan means, and everything about it counts.
    let own = try await validate(pair("authority-alone.pem", "authority-alone.key"))
    #expect(Set(own.map(\.code)) == ["C026", "C027", "C028"])
  }

  @Test("Beside several keys nothing is said of a certificate that may not be meant")
  func severalKeys() async throws {
    #expect(try await validate(pair("strangers.pem", "two.key")).map(\.code) == ["C011"])
    #expect(try await inspect("strangers.pem", "two.key").map(\.code) == ["C011"])
    // With one key it is seen that there would be something to say.
    let one = try await validate(pair("strangers.pem", "other.key")).map(\.code)
    #expect(Set(one) == ["C024", "C028"])
  }

  @Test("A file that should hold the key lacks a key, not a certificate")
  func keyFiles() async throws {
    for (file, words) in [
      ("public.pem", "this is the public key"), ("request.pem", "signing request"),
      ("empty.key", "empty"),
    ] {
      for findings in [
        try await validate(pair("paris.pem", file)), try await inspect("paris.pem", file),
      ] {
        #expect(findings.map(\.code) == ["C010"], "\(file)")
        #expect(findings.first?.text.contains(words) == true, "\(findings)")
        #expect(findings.first?.help.contains("certificate") == false, "\(findings)")
        #expect(findings.first?.help.contains("key") == true)
      }
    }
    #expect(try await validate(pair("public.pem", "paris.key")).map(\.code) == ["C006"])
  }

  @Test("Each command says where it takes a password")
  func passwords() async throws {
    let planned = try await validate("pkcs12: certs/paris.p12")
    #expect(planned.map(\.code) == ["C015"])
    #expect(planned.first?.help == "Add 'password: { env: NAME }' to certificate 'paris-2026'.")
    let desk = try await CertificateFolder.desk()
    let inspected = try await desk.waltz("certificate", "inspect", "certs/paris.p12")
    #expect(inspected.output.contains("--password env:NAME"))
    #expect(!inspected.output.contains("plan"))
  }

  @Test("The names that are there are listed beside a common name that does not count")
  func commonName() async throws {
    let findings = try await validate(pair("common-name.pem", "common-name.key"))
    #expect(findings.map(\.code) == ["C028"])
    let detail = findings.first?.text ?? ""
    #expect(
      detail.contains("common name only") && detail.contains("other.example.net"), "\(detail)")
  }

  @Test("A container has its own key, and an option that adds one is refused")
  func ownKey() async throws {
    let desk = try await CertificateFolder.desk()
    for (store, key) in [
      ("paris.p12", "short.key"), ("paris.p12", "paris.key"), ("paris.jks", "x"),
    ] {
      let outcome = try await desk.waltz(
        ["certificate", "inspect", "certs/\(store)", "--key", "certs/\(key)"])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("certs/\(store)' is "))
      #expect(outcome.errors.contains("leave out --key"))
    }
  }

  @Test("A variable that is not set is named; what could not be one is not")
  func variables() async throws {
    let desk = try await CertificateFolder.desk()
    for (name, isNamed) in [("PARIS_PASWORD", true), ("Secret-77", false), ("7days", false)] {
      let outcome = try await desk.waltz(
        "certificate", "inspect", "certs/paris.p12", "--password", "env:\(name)")
      #expect(outcome.status == 3)
      #expect(outcome.errors.contains(name) == isNamed, "\(outcome.errors)")
    }
  }

  @Test("A password ends where a plan's does: before LF or CR LF, and with a lone CR")
  func lineEnds() async throws {
    let desk = try await CertificateFolder.desk()
    for (end, opens) in [("", true), ("\n", true), ("\r\n", true), ("\r", false), ("\n\n", false)] {
      let file = try desk.write("the-right-one" + end, as: UUID().uuidString)
      let outcome = try await desk.waltz(
        "certificate", "inspect", "certs/paris.p12", "--password", "file:\(file)")
      #expect((outcome.status == 0) == opens, "\(end.debugDescription)")
    }
  }
}
