import CanonicalJSON
import CertificateSources
import Reports
import Testing

@Suite("The inspection of a source")
struct InspectionTests {
  private func inspection(_ name: String, password: Password? = Fixtures.password) throws
    -> CertificateInspection
  {
    let report = examineSource(try Fixtures.bytes(name), password: password)
    let now = try #require(try Fixtures.certificate("server.pem").notBefore) + 86_400
    return CertificateInspection(report, files: [name], at: now)
  }

  @Test("A good source is shown with the line that a plan takes")
  func text() throws {
    let inspection = try inspection("modern.p12")
    let text = inspection.text()
    let pin = try Fixtures.certificate("server.pem").fingerprintText
    #expect(inspection.isGood)
    #expect(text.contains("\n  fingerprint: \(pin)\n"))
    #expect(text.contains("modern.p12: PKCS#12\n  certificates  AES-256-CBC"))
    #expect(text.contains("valid         "))
    #expect(text.contains("799 days left"))
    #expect(text.contains("  belongs       to certificate 1\n"))
    #expect(text.hasSuffix("No problems found.\n"))
  }

  @Test("The same for programs")
  func json() throws {
    let json = try JSONValue(parsing: Array(try inspection("modern.p12").json.utf8))
    let text = String(describing: json)
    #expect(text.contains("formatVersion"))
    let wrong = try inspection("modern.p12", password: Password([]))
    #expect(!wrong.isGood)
    #expect(wrong.json.contains("\"code\": \"password-wrong\""))
    #expect(wrong.json.contains("\"page\": \"C014\""))
  }

  @Test("A certificate is called the same thing with its key and without")
  func role() throws {
    let root = try Fixtures.bytes("root.pem")
    let alone = examineSource(root)
    let withKey = examineSource(certificate: root, key: try Fixtures.bytes("root.key"))
    for report in [alone, withKey] {
      let text = CertificateInspection(report, files: ["root.pem", "root.key"], at: 0).text()
      #expect(text.contains("Certificate 1 (of an authority)"))
    }
    #expect(try inspection("server.pem").text().contains("Certificate 1 (of the server)"))
    #expect(try inspection("modern.p12").text().contains("Certificate 1 (of the server)"))
  }

  @Test("Neither password nor key is ever shown")
  func secrets() throws {
    var secrets = ["secret-Fixture-1", "another-Fixture-2", "hunter2-sentinel"]
    // Any line of a key in PEM would be enough to call it a leak.
    for name in try Fixtures.names() where name.hasSuffix(".key") {
      let lines = try Fixtures.text(name).split(separator: "\n")
      secrets += lines.filter { $0.count == 64 }.map(String.init)
    }
    #expect(secrets.count > 200)
    let passwords = [Fixtures.password, Password(Array("hunter2-sentinel".utf8))]
    for name in try Fixtures.names() {
      for password in passwords {
        let inspection = try inspection(name, password: password)
        let said = inspection.text() + inspection.json + String(describing: inspection)
        for secret in secrets where said.contains(secret) {
          Issue.record("\(name) shows a secret: \(secret.prefix(8))…")
        }
      }
    }
  }
}
