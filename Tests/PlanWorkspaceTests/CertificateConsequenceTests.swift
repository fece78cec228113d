import CanonicalJSON
import DiagnosticCatalogue
import Foundation
import PlanText
import PlanWorkspace
import Reports
import TestSupport
import Testing
import WorkingTree

@Suite("A certificate's mistakes are said once, in a plan and of a file alike")
struct CertificateConsequenceTests {
  /// A finding as it is told of a plan and of a file.
  private struct Finding {
    let code: String
    let severity: String
    let help: String
    let text: String
  }

  private func validate(_ container: String) async throws -> [Finding] {
    let page = try #require(Catalogue.all.page("C006"))
    let sound = "pem: { certificate: certs/paris.pem, key: certs/paris.key }"
    try #require(page.good.contains(sound))
    let found = try await CertificateFolder.validation(
      of: page.good.replacing(sound, with: container), named: UUID().uuidString + ".yaml")
    return try found.files.diagnostics.map {
      Finding(
        code: $0.code, severity: $0.severity.rawValue, help: try #require($0.help), text: $0.detail)
    }
  }

  private func pair(_ certificate: String, _ key: String) -> String {
    "pem: { certificate: certs/\(certificate), key: certs/\(key) }"
  }

  private func inspection(
    _ file: String, key: String? = nil, password: String? = nil
  ) async throws -> CertificateInspection {
    let folder = try await CertificateFolder.made().working()
    return try InspectedFile("certs/" + file, key: key.map { "certs/" + $0 }).inspect(
      in: folder,
      password: password.map {
        try PasswordReference($0).resolve(in: folder) { CertificateFolder.variables[$0] }
      },
      at: CertificateFolder.now)
  }

  private func inspect(_ certificate: String, _ key: String) async throws -> [Finding] {
    let inspection = try await inspection(certificate, key: key)
    let json = try JSONValue(parsing: Array(inspection.json.utf8))
    let found = try #require(json["problems"]?.array)
    let isBad = found.contains { $0["severity"]?.string == "error" }
    #expect(inspection.isGood == !isBad)
    #expect(json["good"] == .bool(!isBad))
    return try found.map {
      Finding(
        code: try #require($0["page"]?.string), severity: try #require($0["severity"]?.string),
        help: try #require($0["help"]?.string), text: try #require($0["summary"]?.string))
    }
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
    let inspection = try await inspection("short.pem", key: "short.key")
    #expect(
      inspection.text(layout: TextLayout()).contains(
        "\n  error[C020]: certs/short.pem: The key of"))
    #expect(!inspection.isGood)
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
    let inspected = try await inspection("paris.p12").text(layout: TextLayout())
    #expect(inspected.contains("--password env:NAME"))
    #expect(!inspected.contains("plan"))
  }

  @Test("The names that are there are listed beside a common name that does not count")
  func commonName() async throws {
    let findings = try await validate(pair("common-name.pem", "common-name.key"))
    #expect(findings.map(\.code) == ["C028"])
    let detail = findings.first?.text ?? ""
    #expect(
      detail.contains("only as its common name") && detail.contains("other.example.net"),
      "\(detail)")
  }

  @Test("A container has its own key, and an option that adds one is refused")
  func ownKey() async throws {
    for (store, key) in [
      ("paris.p12", "short.key"), ("paris.p12", "paris.key"), ("paris.jks", "x"),
    ] {
      await expectRefusal(.arguments, "certs/\(store)' is ") {
        _ = try await inspection(store, key: key)
      }
      await expectRefusal(.arguments, "leave out --key") {
        _ = try await inspection(store, key: key)
      }
    }
  }

  @Test("A variable that is not set is named; what could not be one is not")
  func variables() async throws {
    for (name, isNamed) in [("PARIS_PASWORD", true), ("Secret-77", false), ("7days", false)] {
      do {
        _ = try await inspection("paris.p12", password: "env:\(name)")
        Issue.record("\(name)")
      } catch {
        let refusal = WorkspaceError(error)
        #expect(refusal.kind == .environment)
        #expect(refusal.message.contains(name) == isNamed, "\(refusal.message)")
      }
    }
  }

  @Test("A password ends where a plan's does: before LF or CR LF, and with a lone CR")
  func lineEnds() async throws {
    let folder = try await CertificateFolder.made()
    for (end, opens) in [("", true), ("\n", true), ("\r\n", true), ("\r", false), ("\n\n", false)] {
      let file = try folder.write("the-right-one" + end, as: UUID().uuidString)
      let inspection = try await inspection("paris.p12", password: "file:\(file)")
      #expect(inspection.isGood == opens, "\(end.debugDescription)")
    }
  }
}
